#pragma once
// Making what is shown of contacts out of their records.
#include <span>

#include "modules/customers/routes.h"

namespace baijin::customers {

// With the organisations the actor sees, and masked as the actor's role demands (SEC-6).
ContactPage page_of(Reader& reader, const Contact& contact);
std::vector<ContactPage> pages_of(Reader& reader, std::span<const Contact> contacts);

struct ContactMembership {
  Id<Contact> contact;
  Id<Customer> customer;
  Name customer_name;
  bool lead = false;
  bool main = false;
};
FIELDS(ContactMembership, contact, customer, customer_name, lead, main)
// Of many contacts at once, in the order of contacts, main ones first; only what the actor sees.
std::vector<ContactMembership> visible_memberships(Reader& reader,
                                                   std::span<const std::int64_t> contacts);

}  // namespace baijin::customers
