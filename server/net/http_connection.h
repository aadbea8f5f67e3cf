#pragma once
#include <memory>
#include <string>

#include "net/hall.h"

namespace baijin::net {

// Serves one accepted socket until it is closed or becomes a live line.
void serve_http(std::shared_ptr<Hall> hall, Socket socket, std::string peer);

}  // namespace baijin::net
