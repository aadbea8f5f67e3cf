#pragma once
// Whom an imported ticket names: found among those there are, or added.
#include <map>
#include <optional>
#include <string>

#include "hub/change.h"
#include "modules/customers/customers.h"
#include "modules/imports/line.h"
#include "modules/products/products.h"

namespace baijin::imports {

// Who had to be added, by the name they are found by again, with the name to show: a dry run
// forgets the rows, not these.
struct Added {
  std::map<std::string, std::string> customers, contacts;
};

struct Named {
  std::optional<Id<customers::Customer>> customer;
  std::optional<Id<customers::Contact>> contact;
};
// By name (customers) and by mail address, telephone number, or name within the customer
// (contacts). A contact who is known but not of this customer acts for both from now on.
Named named_by(Change& change, const ImportedTicket& ticket, Added& added);

// invalid("unknown_product"), invalid("unknown_login").
std::optional<Id<products::Product>> product_of(Reader& reader, const ImportedTicket& ticket);
std::optional<Id<accounts::User>> staff_with_login(Reader& reader,
                                                   const std::optional<Text<1, 120>>& login,
                                                   std::string_view field);

}  // namespace baijin::imports
