#pragma once
// The customers' door. Who signs in sees at once what waits for him, how far his requests are and
// how he is served (INT-8). Who has no account may ask where the organisation allows it: he gets a
// number and a link that shows him his request, and answers, confirms and rates by it.
#include <string>

#include "hub/reader.h"

namespace baijin {

class Module;

namespace customers {
struct Contact;
}
namespace tickets {
struct Ticket;
}

namespace portal {

// An address at which this person follows this ticket without signing in, as a guest does by his
// own link: for mails to him. It works as long as he is the ticket's contact, until 90 days after
// the ticket was closed, or until the desk takes the guest's link back; nothing changes by opening
// it (N5).
std::string follow_link(Reader& reader, Id<tickets::Ticket> ticket, Id<customers::Contact> contact);

void install(Module& m);

}  // namespace portal
}  // namespace baijin
