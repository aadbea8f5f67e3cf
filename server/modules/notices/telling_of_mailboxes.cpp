#include "modules/accounts/accounts.h"
#include "modules/mail/mail.h"
#include "modules/notices/delivery.h"
#include "modules/notices/keeping.h"
#include "modules/notices/rules.h"
#include "modules/notices/telling.h"

namespace baijin::notices {
namespace {

Id<mail::Mailbox> mailbox_of(const Event& event) { return {event.subject.id}; }

void tell_keepers(Change& change, const Event& event, NoticeKind kind, const std::string& by_name) {
  for (auto member : accounts::holders_of(change, rules::right_for(kind))) {
    keep_notice(change, event, About(mailbox_of(event)), {member, kind}, by_name);
  }
}

void failing(Change& change, const Event& event) {
  tell_keepers(change, event, NoticeKind::mailbox_failing, "");
}

// What was told since it last worked.
std::vector<Notice> told_of_failure(Change& change, const Event& event) {
  auto worked = change.value<std::int64_t>(R"(SELECT MAX(e.seq) FROM events e
      WHERE e.subject = $1 AND e.kind = $2 AND e.seq < $3 {all: since when it fails})",
                                           event.subject, event.kind, event.seq);
  return change.list<Notice>(R"(SELECT {fields n} FROM notices n
      WHERE n.mailbox = $1 AND n.kind = $2 AND n.event > $3
        {all: the program writes them} ORDER BY n.id)",
                             mailbox_of(event), NoticeKind::mailbox_failing, worked.value_or(0));
}

// Who knows of the failure is told that it is over; for who does not it has gone by.
void works_again(Change& change, const Event& event) {
  for (const auto& told : told_of_failure(change, event)) {
    if (!told.read_at) {
      auto notice = change.take_unseen(told.id);
      notice.read_at = change.now();
      notice.mail_due_at.reset();
      change.save(notice);
      change.tell("notices.read", notice);
    }
    if (!told.read_at && !told.mailed_at) plan_delivery(change, told.member);
    else
      keep_notice(change, event, About(mailbox_of(event)), {told.member, NoticeKind::mailbox_well},
                  "");
  }
}

void flooded(Change& change, const Event& event) {
  const auto* sender = event.data.value.if_contains("sender");
  if (!sender || !sender->is_string()) return;
  tell_keepers(change, event, NoticeKind::sender_floods, std::string(sender->get_string()));
}

}  // namespace

void listen_to_mailboxes(Module& m) {
  m.on("mail.mailbox_failing", failing);
  m.on("mail.mailbox_works_again", works_again);
  m.on("mail.sender_floods", flooded);
}

}  // namespace baijin::notices
