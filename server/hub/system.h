#pragma once
// The kernel's own routes: what is stuck, trying it again, the desk's health.
#include "hub/module.h"

namespace baijin {

void install_system(Module& module);

}  // namespace baijin
