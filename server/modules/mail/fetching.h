#pragma once
// Looking into mailboxes: what waits there is stored as it is, told to the desk in one go, and only
// then marked, moved or removed on its server (R15). Whatever breaks off in between is looked at
// again and known by its place.
#include "modules/mail/mail.h"

namespace baijin::mail {

inline constexpr std::int64_t largest_message = 50LL << 20;

// Forgets how far it was read (another server, another folder) and looks at once.
void start_anew(Change& change, const Mailbox& mailbox);
// Looks into it as soon as possible; does nothing where there is no line to look into.
void look_soon(Change& change, const Mailbox& mailbox);

// Pure: how long a mailbox that failed so many times in a row is left alone, and whether somebody
// should be told: within 5 minutes of the first failure (issue: "failure announced"). `dice` 0 … 1.
Duration rest_after(std::int64_t failures, double dice);
bool worth_telling(std::int64_t failures, Duration failing_for);

void install_fetching(Module& m);

}  // namespace baijin::mail
