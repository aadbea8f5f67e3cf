#pragma once
// Who a request comes from. X-Forwarded-For is believed only from proxies that were named: anybody
// else could write there whom he likes, and escape every limit per address.
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/http.h"

namespace baijin::net {

// The one way an address is written ("::ffff:10.0.0.1" is 10.0.0.1); "" when it is no IP address.
std::string plain_address(std::string_view text);

class TrustedProxies {
 public:
  // Throws std::runtime_error for what is no IP address.
  explicit TrustedProxies(const std::vector<std::string>& addresses);
  bool trusts(const std::string& address) const { return addresses_.contains(address); }
  // Sets address and secure of a request that came over a connection from `peer`.
  void name_client(RequestHead& head, const std::string& peer, bool peer_trusted) const;

 private:
  std::set<std::string> addresses_;
};

}  // namespace baijin::net
