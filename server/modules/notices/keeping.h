#pragma once
// How notices are kept: folded while unread, one for one act, and only of what their member sees.
#include <optional>
#include <string>

#include "hub/events.h"
#include "modules/notices/rules.h"

namespace baijin::notices {

// What a notice is about.
struct About {
  explicit About(const tickets::Ticket& about);
  explicit About(Id<mail::Mailbox> about) : mailbox(about) {}
  Ref ref() const;

  std::optional<Id<tickets::Ticket>> ticket;
  std::optional<Id<mail::Mailbox>> mailbox;
  bool urgent = false;  // is mailed at once for who wants that
};

struct Doer {
  std::optional<Id<accounts::User>> user;  // of staff or the portal
  std::string name;
};

// Nothing for who may not see what it is about now or does not want to know.
void keep_notice(Change& change, const Event& event, const About& about, const rules::Told& told,
                 const std::string& by_name);

}  // namespace baijin::notices
