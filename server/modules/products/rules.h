#pragma once
// Pure rules of products: no database, no clock.
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "base/time.h"

namespace baijin::products::rules {

// What two spellings of a serial or licence number have in common: "ab-12 34" and "AB1234".
std::string number_key(std::string_view number);
// The key of a number that may be missing; a number of nothing but marks has none.
std::optional<std::string> number_key(const std::optional<Text<1, 80>>& number);
// invalid("before_it_began", field) when `end` is before `begin`.
void check_order(std::optional<Date> begin, std::optional<Date> end, std::string_view field);

}  // namespace baijin::products::rules
