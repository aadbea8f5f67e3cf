#pragma once
// What happens to tickets and mailboxes becomes notices of those whom it concerns.
#include "hub/module.h"

namespace baijin::notices {

void listen_to_tickets(Module& m);
void listen_to_mailboxes(Module& m);

}  // namespace baijin::notices
