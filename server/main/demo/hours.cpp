#include "main/demo/hours.h"

namespace baijin::demo {
namespace {

constexpr std::int64_t opens = 8 * 60 + 30, closes = 17 * 60 + 30;

std::int64_t local_minutes(Time time) { return (time.us + zone_offset.us) / 60'000'000; }
std::int64_t minute_of_day(Time time) { return local_minutes(time) % (24 * 60); }
// 0 is Monday: day 0 of the calendar was a Thursday.
std::int64_t weekday(Time time) { return (local_minutes(time) / (24 * 60) + 3) % 7; }

Time opening_of_next_day(Time time, Dice& dice) {
  auto next = day_of(time) + days(1) + minutes(opens);
  while (weekday(next) > 4) next = next + days(1);
  return next + minutes(dice.between(2, 50)) + seconds(dice.between(0, 59));
}

// Minutes after midnight, by how busy the hours are.
std::int64_t busy_minute(Dice& dice) {
  auto kind = dice.between(1, 100);
  if (kind <= 48) return dice.between(8 * 60 + 35, 11 * 60 + 40);
  if (kind <= 88) return dice.between(13 * 60 + 30, 17 * 60 + 10);
  if (kind <= 95) return dice.between(11 * 60 + 40, 13 * 60 + 30);
  return dice.between(17 * 60 + 10, 22 * 60);
}

}  // namespace

Time day_of(Time time) {
  auto minutes_there = local_minutes(time);
  return Time{(minutes_there - minutes_there % (24 * 60)) * 60'000'000 - zone_offset.us};
}

bool is_working(Time time) {
  auto minute = minute_of_day(time);
  return weekday(time) <= 4 && minute >= opens && minute < closes;
}

Time next_working(Time time, Dice& dice) {
  if (is_working(time)) return time;
  if (weekday(time) <= 4 && minute_of_day(time) < opens) {
    return day_of(time) + minutes(opens + dice.between(1, 40)) + seconds(dice.between(0, 59));
  }
  return opening_of_next_day(time, dice);
}

Time after_work(Time from, std::int64_t work_minutes, Dice& dice) {
  auto time = next_working(from, dice);
  while (true) {
    auto left = closes - minute_of_day(time);
    if (work_minutes < left) {
      return time + minutes(work_minutes) + milliseconds(dice.between(0, 59'000));
    }
    work_minutes -= left;
    time = opening_of_next_day(time, dice);
  }
}

Time asking_time(Time from, Time to, Dice& dice) {
  auto span = (to - from).us / days(1).us;
  while (true) {
    auto day = day_of(from + days(dice.between(0, span < 1 ? 0 : span)));
    auto time = day + minutes(busy_minute(dice)) + milliseconds(dice.between(0, 59'999));
    if (time < from || time >= to) {
      if (span < 1) return from + milliseconds(dice.between(0, (to - from).us / 1'000));
      continue;
    }
    // A Monday brings what the weekend has collected; Saturdays are the desk's quiet days.
    auto accepted = weekday(time) == 0 ? 100 : weekday(time) <= 4 ? 72 : weekday(time) == 5 ? 9 : 4;
    if (dice.in_hundred(static_cast<int>(accepted))) return time;
  }
}

}  // namespace baijin::demo
