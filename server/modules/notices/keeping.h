#pragma once
// How notices are kept: folded while unread, one for one act, and only of what their member sees.
#include <optional>
#include <string>

#include "hub/events.h"
#include "modules/notices/rules.h"

namespace baijin::notices {

struct Doer {
  std::optional<Id<accounts::User>> user;  // of staff or the portal
  std::string name;
};

// Nothing for who may not see the ticket now or does not want to know.
void keep_notice(Change& change, const Event& event, const tickets::Ticket& ticket,
                 const rules::Told& told, const std::string& by_name);

// Whether this member may know of the ticket now.
bool may_know(Change& change, Id<accounts::User> member, Id<tickets::Ticket> ticket);

}  // namespace baijin::notices
