#include "hub/daily.h"

#include <date/tz.h>

#include <chrono>

namespace baijin {

Time next_daily(Time after, int minute_of_day, std::string_view zone) {
  using std::chrono::microseconds;
  const auto* place = date::locate_zone(std::string(zone));
  date::sys_time<microseconds> now{microseconds(after.us)};
  auto day = date::floor<date::days>(place->to_local(now));
  for (int ahead = 0;; ++ahead) {
    auto local = day + date::days(ahead) + std::chrono::minutes(minute_of_day);
    auto instant = place->to_sys(local, date::choose::earliest);
    if (instant > now) {
      return {std::chrono::duration_cast<microseconds>(instant.time_since_epoch()).count()};
    }
  }
}

}  // namespace baijin
