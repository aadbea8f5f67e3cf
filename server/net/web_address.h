#pragma once
// Addresses that calls go to, read strictly: what two programs could read differently is how a
// check of one host becomes a connection to another (security.md S1).
#include <optional>
#include <string>
#include <string_view>

namespace baijin::net {

struct WebAddress {
  bool tls = false;
  std::string host;  // as of plain_host(), IPv6 without brackets
  int port = 80;
  bool operator==(const WebAddress&) const = default;  // the same origin
};

// http://HOST[:PORT][/…] or https: no user, no blanks, controls, backslashes or octets beyond
// ASCII, no percent in the host. Nothing for anything else.
std::optional<WebAddress> read_web_address(std::string_view url);

}  // namespace baijin::net
