#pragma once
#include <functional>
#include <string>

#include "main/opened.h"

namespace baijin {

// Serves an opened desk until SIGINT or SIGTERM, then lets running requests end; what waits for
// servers outside is called off. `greet` is called with the address once requests are answered.
int run(const Config& config, Opened& desk, const std::function<void(const std::string&)>& greet);

}  // namespace baijin
