#pragma once
#include <string_view>

#include "base/time.h"

namespace baijin {

// The first instant after `after` at which the clocks of `zone` show this minute of the day; a
// minute that summer time skips comes at the end of the gap.
Time next_daily(Time after, int minute_of_day, std::string_view zone);

}  // namespace baijin
