#include "modules/accounts/accounts.h"
#include "modules/notices/notices.h"
#include "modules/notices/steps.h"

namespace baijin::notices {
namespace {

constexpr std::size_t most_at_once = 500;

void read_one(Change& change, Id<Notice> id) {
  auto notice = change.take(id);
  if (notice.read_at) return;
  notice.read_at = change.now();
  notice.mail_due_at.reset();  // who has read it needs no mail about it
  change.save(notice);
  change.tell("notices.read", notice);
}

// One event for all of them: those who hear it read their lists anew.
void read_up_to(Change& change, std::int64_t event) {
  auto newest = change.first<Notice>(R"(SELECT {fields n} FROM notices n
      WHERE {visible n} AND n.read_at IS NULL AND n.in_app = TRUE AND n.event <= $1
      ORDER BY n.event DESC, n.id DESC LIMIT 1)",
                                     event);
  if (!newest) return;
  auto read = change.execute(R"(UPDATE notices SET read_at = $1, mail_due_at = NULL,
      version = version + 1
      WHERE member = $2 AND read_at IS NULL AND in_app = TRUE AND event <= $3)",
                             change.now(), change.actor().user, event);
  change.tell("notices.read", *newest, {{"notices", read}});
}

}  // namespace

NoticeCount read_notices(Change& change, const ReadNotices& input) {
  must_be_staff(change);
  if (input.notices.empty() && !input.up_to) throw invalid("required", "notices");
  if (input.notices.size() > most_at_once) throw invalid("too_many", "notices");
  for (auto id : input.notices) read_one(change, id);
  if (input.up_to) read_up_to(change, *input.up_to);
  return count_notices(change);
}

}  // namespace baijin::notices
