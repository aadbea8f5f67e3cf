#include "modules/mail/answers.h"

#include "base/log.h"
#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/mail/judging.h"
#include "modules/mail/mailboxes.h"
#include "modules/mail/outbox.h"

namespace baijin::mail {
namespace {

std::int64_t answered_since(Reader& reader, const std::string& address, Time since) {
  return reader
      .value<std::int64_t>(R"(SELECT count(*) FROM outgoing_mails o
          WHERE o.recipient = $1 AND o.created_at > $2
            AND o.kind IN ('received', 'reminder', 'closed', 'reopened') {all: only how many})",
                           address, since)
      .value_or(0);
}

bool may_answer(Change& change, const Mailbox& mailbox, const std::string& address, bool stranger) {
  judging::Answers answers;
  answers.last_hour = answered_since(change, address, change.now() - hours(1));
  answers.last_day = answered_since(change, address, change.now() - days(1));
  answers.lately = came_since(change, address, change.now() - minutes(10));
  answers.stranger = stranger;
  if (!judging::may_answer(answers)) return false;
  return !stranger || count_answer_to_stranger(change, mailbox);
}

std::int64_t hour_of(Time time) { return time.us / hours(1).us; }

}  // namespace

std::int64_t came_since(Reader& reader, const std::string& address, Time since) {
  return reader
      .value<std::int64_t>(R"(SELECT count(*) FROM incoming_mails i
          WHERE i.from_email = $1 AND i.arrived_at > $2 {all: only how many})",
                           address, since)
      .value_or(0);
}

bool goes_by_itself(std::string_view kind) {
  return kind == "received" || kind == "reminder" || kind == "closed" || kind == "reopened";
}

bool is_stranger(Reader& reader, Id<customers::Contact> contact) {
  return !customers::main_customer(reader, contact) && !accounts::user_of_contact(reader, contact);
}

bool count_answer_to_stranger(Change& change, const Mailbox& mailbox) {
  auto counted = mailbox.answers_to_strangers > 0 &&
                 change.keep_books(R"(INSERT INTO stranger_answers (mailbox, hour, answers)
      VALUES ($1, $2, 1)
      ON CONFLICT (mailbox, hour) DO UPDATE SET answers = stranger_answers.answers + 1
      WHERE stranger_answers.answers < $3)",
                                   mailbox.id, hour_of(change.now()),
                                   mailbox.answers_to_strangers) > 0;
  if (!counted) log::warn("mail.answer_withheld", {{"mailbox", mailbox.id.value}});
  return counted;
}

void answer_receipt(Change& change, const NewRequest& request) {
  if (!request.mailbox.answers || !request.may_be_answered || !sends(request.mailbox)) return;
  const auto& address = request.mail.from_email.value;
  if (!may_answer(change, request.mailbox, address, request.stranger)) return;
  NewOutgoing outgoing;
  outgoing.kind = "received";
  outgoing.mailbox = request.mailbox.id;
  outgoing.ticket = request.ticket.id;
  outgoing.contact = request.mail.contact;
  outgoing.recipient = address;
  // Who was not known may not be who he says: his words are not sent to the address he named (M7).
  if (request.stranger) outgoing.about.value["stranger"] = true;
  post(change, outgoing);
}

void answer_stranger(Change& change, NewOutgoing outgoing) {
  auto contact = change.find_unseen(*outgoing.contact);
  auto mailbox = sending_mailbox(change, outgoing);
  if (!contact || !contact->email || !mailbox) return;
  if (!may_answer(change, *mailbox, contact->email->value, true)) return;
  outgoing.mailbox = mailbox->id;
  outgoing.about.value["stranger"] = true;
  post(change, outgoing);
}

void sweep_answers(Change& change) {
  change.keep_books("DELETE FROM stranger_answers WHERE hour < $1", hour_of(change.now()) - 1);
}

}  // namespace baijin::mail
