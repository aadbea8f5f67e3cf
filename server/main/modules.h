#pragma once
#include <vector>

#include "hub/hub.h"

namespace baijin {

// Every module of the program, in the order they build on one another.
const std::vector<ModuleEntry>& all_modules();

}  // namespace baijin
