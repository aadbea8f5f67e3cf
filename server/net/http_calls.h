#pragma once
// Calls to other servers, over libcurl: it speaks HTTP, and the guarded dialler connects.
#include <memory>

#include "hub/outside.h"
#include "net/mail_connection.h"

namespace baijin::net {

std::unique_ptr<Http> http_calls(const Outgoing& outgoing);

}  // namespace baijin::net
