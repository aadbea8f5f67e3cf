#include "net/ip_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <vector>

namespace baijin::net {
namespace {

constexpr std::array<std::uint8_t, 12> v4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::vector<AddressBlock> blocks(std::initializer_list<std::string_view> texts) {
  std::vector<AddressBlock> list;
  for (auto text : texts) list.push_back(parse_block(text).value());
  return list;
}

bool any_contains(const std::vector<AddressBlock>& list, const IpAddress& address) {
  return std::any_of(list.begin(), list.end(),
                     [&](const auto& block) { return block.contains(address); });
}

}  // namespace

bool IpAddress::is_v4() const {
  return std::equal(v4_prefix.begin(), v4_prefix.end(), bytes.begin());
}

bool IpAddress::is_loopback() const {
  static const auto loopback = blocks({"127.0.0.0/8", "::1"});
  return any_contains(loopback, *this);
}

// The registries of special purposes (RFC 6890 and its successors): what is global there, and no
// translation (NAT64, 6to4, Teredo) that could lead back into a private network.
bool IpAddress::is_public() const {
  static const auto special_v4 = blocks(
      {"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
       "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
       "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"});
  static const auto global_v6 = blocks({"2000::/3"});
  static const auto special_v6 = blocks(
      {"2001::/23", "2001:db8::/32", "2002::/16", "3ffe::/16", "3fff::/20"});
  if (is_v4()) return !any_contains(special_v4, *this);
  return any_contains(global_v6, *this) && !any_contains(special_v6, *this);
}

std::optional<IpAddress> parse_ip(std::string_view text) {
  if (text.empty() || text.size() >= INET6_ADDRSTRLEN) return {};
  const std::string terminated(text);
  IpAddress address;
  if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
  std::copy(v4_prefix.begin(), v4_prefix.end(), address.bytes.begin());
  if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data() + 12) == 1) return address;
  return {};
}

std::string to_text(const IpAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> written{};
  const int family = address.is_v4() ? AF_INET : AF_INET6;
  const auto* bytes = address.bytes.data() + (address.is_v4() ? 12 : 0);
  return inet_ntop(family, bytes, written.data(), written.size());
}

bool AddressBlock::contains(const IpAddress& address) const {
  for (int bit = 0; bit < bits; bit += 8) {
    const auto at = static_cast<std::size_t>(bit / 8);
    const int unused = std::max(0, bit + 8 - bits);
    if (((first.bytes[at] ^ address.bytes[at]) >> unused) != 0) return false;
  }
  return true;
}

std::optional<AddressBlock> parse_block(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = parse_ip(text.substr(0, slash));
  if (!address) return {};
  AddressBlock block{*address, 128};
  if (slash == std::string_view::npos) return block;
  const auto digits = text.substr(slash + 1);
  const auto* end = digits.data() + digits.size();
  int bits = -1;
  const auto [stopped, wrong] = std::from_chars(digits.data(), end, bits);
  const int most = address->is_v4() ? 32 : 128;
  if (wrong != std::errc() || stopped != end || bits < 0 || bits > most) return {};
  block.bits = 128 - most + bits;
  return block;
}

}  // namespace baijin::net
