#pragma once
// Who sends so much in so short a time that he is a machine, whatever his mails say of themselves
// (M6): he is not answered any more, and who looks after the mailbox is told once.
#include "modules/mail/mail.h"

namespace baijin {
class Module;
}

namespace baijin::mail {

// `lately`: how many came from this address within the last ten minutes.
void note_flood(Change& change, const Mailbox& mailbox, const std::string& sender,
                std::int64_t lately);

void install_floods(Module& m);

}  // namespace baijin::mail
