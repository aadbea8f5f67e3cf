#include "modules/mail/outbox.h"

#include <algorithm>
#include <cmath>

#include "base/log.h"
#include "base/text.h"
#include "hub/hub.h"
#include "hub/module.h"
#include "mime/bounce_reason.h"
#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/mail/bounces.h"
#include "modules/mail/leaving.h"
#include "modules/mail/mailboxes.h"
#include "modules/mail/sending_health.h"

namespace baijin::mail {
namespace {

constexpr std::string_view send_job = "mail.send";
constexpr auto longest_waiting = days(2);
constexpr auto after_unclear = minutes(10);
constexpr auto next_turn = seconds(2);
constexpr std::int64_t most_of_ticket = 200;  // the newest

struct SendPayload {
  Id<OutgoingMail> mail;
};
FIELDS(SendPayload, mail)

// How the handing over went.
struct Told {
  bool tried = false;
  bool waits_its_turn = false;
  std::string why_not;
  std::string message_id;
  Handed handed;
};

std::string key_of(Id<OutgoingMail> mail) { return std::to_string(mail.value); }

bool may_leave(const OutgoingMail& mail) {
  return mail.state == OutgoingState::waiting || mail.state == OutgoingState::unclear;
}

// What was to go to the same person about the same ticket before, and is tried again or waits
// itself (R15).
std::optional<OutgoingMail> mail_before(Reader& reader, const OutgoingMail& mail) {
  return reader.first<OutgoingMail>(R"(SELECT {fields o} FROM outgoing_mails o
      WHERE o.ticket = $1 AND o.recipient = $2 AND o.id < $3 AND o.state = 'waiting'
        AND o.reason <> '' {all: the program's own work} ORDER BY o.id DESC LIMIT 1)",
                                    mail.ticket, mail.recipient, mail.id);
}

Leaving prepare(Reader& reader, const SendPayload& payload) {
  auto mail = reader.find_unseen(payload.mail);
  if (!mail || !may_leave(*mail)) return {};
  if (mail->ticket && mail_before(reader, *mail)) {
    Leaving leaving;
    leaving.waits_its_turn = true;
    return leaving;
  }
  return written(reader, *mail);
}

Told talk(Outside& outside, const Leaving& leaving, std::string_view) {
  Told told;
  told.why_not = leaving.why_not;
  told.waits_its_turn = leaving.waits_its_turn;
  if (!leaving.ready) return told;
  told.tried = true;
  told.message_id = leaving.letter.message_id;
  std::string message;
  try {
    message = composed(outside, leaving);
  } catch (const Error& refusal) {
    if (refusal.kind == Kind::busy) throw;
    told.handed = {Handed::Outcome::refused_for_good, refusal.reason, "", {}};
    return told;
  }
  baijin::OutgoingMail envelope;
  envelope.from = leaving.from;
  envelope.to = {leaving.to};
  envelope.message = message;
  told.handed = outside.mail_out.send(leaving.account, envelope);
  return told;
}

void tell_outcome(Change& change, const OutgoingMail& mail, std::string_view kind) {
  boost::json::object more{{"mail", mail.id.value}, {"reason", mail.reason}};
  change.tell(kind, mail, more);
  if (kind == "mail.failed" && mail.ticket) {
    change.tell_about("mail.not_delivered", {"ticket", mail.ticket->value}, {}, std::move(more));
  }
}

void give_up(Change& change, OutgoingMail& mail, OutgoingState state, std::string_view reason) {
  mail.state = state;
  mail.reason = reason;
  change.save(mail);
  tell_outcome(change, mail, state == OutgoingState::failed ? "mail.failed" : "mail.cancelled");
}

void try_at(Change& change, OutgoingMail& mail, Time at) {
  mail.due_at = at;
  change.save(mail);
  change.tell("mail.waits", mail, {{"reason", mail.reason}, {"tries", mail.tries}});
  change.schedule(send_job, key_of(mail.id), mail.due_at, SendPayload{mail.id});
}

void try_later(Change& change, OutgoingMail& mail, const Handed& handed) {
  std::uint16_t dice = 0;
  change.hub().outside().chance.fill(&dice, sizeof dice);
  auto rest = next_try_after(mail.tries, change.now() - mail.created_at, dice / 65'536.0);
  if (!rest) return give_up(change, mail, OutgoingState::failed, handed.reason);
  mail.reason = handed.reason;
  try_at(change, mail, change.now() + *rest);
}

void wait_for_turn(Change& change, OutgoingMail& mail) {
  auto before = mail_before(change, mail);
  if (before) mail.reason = before->reason;
  auto at = before ? std::max(before->due_at, change.now()) + next_turn : change.now();
  try_at(change, mail, at);
}

// The line works again: what waited because of it does not wait for its own next try.
void hasten_waiting(Change& change, Id<Mailbox> mailbox, Id<OutgoingMail> except) {
  auto waiting = change.list<OutgoingMail>(R"(SELECT {fields o} FROM outgoing_mails o
      WHERE o.mailbox = $1 AND o.state = 'waiting' AND o.reason <> '' AND o.due_at > $2
        AND o.id <> $3 {all: the program's own work} ORDER BY o.id LIMIT 500)",
                                           mailbox, change.now(), except);
  for (const auto& one : waiting) {
    auto mail = change.take_unseen(one.id);
    try_at(change, mail, change.now());
  }
}

// The server had it all and did not say what it did with it: once more, under the same Message-ID,
// by which two copies are known to be one (R16); then it stays unclear.
void note_unclear(Change& change, OutgoingMail& mail, const Handed& handed) {
  bool again = mail.state != OutgoingState::unclear;
  mail.state = OutgoingState::unclear;
  mail.reason = handed.reason;
  mail.due_at = change.now() + after_unclear;
  change.save(mail);
  change.tell("mail.unclear", mail, {{"reason", mail.reason}});
  if (again) change.schedule(send_job, key_of(mail.id), mail.due_at, SendPayload{mail.id});
}

void note_refused(Change& change, OutgoingMail& mail, const RefusedRecipient& refused) {
  mail.said.value = shorten(refused.said, 500);
  if (!refused.for_good) {
    Handed later;
    later.reason = refused.reason;
    return try_later(change, mail, later);
  }
  mime::Failure failure;
  failure.status = mime::find_status(refused.said);
  failure.reply_code = mime::find_reply_code(refused.said);
  mime::classify(failure, refused.said);
  if (failure.permanence == mime::Permanence::hard) {
    mark_address(change, mail.recipient, failure.reason, refused.said);
  }
  give_up(change, mail, OutgoingState::failed, refused.reason);
}

void settle(Change& change, const SendPayload& payload, const Told& told) {
  if (!told.tried && told.why_not.empty() && !told.waits_its_turn) return;
  auto mail = change.take_unseen(payload.mail);
  if (!may_leave(mail)) return;
  if (told.waits_its_turn) return wait_for_turn(change, mail);
  if (!told.tried) return give_up(change, mail, OutgoingState::cancelled, told.why_not);
  ++mail.tries;
  mail.message_id = told.message_id;
  const auto& handed = told.handed;
  mail.said.value = shorten(handed.said, 500);
  if (note_sending(change, mail.mailbox, handed)) hasten_waiting(change, mail.mailbox, mail.id);
  if (!handed.refused.empty()) return note_refused(change, mail, handed.refused.front());
  switch (handed.outcome) {
    case Handed::Outcome::accepted:
      mail.state = OutgoingState::sent;
      mail.sent_at = change.now();
      mail.reason.clear();
      change.save(mail);
      return tell_outcome(change, mail, "mail.sent");
    case Handed::Outcome::refused_for_now: return try_later(change, mail, handed);
    case Handed::Outcome::refused_for_good:
      return give_up(change, mail, OutgoingState::failed, handed.reason);
    case Handed::Outcome::unclear: return note_unclear(change, mail, handed);
  }
}

std::string address_for(Reader& reader, const NewOutgoing& input) {
  if (!input.recipient.empty()) return input.recipient;
  if (input.member) {
    auto member = reader.find_unseen(*input.member);
    return member && member->active ? member->email.value : std::string();
  }
  if (!input.contact) return {};
  auto contact = reader.find_unseen(*input.contact);
  return contact && contact->active && contact->email ? contact->email->value : std::string();
}

}  // namespace

std::optional<Duration> next_try_after(std::int64_t tries, Duration waiting_for, double dice) {
  if (waiting_for >= longest_waiting) return {};
  auto rest = std::min(
      minutes(1).us << std::min<std::int64_t>(std::max<std::int64_t>(tries, 1) - 1, 4),
      minutes(15).us);
  return microseconds(rest + std::llround(static_cast<double>(rest) * 0.2 * dice));
}

std::optional<Mailbox> sending_mailbox(Reader& reader, const NewOutgoing& input) {
  auto mailboxes = all_mailboxes(reader);
  std::erase_if(mailboxes, [](const Mailbox& mailbox) { return !sends(mailbox); });
  auto first = [&](const std::function<bool(const Mailbox&)>& fits) -> std::optional<Mailbox> {
    auto found = std::find_if(mailboxes.begin(), mailboxes.end(), fits);
    return found == mailboxes.end() ? std::nullopt : std::optional(*found);
  };
  auto found = first([&](const Mailbox& one) { return input.mailbox == one.id; });
  if (!found && !mailboxes.empty() && input.ticket) {
    auto came = reader.value<Id<Mailbox>>(R"(SELECT i.mailbox FROM incoming_mails i
        WHERE i.ticket = $1 AND i.mailbox IS NOT NULL {all: by which door it came}
        ORDER BY i.id DESC LIMIT 1)",
                                          *input.ticket);
    found = first([&](const Mailbox& one) { return came == one.id; });
    auto ticket = reader.find_unseen(*input.ticket);
    if (!found && ticket && ticket->team) {
      found = first([&](const Mailbox& one) { return one.team == ticket->team; });
    }
  }
  if (!found) found = first([&](const Mailbox& one) { return is_thought_well(reader, one.id); });
  return found ? found : first([](const Mailbox&) { return true; });
}

std::optional<Id<OutgoingMail>> post(Change& change, const NewOutgoing& input) {
  auto mailbox = sending_mailbox(change, input);
  if (!mailbox) return {};
  auto address = address_for(change, input);
  if (address.empty() || is_own_address(change, address)) return {};
  if (is_marked(change, address)) {
    // Who wrote a reply has to know that it went nowhere.
    if (input.ticket && input.kind == "reply") {
      change.tell_about("mail.not_delivered", {"ticket", input.ticket->value}, {},
                        {{"reason", "address_marked"}});
    }
    return {};
  }
  OutgoingMail mail;
  mail.kind.value = input.kind;
  mail.mailbox = mailbox->id;
  mail.ticket = input.ticket;
  mail.message = input.message;
  mail.contact = input.contact;
  mail.member = input.member;
  mail.recipient.value = address;
  mail.about = input.about;
  mail.created_at = change.now();
  mail.due_at = std::max(input.due_at.value_or(change.now()), change.now());
  change.add(mail);
  change.schedule(send_job, key_of(mail.id), mail.due_at, SendPayload{mail.id});
  change.tell("mail.posted", mail, {{"kind", input.kind}});
  return mail.id;
}

Page<OutgoingLineView> list_outgoing(Reader& reader, const OutgoingFilter& filter) {
  static const Sorts sorts{"o.id", "-created_at", {{"created_at", "o.created_at"}}};
  Where where;
  where.when(filter.state, "o.state = $")
      .when(filter.mailbox, "o.mailbox = $")
      .when(filter.ticket, "o.ticket = $")
      .when(filter.recipient, "o.recipient = $");
  return reader.page<OutgoingLineView>(R"(SELECT o.id, o.version, o.kind, o.mailbox, o.ticket,
        t.number, o.message, o.recipient, o.state, o.tries, o.reason, o.said, o.created_at,
        o.due_at, o.sent_at, o.bounced_at, {keys}
      FROM outgoing_mails o LEFT JOIN tickets t ON t.id = o.ticket
      WHERE {visible o} {where} {page})",
                                       filter.paging, sorts, where);
}

std::vector<OutgoingLineView> outgoing_of_ticket(Reader& reader, Id<tickets::Ticket> ticket) {
  reader.get(ticket);
  OutgoingFilter filter;
  filter.ticket = ticket;
  filter.paging.limit = most_of_ticket;
  return list_outgoing(reader, filter).items;
}

OutgoingMail send_again(Change& change, Id<OutgoingMail> id) {
  auto mail = change.take(id);
  if (mail.state == OutgoingState::sent) throw conflict("message_already_sent");
  mail.state = OutgoingState::waiting;
  mail.due_at = change.now();
  mail.created_at = change.now();  // its two days begin anew
  mail.reason.clear();
  mail.said.value.clear();
  change.save(mail);
  change.tell("mail.waits", mail, {{"again", true}});
  change.schedule(send_job, key_of(id), mail.due_at, SendPayload{id});
  return mail;
}

OutgoingMail cancel_outgoing(Change& change, Id<OutgoingMail> id) {
  auto mail = change.take(id);
  if (mail.state != OutgoingState::waiting) throw conflict("message_already_sent");
  change.cancel(send_job, key_of(id));
  give_up(change, mail, OutgoingState::cancelled, "taken_back");
  return mail;
}

void install_outbox(Module& m) {
  m.record<OutgoingMail>(seen_with("ticket", "ticket", "FALSE"), "tickets.read");
  for (auto name : {"mail.posted", "mail.sent", "mail.waits", "mail.unclear", "mail.failed",
                    "mail.cancelled", "mail.bounced"}) {
    m.event<OutgoingMail>(name, "tickets.read");
  }
  m.event<tickets::Ticket>("mail.not_delivered", "tickets.read");
  m.get("/outgoing-mails", "tickets.read", list_outgoing)
      .about("The outbox: what leaves, to whom, and how it went.");
  m.get("/tickets/{id}/outgoing-mails", "tickets.read", outgoing_of_ticket)
      .about("What was sent for a ticket and how it went, newest first.");
  m.post("/outgoing-mails/{id}/tries", "tickets.work", send_again).about("Try a mail again.");
  m.post("/outgoing-mails/{id}/cancellations", "tickets.work", cancel_outgoing)
      .about("Take a mail back that has not left.");
  m.errand<SendPayload, Leaving, Told>(send_job, prepare, talk, settle);
}

}  // namespace baijin::mail
