#pragma once
// Customers and contacts as CSV, under the headers that an import takes (CUS-4, I3). Told when they
// leave (SEC-3).
#include "modules/customers/routes.h"

namespace baijin::customers {

// As the list with this filter would show them, all of it; invalid "too_many_rows" beyond 50,000.
void export_customers(Reader& reader, const CustomerFilter& filter);
void export_contacts(Reader& reader, const ContactFilter& filter);

}  // namespace baijin::customers
