#pragma once
// What the clocks of a zone show. Pure.
#include <string_view>

#include "base/time.h"

namespace baijin::tickets {

Date local_date(Time time, std::string_view zone);
// The first instant of the day that `time` is in.
Time start_of_day(Time time, std::string_view zone);

}  // namespace baijin::tickets
