#pragma once
// When people work: the demo's days are Chinese weekdays, busiest in the morning and mid-afternoon.
#include "base/time.h"
#include "main/demo/dice.h"

namespace baijin::demo {

// All of the demo's people live in one zone without summer time.
inline constexpr Duration zone_offset = hours(8);

bool is_working(Time time);
// The same moment when it is in working hours, else the beginning of the next working day plus some
// minutes.
Time next_working(Time time, Dice& dice);
// Later by so many minutes of working time.
Time after_work(Time from, std::int64_t minutes, Dice& dice);
// A moment between the two at which somebody asks for help: weekdays, bursts on Mondays, rarely at
// night or on a weekend.
Time asking_time(Time from, Time to, Dice& dice);
// Midnight in the demo's zone of the day the moment is in.
Time day_of(Time time);

}  // namespace baijin::demo
