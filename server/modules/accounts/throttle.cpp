#include "modules/accounts/throttle.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace baijin::accounts {

Duration pause_before(const Throttle& throttle, Time now) {
  if (throttle.blocked_until <= now) return {};
  // A wall clock that was set back must not turn a pause into a long lock.
  return std::min(throttle.blocked_until - now, failure_memory);
}

Throttle after_attempt(Throttle throttle, Time now, std::int64_t free) {
  if (now - throttle.last_at >= failure_memory || throttle.last_at > now) throttle.failures = 0;
  throttle.last_at = now;
  ++throttle.failures;
  throttle.blocked_until = {};
  if (throttle.failures >= free) {
    auto doublings = std::min<std::int64_t>(throttle.failures - free, 10);
    throttle.blocked_until = now + std::min(first_pause * (1LL << doublings), failure_memory);
  }
  return throttle;
}

Throttle taken_back(Throttle throttle) {
  throttle.failures = std::max<std::int64_t>(0, throttle.failures - 1);
  throttle.blocked_until = {};
  return throttle;
}

std::string network_of(std::string_view address) {
  std::string text(address);
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  static constexpr std::array<unsigned char, 12> mapped = {0, 0, 0, 0, 0,    0,
                                                           0, 0, 0, 0, 0xff, 0xff};
  std::array<char, INET6_ADDRSTRLEN> shown{};
  if (std::equal(mapped.begin(), mapped.end(), bytes.begin())) {
    return inet_ntop(AF_INET, bytes.data() + 12, shown.data(), shown.size());
  }
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return std::string(inet_ntop(AF_INET6, bytes.data(), shown.data(), shown.size())) + "/64";
}

}  // namespace baijin::accounts
