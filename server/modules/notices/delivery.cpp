#include "modules/notices/delivery.h"

#include "hub/module.h"
#include "modules/accounts/accounts.h"
#include "modules/notices/keeping.h"
#include "modules/notices/mailing.h"
#include "modules/notices/rules.h"

namespace baijin::notices {
namespace {

using tickets::Priority;

constexpr std::string_view delivery_job = "notices.deliver";

struct Delivery {
  Id<accounts::User> member;
};
FIELDS(Delivery, member)

std::string key_of(Id<accounts::User> member) { return std::to_string(member.value); }

std::vector<Notice> waiting_of(Change& change, Id<accounts::User> member,
                               std::optional<Time> until) {
  return change.list<Notice>(R"(SELECT {fields n} FROM notices n
      WHERE n.member = $1 AND n.read_at IS NULL AND n.mail_due_at IS NOT NULL
        AND ($2 IS NULL OR n.mail_due_at <= $2) {all: the program sends them} ORDER BY n.at, n.id)",
                             member, until);
}

void note_delivered(Change& change, const Notice& waiting, bool mailed) {
  auto notice = change.take_unseen(waiting.id);
  notice.mail_due_at.reset();
  if (mailed) notice.mailed_at = change.now();
  change.save(notice);
}

void deliver(Change& change, const Delivery& payload) {
  auto due = waiting_of(change, payload.member, change.now() + rules::grace);
  if (!due.empty()) {
    bool mailed = mail_notices(change, payload.member, due);
    for (const auto& notice : due) note_delivered(change, notice, mailed);
    change.tell(mailed ? "notices.mailed" : "notices.not_mailed", due.back(),
                {{"notices", due.size()}});
  }
  plan_delivery(change, payload.member);
}

}  // namespace

std::optional<Time> mail_time_of(Change& change, Id<accounts::User> member, const Wishes& wishes,
                                 bool urgent) {
  auto user = change.find_unseen(member);
  if (!user || user->email.value.empty()) return {};
  return rules::mail_time(change.now(), wishes, user->time_zone.value, urgent);
}

void plan_delivery(Change& change, Id<accounts::User> member) {
  auto first = change.value<Time>(R"(SELECT MIN(n.mail_due_at) FROM notices n
      WHERE n.member = $1 AND n.read_at IS NULL AND n.mail_due_at IS NOT NULL
        {all: the program sends them})",
                                  member);
  if (first) change.schedule(delivery_job, key_of(member), *first, Delivery{member});
  else change.cancel(delivery_job, key_of(member));
}

void plan_anew(Change& change, Id<accounts::User> member, const Wishes& wishes) {
  for (const auto& waiting : waiting_of(change, member, {})) {
    auto notice = change.take_unseen(waiting.id);
    auto ticket = notice.ticket ? change.find_unseen(*notice.ticket) : std::nullopt;
    bool urgent = ticket && ticket->priority == Priority::P1;
    bool wanted = rules::wish(wishes, notice.kind).mail;
    notice.mail_due_at = wanted ? mail_time_of(change, member, wishes, urgent)
                                : std::optional<Time>{};
    change.save(notice);
  }
  plan_delivery(change, member);
}

void install_delivery(Module& m) {
  m.event<Notice>("notices.mailed", "");
  m.event<Notice>("notices.not_mailed", "");
  m.job(delivery_job, deliver);
}

}  // namespace baijin::notices
