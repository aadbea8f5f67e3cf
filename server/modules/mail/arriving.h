#pragma once
// A message is at the door: it is kept as it came, and will be read.
#include "modules/mail/mail.h"

namespace baijin::mail {

// Nothing when this very message, by its place, is here already.
std::optional<Id<IncomingMail>> arrive(Change& change, const Arrival& arrival);

void install_arriving(Module& m);

}  // namespace baijin::mail
