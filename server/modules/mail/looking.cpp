#include "modules/mail/looking.h"

#include "base/text.h"
#include "hub/download.h"
#include "hub/hub.h"
#include "hub/module.h"
#include "modules/mail/letter_body.h"
#include "modules/mail/reading.h"
#include "modules/mail/threading.h"
#include "modules/remote_images/remote_images.h"

namespace baijin::mail {
namespace {

constexpr std::size_t most_headers = 200;
constexpr std::int64_t most_of_ticket = 200;  // the newest
constexpr std::int64_t most_characters = 2'000;

std::vector<ShownAddress> shown(const std::vector<mime::Address>& addresses) {
  std::vector<ShownAddress> list;
  for (const auto& address : addresses) {
    if (list.size() == most_headers) break;
    list.push_back({address.name, address.email});
  }
  return list;
}

bool may_be_decided(const IncomingMail& mail) {
  return mail.state == IncomingState::held || mail.state == IncomingState::unreadable ||
         mail.state == IncomingState::silent || mail.state == IncomingState::refused;
}

// From now on his mails about this ticket are let in.
void admit_sender(Change& change, const IncomingMail& mail) {
  if (!mail.ticket || mail.from_email.value.empty()) return;
  NewParticipant participant;
  participant.email.value = mail.from_email.value;
  auto name = shorten(mail.from_name.value, 120);
  if (!name.empty()) participant.name = Name{name};
  add_participant(change, *mail.ticket, participant);
}

}  // namespace

Page<IncomingLineView> list_incoming(Reader& reader, const IncomingFilter& filter) {
  static const Sorts sorts{"i.id", "-arrived_at", {{"arrived_at", "i.arrived_at"}}};
  Where where;
  where.when(filter.state, "i.state = $")
      .when(filter.mailbox, "i.mailbox = $")
      .when(filter.ticket, "i.ticket = $")
      .when(filter.sender, "i.from_email = $");
  return reader.page<IncomingLineView>(R"(SELECT i.id, i.version, i.mailbox, i.door, i.bytes,
        i.arrived_at, i.state, i.tries, i.reason, i.subject, i.from_email, i.from_name, i.nature,
        i.proof, i.ticket, t.number, i.message, i.folded, {keys}
      FROM incoming_mails i LEFT JOIN tickets t ON t.id = i.ticket
      WHERE {visible i} {where} {page})",
                                       filter.paging, sorts, where);
}

IncomingLineView get_incoming(Reader& reader, Id<IncomingMail> id) {
  auto found = reader.first<IncomingLineView>(R"(SELECT i.id, i.version, i.mailbox, i.door, i.bytes,
        i.arrived_at, i.state, i.tries, i.reason, i.subject, i.from_email, i.from_name, i.nature,
        i.proof, i.ticket, t.number, i.message, i.folded
      FROM incoming_mails i LEFT JOIN tickets t ON t.id = i.ticket
      WHERE i.id = $1 AND {visible i})",
                                              id);
  if (!found) throw not_found();
  return *found;
}

std::vector<IncomingLineView> incoming_of_ticket(Reader& reader, Id<tickets::Ticket> ticket) {
  reader.get(ticket);
  IncomingFilter filter;
  filter.ticket = ticket;
  filter.paging.limit = most_of_ticket;
  return list_incoming(reader, filter).items;
}

Letter get_letter(Reader& reader, Id<IncomingMail> id) {
  auto mail = reader.get(id);
  auto read = read_stored(reader.hub().outside(), {mail.raw, mail.raw_at, mail.bytes},
                          loop_mark(reader), false);
  if (read.outcome != mime::Reading::Outcome::read) throw invalid("unreadable");
  Letter letter;
  letter.id = id;
  const auto& found = read.letter;
  letter.from = shown(found.from);
  letter.to = shown(found.to);
  letter.cc = shown(found.cc);
  letter.reply_to = shown(found.reply_to);
  letter.subject = found.subject;
  letter.sent_at = found.sent_at;
  for (const auto& header : found.headers) {
    if (letter.headers.size() == most_headers) break;
    letter.headers.push_back({shorten(header.name, 200), shorten(header.value, most_characters)});
  }
  letter.html = whole_body_of(found);
  for (std::size_t i = 0; i < found.attachments.size(); ++i) {
    const auto& part = found.attachments[i];
    letter.parts.push_back({part.name, part.type, read.parts[i].bytes, part.role, part.damaged});
  }
  letter.protection = found.protection;
  letter.nature = read.judgement.nature;
  letter.because = read.judgement.because;
  letter.too_much = found.too_much;
  letter.oddities = found.oddities;
  return letter;
}

void download_raw(Reader& reader, Id<IncomingMail> id) {
  auto mail = reader.get(id);
  auto bytes = raw_bytes(reader.hub().outside(), {mail.raw, mail.raw_at, mail.bytes});
  reader.request().raw = download("application/octet-stream",
                                  "mail-" + std::to_string(id.value) + ".eml", std::move(bytes));
  reader.request().read_note = {"mail.raw_taken", {"incoming_mail", id.value}, {}};
}

void show_picture(Reader& reader, Id<IncomingMail> id, Id<LetterPart> part) {
  auto mail = reader.get(id);
  auto found = read_part(reader.hub().outside(), {mail.raw, mail.raw_at, mail.bytes}, part.value);
  auto type = found ? picture_type(found->bytes) : std::string_view();
  if (type.empty()) throw not_found();
  reader.request().raw = download(type, "part-" + std::to_string(part.value),
                                  std::move(found->bytes));
}

IncomingMail decide(Change& change, Id<IncomingMail> id, const DecisionWish& input) {
  auto mail = change.take(id);
  if (!may_be_decided(mail)) throw conflict("already_decided");
  const auto& wish = input.decision.value;
  if (wish == "refuse") {
    mail.state = IncomingState::refused;
    mail.reason = "decided";
  } else if (wish == "let_in" || wish == "new_ticket" || wish == "read_again") {
    if (wish == "let_in" && !mail.ticket) throw conflict("no_ticket");
    if (wish == "let_in") admit_sender(change, mail);
    if (wish == "let_in") mail.decision = Decision::let_in;
    if (wish == "new_ticket") mail.decision = Decision::new_ticket;
    mail.state = IncomingState::waiting;
    mail.tries = 0;
    mail.next_try_at = change.now();
  } else {
    throw invalid("not_one_of", "decision");
  }
  change.save(mail);
  change.tell("mail.decided", mail, {{"decision", wish}});
  if (mail.state == IncomingState::waiting && mail.mailbox) read_soon(change, *mail.mailbox);
  return mail;
}

void install_looking(Module& m) {
  m.event<IncomingMail>("mail.raw_taken", "audit.read");
  m.get("/incoming-mails", "tickets.read", list_incoming)
      .about("What came by mail, and what became of it.");
  m.get("/incoming-mails/{id}", "tickets.read", get_incoming)
      .about("What came by mail, and what became of it: one of them.");
  m.get("/tickets/{id}/incoming-mails", "tickets.read", incoming_of_ticket)
      .about("What came by mail for a ticket, also what waits for a decision.");
  m.get("/incoming-mails/{id}/letter", "tickets.read", get_letter)
      .slow()
      .about("A letter whole, with its headers, as it was sent.");
  m.get("/incoming-mails/{id}/raw", "tickets.read", download_raw)
      .raw()
      .slow()
      .about("The message as it came, byte for byte; told as an event.");
  m.get("/incoming-mails/{id}/pictures/{part}", "tickets.read", show_picture)
      .raw()
      .slow()
      .about("An image that a letter shows within its text; the part is counted from 1.");
  m.post("/incoming-mails/{id}/decisions", "tickets.work", decide)
      .about("Decide about a held message: let_in, new_ticket, refuse, read_again.");
  remote_images::shows_remote_images(m, "incoming_mail", [](Reader& reader, std::int64_t id) {
    return get_letter(reader, {id}).html;
  });
}

}  // namespace baijin::mail
