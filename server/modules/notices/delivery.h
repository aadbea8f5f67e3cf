#pragma once
// When notices go by mail: each waits for the time its member wants, and what is read before then
// is not mailed at all. One job a member wakes at the earliest of them.
#include "modules/notices/settings.h"

namespace baijin {
class Module;
}

namespace baijin::notices {

// When a notice of now is due; nothing for who has no address.
std::optional<Time> mail_time_of(Change& change, Id<accounts::User> member, const Wishes& wishes,
                                 bool urgent);
// The member's job wakes when the first of his notices is due.
void plan_delivery(Change& change, Id<accounts::User> member);
// What waits for its mail waits as his wishes are now.
void plan_anew(Change& change, Id<accounts::User> member, const Wishes& wishes);

void install_delivery(Module& m);

}  // namespace baijin::notices
