#pragma once
// Mail as people look at it: what came, what waits for a decision, and each letter whole, as it was
// sent, with its headers.
#include "modules/mail/mail.h"

namespace baijin::mail {

struct IncomingFilter {
  std::optional<IncomingState> state;
  std::optional<Id<Mailbox>> mailbox;
  std::optional<Id<tickets::Ticket>> ticket;
  std::optional<Email> sender;
  Paging paging;
};
FIELDS(IncomingFilter, state, mailbox, ticket, sender, paging)

struct IncomingLineView {
  Id<IncomingMail> id;
  Version version;
  std::optional<Id<Mailbox>> mailbox;
  Door door = Door::imap;
  std::int64_t bytes = 0;
  Time arrived_at;
  IncomingState state = IncomingState::waiting;
  std::int64_t tries = 0;
  std::string reason;
  Lines<1'000> subject;
  Lines<320> from_email;
  Lines<200> from_name;
  mime::Nature nature = mime::Nature::personal;
  Proof proof = Proof::unknown;
  std::optional<Id<tickets::Ticket>> ticket;
  std::optional<std::string> ticket_number;
  std::optional<Id<tickets::Message>> message;
  bool folded = false;
};
FIELDS(IncomingLineView, id, version, mailbox, door, bytes, arrived_at, state, tries, reason,
       subject, from_email, from_name, nature, proof, ticket, ticket_number, message, folded)

struct ShownAddress {
  std::string name, email;
};
FIELDS(ShownAddress, name, email)

struct ShownHeader {
  std::string name, value;
};
FIELDS(ShownHeader, name, value)

struct ShownPart {
  std::string name, type;
  std::int64_t bytes = 0;
  mime::Role role = mime::Role::attachment;
  bool damaged = false;
};
FIELDS(ShownPart, name, type, bytes, role, damaged)

// A letter read anew from its raw form; nothing of it was believed.
struct Letter {
  Id<IncomingMail> id;
  std::vector<ShownAddress> from, to, cc, reply_to;
  std::string subject;
  std::optional<Time> sent_at;
  std::vector<ShownHeader> headers;  // at most 200, each at most 2,000 characters
  std::string html;                  // all of it, with what was quoted; sanitised
  std::vector<ShownPart> parts;
  mime::Protection protection = mime::Protection::none;
  mime::Nature nature = mime::Nature::personal;
  std::string because;  // what decided about its nature
  mime::TooMuch too_much = mime::TooMuch::no;
  std::vector<std::string> oddities;
};
FIELDS(Letter, id, from, to, cc, reply_to, subject, sent_at, headers, html, parts, protection,
       nature, because, too_much, oddities)

struct DecisionWish {
  Text<1, 20> decision;  // "let_in", "new_ticket", "refuse", "read_again"
};
FIELDS(DecisionWish, decision)

Page<IncomingLineView> list_incoming(Reader& reader, const IncomingFilter& filter);
IncomingLineView get_incoming(Reader& reader, Id<IncomingMail> id);
std::vector<IncomingLineView> incoming_of_ticket(Reader& reader, Id<tickets::Ticket> ticket);
// invalid("unreadable") when the readers cannot read it.
Letter get_letter(Reader& reader, Id<IncomingMail> id);
void download_raw(Reader& reader, Id<IncomingMail> id);
// An image within the letter, by its place among the parts; not_found for what is no image.
struct LetterPart;
void show_picture(Reader& reader, Id<IncomingMail> id, Id<LetterPart> part);
// About a held or unreadable one: conflict("already_decided"). Letting in makes its sender take
// part in the ticket.
IncomingMail decide(Change& change, Id<IncomingMail> id, const DecisionWish& input);

void install_looking(Module& m);

}  // namespace baijin::mail
