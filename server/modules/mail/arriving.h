#pragma once
// A message is at the door: it is kept as it came, and will be read.
#include "modules/mail/mail.h"

namespace baijin::mail {

struct Arrival {
  std::optional<Id<Mailbox>> mailbox;
  Door door = Door::imap;
  std::string remote;  // "GENERATION/ID"; "" where there is none
  std::string raw;     // a stored blob
  std::int64_t bytes = 0;
  bool whole = true;
};

// Nothing when this very message, by its place, is here already.
std::optional<Id<IncomingMail>> arrive(Change& change, const Arrival& arrival);

// Messages that come by a pipe or over the API: `baijin mail-in`, POST /mail. `to` chooses the
// mailbox by its address; "" takes the first. not_found when there is none.
IncomingMail hand_in(Change& change, const Arrival& arrival, std::string_view to);

void install_arriving(Module& m);

}  // namespace baijin::mail
