#pragma once
// How often somebody may try: five failures in a quarter of an hour, then a pause that doubles. It
// is kept by account and address together and by address, so that an attacker slows himself down
// and never the victim, who comes from elsewhere (U3).
#include <string>
#include <string_view>

#include "base/time.h"

namespace baijin::accounts {

struct Throttle {
  std::int64_t failures = 0;
  Time last_at;
  Time blocked_until;
};

inline constexpr std::int64_t free_failures = 5;
inline constexpr Duration failure_memory = minutes(15);
inline constexpr Duration first_pause = minutes(1);

// How long to wait before the next attempt; zero when it may be made.
Duration pause_before(const Throttle& throttle, Time now);
// Every attempt counts as a failure while it is being made, so that many at once gain nothing…
Throttle after_attempt(Throttle throttle, Time now, std::int64_t free = free_failures);
// …and is taken back when it was none.
Throttle taken_back(Throttle throttle);

// The network an address stands for: IPv4 as it is, IPv6 by its first 64 bits. A text that is no
// address stands for itself.
std::string network_of(std::string_view address);

}  // namespace baijin::accounts
