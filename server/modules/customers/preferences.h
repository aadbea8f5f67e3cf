#pragma once
// Where preferences are kept.
#include "modules/customers/routes.h"

namespace baijin::customers {

// What one contact or one organisation said.
struct PreferenceSheet {
  Id<PreferenceSheet> id;
  Version version;
  std::optional<Id<Customer>> customer;
  std::optional<Id<Contact>> contact;
  Preferences says;
};
FIELDS(PreferenceSheet, id, version, customer, contact, says)
TABLE(PreferenceSheet, "preference_sheet", "preference_sheets")

std::optional<PreferenceSheet> sheet_of(Reader& reader, Id<Customer> customer);
std::optional<PreferenceSheet> sheet_of(Reader& reader, Id<Contact> contact);

}  // namespace baijin::customers
