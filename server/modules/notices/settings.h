#pragma once
// What somebody wants to be told of, and how: each kind in the application, by mail, both or not at
// all; mails at once or gathered, and not at night (NOT-1). Times are those of his own time zone.
#include <boost/describe.hpp>
#include <cstdint>
#include <vector>

#include "modules/notices/notices.h"

namespace baijin::notices {

enum class MailPace { at_once, hourly, daily };
BOOST_DESCRIBE_ENUM(MailPace, at_once, hourly, daily)

struct KindWish {
  NoticeKind kind = NoticeKind::assigned_to_me;
  bool in_app = false;
  bool mail = false;
};
FIELDS(KindWish, kind, in_app, mail)

struct Wishes {
  std::vector<KindWish> kinds;  // those not named are as usual
  MailPace mail_pace = MailPace::at_once;
  std::int64_t daily_minute = 8 * 60 + 30;  // when the daily mail goes, from midnight
  bool quiet_hours = false;
  std::int64_t quiet_from_minute = 21 * 60;
  std::int64_t quiet_to_minute = 8 * 60;
  bool urgent_at_once = true;  // P1 is mailed at once, whatever else is said here
};
FIELDS(Wishes, kinds, mail_pace, daily_minute, quiet_hours, quiet_from_minute, quiet_to_minute,
       urgent_at_once)

struct NoticeSettings {
  Id<NoticeSettings> id;
  Version version;
  Id<accounts::User> member;
  Wishes says;
};
FIELDS(NoticeSettings, id, version, member, says)
TABLE(NoticeSettings, "notice_settings", "notice_settings")

struct MyNoticeSettings {
  Version version;  // 0 while nothing was said
  Wishes settings;  // with every kind that may concern one
};
FIELDS(MyNoticeSettings, version, settings)

// forbidden("not_for_customers")
MyNoticeSettings get_settings(Reader& reader);
// As a whole; what already waits to be mailed is planned anew. invalid "out_of_range" |
// "given_twice" | "no_quiet_hours".
MyNoticeSettings put_settings(Change& change, const Wishes& input);

Wishes wishes_of(Reader& reader, Id<accounts::User> member);

}  // namespace baijin::notices
