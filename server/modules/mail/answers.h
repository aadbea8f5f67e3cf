#pragma once
// The answer to a new mail: its number. At most so often to one address (M6, M7).
#include "mime/message.h"
#include "modules/mail/mail.h"

namespace baijin::mail {

struct NewRequest {
  const Mailbox& mailbox;
  const tickets::Ticket& ticket;
  const IncomingMail& mail;
  const mime::Message& letter;
  bool stranger = false;
  bool may_be_answered = false;  // by a machine, as the letter was judged
};

// How many messages came from this address since then.
std::int64_t came_since(Reader& reader, const std::string& address, Time since);

void answer_receipt(Change& change, const NewRequest& request);

}  // namespace baijin::mail
