#pragma once
// What the desk writes to its customers about their tickets: replies of people, and what it says by
// itself: a number received, waiting for you, please confirm, a reminder, closed, reopened. They
// follow from the tickets' events, obey what the customer wishes (CUS-5, NOT-1), and go to
// everybody who takes part, each a copy of his own (N3).
#include "modules/mail/mail.h"

namespace baijin::mail {

// Pure: whether this customer is written to by mail about a ticket that came by this channel.
bool wants_mail(tickets::Channel came_by, std::optional<std::string_view> preferred);

void install_letters(Module& m);

}  // namespace baijin::mail
