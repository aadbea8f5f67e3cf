#include "modules/notices/keeping.h"

#include <algorithm>

#include "modules/accounts/accounts.h"
#include "modules/notices/delivery.h"

namespace baijin::notices {
namespace {

using tickets::Ticket;

// What was for the mail alone has done its duty when it was mailed.
std::vector<Notice> unread_of(Change& change, Id<accounts::User> member, const About& about) {
  return change.list<Notice>(R"(SELECT {fields n} FROM notices n
      WHERE (n.ticket = $1 OR n.mailbox = $2) AND n.member = $3 AND n.read_at IS NULL
        AND (n.in_app = TRUE OR n.mailed_at IS NULL)
        {all: the program writes them} ORDER BY n.event DESC)",
                             about.ticket, about.mailbox, member);
}

// Everything that one request did is one act.
bool is_same_act(Change& change, const Notice& notice, const Event& event) {
  return !event.request.empty() && event_at(change, notice.event).request == event.request;
}

void renew(Change& change, const Notice& kept, const Notice& fresh) {
  auto notice = change.take_unseen(kept.id);
  notice.kind = fresh.kind;
  notice.event = fresh.event;
  notice.by_name = fresh.by_name;
  notice.at = fresh.at;
  notice.in_app = notice.in_app || fresh.in_app;
  notice.times = kept.times + (kept.kind == fresh.kind ? 1 : 0);
  if (!notice.mail_due_at) notice.mail_due_at = fresh.mail_due_at;
  else if (fresh.mail_due_at)
    notice.mail_due_at = std::min(*notice.mail_due_at, *fresh.mail_due_at);
  change.save(notice);
  change.tell("notices.added", notice);
}

const Notice* of_kind(const std::vector<Notice>& unread, NoticeKind kind) {
  auto found = std::find_if(unread.begin(), unread.end(),
                            [&](const Notice& kept) { return kept.kind == kind; });
  return found == unread.end() ? nullptr : &*found;
}

// True when one of them says it already, or says it now.
bool told_with_another(Change& change, const std::vector<Notice>& unread, const Event& event,
                       const Notice& fresh) {
  const auto* alike = of_kind(unread, fresh.kind);
  for (const auto& kept : unread) {
    if (!is_same_act(change, kept, event)) continue;
    if (!rules::weighs_more(fresh.kind, kept.kind)) return true;
    if (kept.times > 1) continue;  // it tells of more than this act
    if (alike) {
      change.remove(kept);
      break;
    }
    renew(change, kept, fresh);
    return true;
  }
  if (alike) renew(change, *alike, fresh);
  return alike != nullptr;
}

// Whether this member may know of it now.
bool may_know(Change& change, Id<accounts::User> member, const Ref& about) {
  auto actor = accounts::actor_for(change, member);
  if (actor.kind != ActorKind::staff) return false;
  bool knows = false;
  change.as(actor, [&](Change& own) { knows = own.sees(about); });
  return knows;
}

}  // namespace

About::About(const Ticket& about)
    : ticket(about.id), urgent(about.priority == tickets::Priority::P1) {}

Ref About::ref() const {
  if (ticket) return {"ticket", ticket->value};
  return {"mailbox", mailbox->value};
}

void keep_notice(Change& change, const Event& event, const About& about, const rules::Told& told,
                 const std::string& by_name) {
  if (!may_know(change, told.member, about.ref())) return;
  auto wishes = wishes_of(change, told.member);
  auto wish = rules::wish(wishes, told.kind);
  if (!wish.in_app && !wish.mail) return;
  Notice fresh;
  fresh.member = told.member;
  fresh.kind = told.kind;
  fresh.ticket = about.ticket;
  fresh.mailbox = about.mailbox;
  fresh.event = event.seq;
  fresh.by_name = by_name;
  fresh.at = event.at;
  fresh.in_app = wish.in_app;
  if (wish.mail) fresh.mail_due_at = mail_time_of(change, told.member, wishes, about.urgent);
  if (!told_with_another(change, unread_of(change, told.member, about), event, fresh)) {
    change.add(fresh);
    change.tell("notices.added", fresh);
  }
  plan_delivery(change, told.member);
}

}  // namespace baijin::notices
