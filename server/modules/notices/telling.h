#pragma once
// What happens to tickets becomes notices of those whom it concerns.
#include "hub/module.h"

namespace baijin::notices {

void listen_to_tickets(Module& m);

}  // namespace baijin::notices
