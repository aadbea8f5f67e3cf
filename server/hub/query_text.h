#pragma once
// Query strings: application/x-www-form-urlencoded.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baijin {

// In the order given; throws invalid("bad_query") for broken percent signs, bad UTF-8 or more than
// 100 parameters.
std::vector<std::pair<std::string, std::string>> query_parameters(std::string_view query);
std::string percent_encoded(std::string_view text);

}  // namespace baijin
