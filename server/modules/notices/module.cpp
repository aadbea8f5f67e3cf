#include "hub/module.h"

#include "modules/notices/delivery.h"
#include "modules/notices/mailing.h"
#include "modules/notices/notices.h"
#include "modules/notices/settings.h"
#include "modules/notices/telling.h"

namespace baijin::notices {
namespace {

constexpr auto kept_when_read = days(90), kept_at_all = days(366);

// Old news; what happened stands in the log for good.
void sweep(Change& change) {
  change.keep_books("DELETE FROM notices WHERE at < $1 OR (at < $2 AND read_at IS NOT NULL)",
                    change.now() - kept_at_all, change.now() - kept_when_read);
}

}  // namespace

void install(Module& m) {
  m.record<Notice>(seen_by_owner("{t}.member = $user"));
  m.record<NoticeSettings>(seen_by_owner("{t}.member = $user"));
  m.event<Notice>("notices.added", "");
  m.event<Notice>("notices.read", "");
  m.event<NoticeSettings>("notices.settings_kept", "");
  m.get("/my/notices", "signed_in", list_notices).about("What one should know of, newest first.");
  m.get("/my/notices/count", "signed_in", count_notices).about("How many of them are unread.");
  m.post("/my/notices/read", "signed_in", read_notices)
      .about("Say that one has read some notices, or all up to an event.");
  m.get("/my/notice-settings", "signed_in", get_settings)
      .about("What one wants to be told of, and how.");
  m.put("/my/notice-settings", "signed_in", put_settings)
      .about("Keep what one wants to be told of, and how.");
  listen_to_tickets(m);
  listen_to_mailboxes(m);
  install_delivery(m);
  install_mailing(m);
  m.daily("notices.sweep", 3 * 60 + 40, sweep);
}

}  // namespace baijin::notices
