#pragma once
// Whether the lines by which mailboxes send work. What a server says of one mail or one recipient
// says nothing about the line.
#include "hub/mail_line.h"
#include "modules/mail/mail.h"

namespace baijin::mail {

struct SendingHealth {
  std::optional<Time> failing_since;
  std::int64_t failures = 0;  // in a row
  std::string reason;         // hub/mail_line.h's slug
  std::string said;
  bool announced = false;
};
FIELDS(SendingHealth, failing_since, failures, reason, said, announced)

SendingHealth sending_health(Reader& reader, Id<Mailbox> mailbox);
// How a mail fared: a line that keeps failing is announced, and that it works again. True when it
// failed before and does not any more.
bool note_sending(Change& change, Id<Mailbox> mailbox, const Handed& handed);
// Another line: what was known is of the old one.
void forget_sending(Change& change, Id<Mailbox> mailbox);

// Both lines work, as far as anybody was told.
bool is_thought_well(Reader& reader, Id<Mailbox> mailbox);

}  // namespace baijin::mail
