#include "modules/mail/floods.h"

#include "hub/module.h"
#include "modules/mail/answers.h"
#include "modules/mail/judging.h"

namespace baijin::mail {
namespace {

constexpr auto told_once_in = days(1);

void sweep(Change& change) {
  change.keep_books("DELETE FROM flooding_senders WHERE told_at <= $1",
                    change.now() - told_once_in);
  sweep_answers(change);
}

}  // namespace

void note_flood(Change& change, const Mailbox& mailbox, const std::string& sender,
                std::int64_t lately) {
  if (sender.empty() || lately <= judging::most_answered_in_ten_minutes) return;
  auto news = change.keep_books(R"(INSERT INTO flooding_senders (email, told_at) VALUES ($1, $2)
      ON CONFLICT (email) DO UPDATE SET told_at = excluded.told_at
      WHERE flooding_senders.told_at <= $3)",
                                sender, change.now(), change.now() - told_once_in);
  if (news == 0) return;
  change.tell("mail.sender_floods", mailbox, {{"sender", sender}, {"messages", lately}});
}

void install_floods(Module& m) {
  m.event<Mailbox>("mail.sender_floods", "mail.manage");
  m.daily("mail.sweep", 3 * 60 + 50, sweep);
}

}  // namespace baijin::mail
