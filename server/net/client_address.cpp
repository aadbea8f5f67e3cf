#include "net/client_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>
#include <cstring>
#include <stdexcept>

#include "net/characters.h"

namespace baijin::net {

std::string plain_address(std::string_view text) {
  if (text.empty() || text.size() >= INET6_ADDRSTRLEN) return {};
  std::string terminated(text);
  std::array<char, INET6_ADDRSTRLEN> written{};
  in_addr four{};
  if (inet_pton(AF_INET, terminated.c_str(), &four) == 1) {
    return inet_ntop(AF_INET, &four, written.data(), written.size());
  }
  in6_addr six{};
  if (inet_pton(AF_INET6, terminated.c_str(), &six) != 1) return {};
  if (IN6_IS_ADDR_V4MAPPED(&six)) {
    std::memcpy(&four, &six.s6_addr[12], sizeof four);
    return inet_ntop(AF_INET, &four, written.data(), written.size());
  }
  return inet_ntop(AF_INET6, &six, written.data(), written.size());
}

TrustedProxies::TrustedProxies(const std::vector<std::string>& addresses) {
  for (const auto& address : addresses) {
    auto plain = plain_address(address);
    if (plain.empty()) throw std::runtime_error("not an IP address of a proxy: " + address);
    addresses_.insert(std::move(plain));
  }
}

void TrustedProxies::name_client(RequestHead& head, const std::string& peer,
                                 bool peer_trusted) const {
  head.address = peer;
  head.secure = false;
  if (!peer_trusted) return;
  head.secure = head.header("x-forwarded-proto") == "https";
  // From the right: each trusted proxy vouches for the one before it, until one is a stranger.
  auto list = head.header("x-forwarded-for");
  while (!list.empty()) {
    auto comma = list.rfind(',');
    auto last = comma == std::string_view::npos ? list : list.substr(comma + 1);
    auto address = plain_address(trimmed(last));
    if (address.empty()) return;
    head.address = std::move(address);
    if (!trusts(head.address) || comma == std::string_view::npos) return;
    list = list.substr(0, comma);
  }
}

}  // namespace baijin::net
