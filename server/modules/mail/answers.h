#pragma once
// What the desk says by itself goes out at most so often to one address and to strangers in all:
// nobody can make it write to people who never asked (M6, M7).
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

// Letters that go out without anybody of the desk having done anything.
bool goes_by_itself(std::string_view kind);
// Nobody of the desk has said whose person this is, and he has no account: who asks with his name
// may be anybody.
bool is_stranger(Reader& reader, Id<customers::Contact> contact);
// Counts an answer to a stranger; false when the mailbox has given as many as it may this hour.
bool count_answer_to_stranger(Change& change, const Mailbox& mailbox);

// The answer to a new mail: its number.
void answer_receipt(Change& change, const NewRequest& request);
// A letter of the program's own to somebody whom the desk does not know: one a day to an address,
// and none of his words are in it.
void answer_stranger(Change& change, NewOutgoing outgoing);

void sweep_answers(Change& change);

}  // namespace baijin::mail
