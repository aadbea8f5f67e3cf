#pragma once
// The request target: what it may look like and how it becomes a path.
#include <string_view>

#include "hub/http.h"

namespace baijin::net {

// Fills target, path and query of `head` from the request line's target. Returns nothing when all
// is well, else the reason it is refused with 400. Absolute targets (http, https) are stripped to
// their path; `authority` then is their host, which outranks the Host header.
std::string_view read_target(std::string_view sent, bool asterisk_allowed, RequestHead& head,
                             std::string& authority);

// HOST or HOST:PORT as in a Host header: no user, no spaces, not empty.
bool is_authority(std::string_view text);

}  // namespace baijin::net
