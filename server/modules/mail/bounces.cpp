#include "modules/mail/bounces.h"

#include "base/text.h"
#include "hub/module.h"

namespace baijin::mail {
namespace {

std::optional<OutgoingMail> mail_with(Reader& reader, const std::string& message_id) {
  return reader.first<OutgoingMail>(R"(SELECT {fields o} FROM outgoing_mails o
      WHERE o.message_id = $1 {all: who knows the id was sent it} ORDER BY o.id LIMIT 1)",
                                    message_id);
}

const mime::Failure* failure_of(const mime::Judgement& judgement, const OutgoingMail& mail) {
  for (const auto& failure : judgement.failures) {
    if (failure.recipient == mail.recipient.value) return &failure;
  }
  // A report about an address it was forwarded to.
  return judgement.failures.size() == 1 ? &judgement.failures.front() : nullptr;
}

void note_failed(Change& change, const OutgoingMail& found, const mime::Failure& failure) {
  auto mail = change.take_unseen(found.id);
  if (mail.state == OutgoingState::bounced) return;
  mail.state = OutgoingState::bounced;
  mail.bounced_at = change.now();
  mail.reason = name_of(failure.reason);
  mail.said.value = shorten(failure.diagnostic, 500);
  change.save(mail);
  boost::json::object more{{"mail", mail.id.value}, {"reason", mail.reason}};
  change.tell("mail.bounced", mail, more);
  if (mail.ticket) {
    change.tell_about("mail.not_delivered", {"ticket", mail.ticket->value}, {}, std::move(more));
  }
}

}  // namespace

void note_bounce(Change& change, const mime::Judgement& judgement, IncomingMail& mail) {
  for (const auto& mark : judgement.original_marks) {
    auto found = mail_with(change, mark);
    if (!found) continue;
    mail.ticket = found->ticket;
    const auto* failure = failure_of(judgement, *found);
    if (!failure || failure->action != mime::Action::failed) return;
    note_failed(change, *found, *failure);
    if (failure->permanence == mime::Permanence::hard) {
      mark_address(change, found->recipient, failure->reason, failure->diagnostic);
    }
    return;
  }
}

void mark_address(Change& change, const Email& address, mime::Reason reason,
                  std::string_view said) {
  auto known = change.first<AddressMark>(R"(SELECT {fields a} FROM address_marks a
      WHERE a.email = $1 {all: the program's own work})",
                                         address);
  AddressMark mark;
  if (known) mark = change.take_unseen(known->id);
  mark.email = address;
  mark.since = change.now();
  mark.reason = reason;
  mark.said.value = shorten(said, 500);
  mark.cleared_at.reset();
  if (known) change.save(mark);
  else change.add(mark);
  change.tell("mail.address_marked", mark, {{"reason", name_of(reason)}});
}

bool is_marked(Reader& reader, std::string_view address) {
  return reader.any(R"(SELECT 1 FROM address_marks a
      WHERE a.email = $1 AND a.cleared_at IS NULL {all: is it dead})",
                    address);
}

Page<AddressMark> list_marks(Reader& reader, const MarkFilter& filter) {
  static const Sorts sorts{"a.id", "-since", {{"since", "a.since"}}};
  Where where;
  where.when(filter.email, "a.email = $");
  where.and_also("a.cleared_at IS NULL");
  return reader.page<AddressMark>(R"(SELECT {fields a}, {keys} FROM address_marks a
      WHERE {visible a} {where} {page})",
                                  filter.paging, sorts, where);
}

AddressMark clear_mark(Change& change, Id<AddressMark> id) {
  auto mark = change.take(id);
  if (!mark.cleared_at) {
    mark.cleared_at = change.now();
    change.save(mark);
    change.tell("mail.address_cleared", mark);
  }
  return mark;
}

void install_bounces(Module& m) {
  m.record<AddressMark>(seen_by_staff(), "customers.read");
  m.event<AddressMark>("mail.address_marked", "customers.read");
  m.event<AddressMark>("mail.address_cleared", "customers.read");
  m.get("/address-marks", "customers.read", list_marks)
      .about("Addresses from which mail comes back, with the reason.");
  m.post("/address-marks/{id}/clearings", "customers.manage", clear_mark)
      .about("Say that an address works again.");
}

}  // namespace baijin::mail
