#pragma once
// A letter that was read becomes a ticket, a message of one, or is set aside with a reason.
#include "modules/mail/reading.h"

namespace baijin::mail {

// Throws Error when the desk refuses what it would become; nothing of it is kept then.
void deliver(Change& change, const ReadLetter& read);

}  // namespace baijin::mail
