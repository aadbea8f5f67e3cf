#include "net/web_address.h"

#include <algorithm>
#include <charconv>

#include "net/characters.h"
#include "net/outgoing.h"

namespace baijin::net {
namespace {

constexpr std::size_t longest_url = 8 * 1024;

bool takes(std::string_view& text, std::string_view scheme) {
  const auto begin = text.substr(0, scheme.size());
  const auto alike = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
  if (!std::equal(begin.begin(), begin.end(), scheme.begin(), scheme.end(), alike)) return false;
  text.remove_prefix(scheme.size());
  return true;
}

bool read_port(std::string_view text, WebAddress& address) {
  if (text.empty()) return true;
  if (text.front() != ':') return false;
  text.remove_prefix(1);
  const auto* end = text.data() + text.size();
  const auto [stopped, wrong] = std::from_chars(text.data(), end, address.port);
  return wrong == std::errc() && stopped == end && address.port > 0 && address.port <= 65'535;
}

}  // namespace

std::optional<WebAddress> read_web_address(std::string_view url) {
  const auto odd = [](char c) { return is_control(c) || is_high(c) || c == ' ' || c == '\\'; };
  if (url.size() > longest_url || std::any_of(url.begin(), url.end(), odd)) return {};
  WebAddress address;
  address.tls = takes(url, "https://");
  if (!address.tls && !takes(url, "http://")) return {};
  if (address.tls) address.port = 443;
  auto authority = url.substr(0, url.find_first_of("/?#"));
  std::string_view host, port;
  if (authority.starts_with('[')) {
    const auto close = authority.find(']');
    if (close == std::string_view::npos) return {};
    host = authority.substr(1, close - 1);
    port = authority.substr(close + 1);
    if (host.find(':') == std::string_view::npos) return {};
  } else {
    host = authority.substr(0, authority.find(':'));
    port = authority.substr(host.size());
  }
  address.host = plain_host(host);
  if (address.host.empty() || !read_port(port, address)) return {};
  return address;
}

}  // namespace baijin::net
