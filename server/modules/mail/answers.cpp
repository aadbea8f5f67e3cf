#include "modules/mail/answers.h"

#include "modules/mail/judging.h"
#include "modules/mail/mailboxes.h"

namespace baijin::mail {
namespace {

std::int64_t answered_since(Reader& reader, const std::string& address, Time since) {
  return reader
      .value<std::int64_t>(R"(SELECT count(*) FROM outgoing_mails o
          WHERE o.recipient = $1 AND o.created_at > $2 AND o.kind = 'received'
          {all: only how many})",
                           address, since)
      .value_or(0);
}

}  // namespace

std::int64_t came_since(Reader& reader, const std::string& address, Time since) {
  return reader
      .value<std::int64_t>(R"(SELECT count(*) FROM incoming_mails i
          WHERE i.from_email = $1 AND i.arrived_at > $2 {all: only how many})",
                           address, since)
      .value_or(0);
}

void answer_receipt(Change& change, const NewRequest& request) {
  if (!request.mailbox.answers || !request.may_be_answered || !sends(request.mailbox)) return;
  const auto& address = request.mail.from_email.value;
  judging::Answers answers;
  answers.last_hour = answered_since(change, address, change.now() - hours(1));
  answers.last_day = answered_since(change, address, change.now() - days(1));
  answers.lately = came_since(change, address, change.now() - minutes(10));
  answers.stranger = request.stranger;
  if (!judging::may_answer(answers)) return;
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

}  // namespace baijin::mail
