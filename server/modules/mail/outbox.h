#pragma once
// The outbox: mails wait here for their time, are written when they leave, and each is handed over
// until somebody took it, refused it, or two days have passed.
#include "hub/mail_line.h"
#include "modules/mail/mail.h"

namespace baijin::mail {

// Pure: when the mail that failed so many times is tried again: after 1, 2, 4 … at most 15 minutes,
// more or less (R15); nothing: it is given up.
std::optional<Duration> next_try_after(std::int64_t tries, Duration waiting_for, double dice);

struct OutgoingFilter {
  std::optional<OutgoingState> state;
  std::optional<Id<Mailbox>> mailbox;
  std::optional<Id<tickets::Ticket>> ticket;
  std::optional<Email> recipient;
  Paging paging;
};
FIELDS(OutgoingFilter, state, mailbox, ticket, recipient, paging)

// A line of the outbox, with the names of what it is about as its reader may see them.
struct OutgoingLineView {
  Id<OutgoingMail> id;
  Version version;
  Slug kind;
  Id<Mailbox> mailbox;
  std::optional<Id<tickets::Ticket>> ticket;
  std::optional<std::string> ticket_number;
  std::optional<Id<tickets::Message>> message;
  Email recipient;
  OutgoingState state = OutgoingState::waiting;
  std::int64_t tries = 0;
  std::string reason;
  Lines<500> said;
  Time created_at;
  Time due_at;
  std::optional<Time> sent_at;
  std::optional<Time> bounced_at;
};
FIELDS(OutgoingLineView, id, version, kind, mailbox, ticket, ticket_number, message, recipient,
       state, tries, reason, said, created_at, due_at, sent_at, bounced_at)

// From which mailbox a mail leaves: where its ticket came in, else that of its team, else the first
// that works. Nothing when none sends.
std::optional<Mailbox> sending_mailbox(Reader& reader, const NewOutgoing& input);

Page<OutgoingLineView> list_outgoing(Reader& reader, const OutgoingFilter& filter);
// What was sent for a ticket, to whom and how it went: the ticks beside its messages.
std::vector<OutgoingLineView> outgoing_of_ticket(Reader& reader, Id<tickets::Ticket> ticket);
// Tries a mail again that failed or is unclear: conflict("nothing_to_send").
OutgoingMail send_again(Change& change, Id<OutgoingMail> id);
// Takes a mail back that has not left: conflict("message_already_sent").
OutgoingMail cancel_outgoing(Change& change, Id<OutgoingMail> id);

void install_outbox(Module& m);

}  // namespace baijin::mail
