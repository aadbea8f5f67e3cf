#pragma once
// Notices leave by mail: into the outbox now, written when the mail leaves (N2).
#include <vector>

#include "modules/notices/notices.h"

namespace baijin::notices {

// False when there is nobody to send it to, or no mailbox that sends.
bool mail_notices(Change& change, Id<accounts::User> member, const std::vector<Notice>& notices);

void install_mailing(Module& m);

}  // namespace baijin::notices
