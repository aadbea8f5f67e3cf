#include "modules/tickets/local_time.h"

#include <date/tz.h>

#include <chrono>
#include <string>

namespace baijin::tickets {
namespace {

date::local_days local_day(Time time, const date::time_zone& zone) {
  date::sys_time<std::chrono::microseconds> instant{std::chrono::microseconds(time.us)};
  return date::floor<date::days>(zone.to_local(instant));
}

}  // namespace

Date local_date(Time time, std::string_view zone) {
  auto day = local_day(time, *date::locate_zone(std::string(zone)));
  return {static_cast<std::int32_t>(day.time_since_epoch().count())};
}

Time start_of_day(Time time, std::string_view zone) {
  const auto& place = *date::locate_zone(std::string(zone));
  auto start = place.to_sys(local_day(time, place), date::choose::earliest);
  return {std::chrono::duration_cast<std::chrono::microseconds>(start.time_since_epoch()).count()};
}

}  // namespace baijin::tickets
