#pragma once
// The list of tickets as CSV (I3), told when it leaves (SEC-3).
#include "modules/tickets/desk.h"

namespace baijin::tickets {

// As the list with this filter and sort would show them, all of it; invalid "too_many_rows" beyond
// 50,000; forbidden("not_for_customers").
void export_tickets(Reader& reader, const TicketFilter& filter);

void install_exports(Module& m);

}  // namespace baijin::tickets
