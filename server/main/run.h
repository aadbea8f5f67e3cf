#pragma once
#include <functional>
#include <string>

#include "main/config.h"

namespace baijin {

// Serves an opened desk until SIGINT or SIGTERM, then lets running requests end. `greet` is called
// with the address once requests are answered.
int run(const Config& config, Hub& hub, const std::function<void(const std::string&)>& greet);

}  // namespace baijin
