#pragma once
// The modules' own doors, from inside: a request as the API would get it, run within a Change. So
// what is brought in is checked and told exactly as if somebody had sent it.
#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "hub/change.h"
#include "hub/http.h"

namespace baijin {

// The answer; {} when the route has none. Throws what the module throws, with the path and the
// fields in `detail`; std::logic_error when there is no such route.
boost::json::object through_door(Change& change, const Request& request);

Request request_to(Method method, std::string path, const boost::json::object& body);
// With one parameter in its query.
Request question_to(std::string path, std::string_view name, std::string_view value);

}  // namespace baijin
