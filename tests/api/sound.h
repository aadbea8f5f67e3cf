#pragma once
// What holds for every answer whatever was asked: checklist 24 (headers) and N4 (an error says
// nothing of the inside).
#include <string>

#include "testing/desk.h"

namespace baijin::api {

// What is wrong with the answer; "" when nothing is.
std::string unsound(const testing::Answer& answer);
// Status, headers and body without the request's number: what one may compare.
std::string shape_of(const testing::Answer& answer);

}  // namespace baijin::api
