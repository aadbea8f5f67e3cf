#pragma once
// What customers and contacts are found by: their keys and their entries in the search.
#include "hub/change.h"
#include "modules/customers/customers.h"

namespace baijin::customers {

// Writes the keys and the search entry of a record that was added or changed.
void make_findable(Change& change, const Customer& customer);
void make_findable(Change& change, const Contact& contact);
void make_findable(Change& change, const Site& site);
// A merged one is no longer shown by the search; its keys stay.
void hide_from_search(Change& change, const Ref& subject);

// The contact itself, or the one it was merged into in the end.
Contact living(Reader& reader, Contact contact);

}  // namespace baijin::customers
