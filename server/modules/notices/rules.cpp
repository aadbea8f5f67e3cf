#include "modules/notices/rules.h"

#include <date/tz.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "hub/daily.h"

namespace baijin::notices::rules {
namespace {

constexpr std::int64_t minutes_a_day = 24 * 60;

// In the order in which kinds weigh, the heaviest first: the order of the enumeration.
template <class Visit>
void each_kind(const Visit& visit) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<NoticeKind>>(
      [&](auto described) { visit(described.value); });
}

void add(std::vector<Told>& told, const std::vector<Member>& members, NoticeKind kind) {
  for (auto member : members) told.push_back({member, kind});
}

// What the clocks of a zone show.
std::int64_t minute_of_day(Time time, std::string_view zone) {
  using std::chrono::minutes;
  date::sys_time<std::chrono::microseconds> instant{std::chrono::microseconds(time.us)};
  auto local = date::locate_zone(std::string(zone))->to_local(instant);
  return date::floor<minutes>(local - date::floor<date::days>(local)).count();
}

// The next full hour of a zone's clocks.
Time next_hour(Time now, std::string_view zone) {
  auto past = minutes(minute_of_day(now, zone) % 60);
  auto minute = Time{now.us - now.us % minutes(1).us};
  return minute - past + hours(1);
}

bool is_quiet(std::int64_t minute, std::int64_t from, std::int64_t to) {
  if (from < to) return from <= minute && minute < to;
  return minute >= from || minute < to;  // across midnight
}

Time wanted_time(Time now, const Wishes& wishes, std::string_view zone) {
  switch (wishes.mail_pace) {
    case MailPace::hourly: return next_hour(now, zone);
    case MailPace::daily: return next_daily(now, static_cast<int>(wishes.daily_minute), zone);
    case MailPace::at_once: break;
  }
  return now + grace;
}

}  // namespace

std::vector<Told> told_of_opening(const Circle& circle) {
  if (circle.assignee) return {{*circle.assignee, NoticeKind::assigned_to_me}};
  std::vector<Told> told;
  add(told, circle.team, NoticeKind::opened_for_my_team);
  return told;
}

std::vector<Told> told_of_handing(const Circle& circle, const Handing& handing) {
  std::vector<Told> told;
  if (handing.to) told.push_back({*handing.to, NoticeKind::assigned_to_me});
  if (handing.from) told.push_back({*handing.from, NoticeKind::handed_over});
  if (handing.to_team && !circle.assignee) {
    add(told, circle.team, NoticeKind::opened_for_my_team);
  }
  return told;
}

std::vector<Told> told_of_customer(const Circle& circle, NoticeKind kind) {
  auto told = told_of_colleague(circle, kind);
  if (!circle.assignee) add(told, circle.team, kind);
  return told;
}

std::vector<Told> told_of_colleague(const Circle& circle, NoticeKind kind) {
  std::vector<Told> told;
  if (circle.assignee) told.push_back({*circle.assignee, kind});
  add(told, circle.watchers, kind);
  return told;
}

std::vector<Told> told_of_rating(const Circle& circle, std::int64_t rating) {
  constexpr std::int64_t low = 2;
  std::vector<Told> told;
  if (rating > low) return told;
  if (circle.assignee) told.push_back({*circle.assignee, NoticeKind::low_rating});
  add(told, circle.leads, NoticeKind::low_rating);
  return told;
}

std::string_view right_for(NoticeKind kind) {
  switch (kind) {
    case NoticeKind::mailbox_failing:
    case NoticeKind::mailbox_well:
    case NoticeKind::sender_floods: return "mail.manage";
    default: return "";
  }
}

std::vector<Told> without_doer(std::vector<Told> told, std::optional<Member> doer) {
  std::set<Member> seen;
  std::erase_if(
      told, [&](const Told& one) { return one.member == doer || !seen.insert(one.member).second; });
  return told;
}

bool weighs_more(NoticeKind a, NoticeKind b) { return static_cast<int>(a) < static_cast<int>(b); }

KindWish usual(NoticeKind kind) {
  switch (kind) {
    case NoticeKind::assigned_to_me:
    case NoticeKind::customer_answered:
    case NoticeKind::mentioned:
    case NoticeKind::reopened:
    case NoticeKind::low_rating:
    case NoticeKind::closing_held:
    case NoticeKind::reply_not_delivered:
    case NoticeKind::mailbox_failing:
    case NoticeKind::mailbox_well: return {kind, true, true};
    case NoticeKind::opened_for_my_team:
    case NoticeKind::handed_over:
    case NoticeKind::closing_reminder:
    case NoticeKind::watched_ticket_noted:
    case NoticeKind::watched_ticket_replied:
    case NoticeKind::sender_floods: break;
  }
  return {kind, true, false};
}

KindWish wish(const Wishes& wishes, NoticeKind kind) {
  for (const auto& said : wishes.kinds) {
    if (said.kind == kind) return said;
  }
  return usual(kind);
}

Wishes filled(Wishes wishes) {
  std::vector<KindWish> all;
  each_kind([&](NoticeKind kind) { all.push_back(wish(wishes, kind)); });
  wishes.kinds = std::move(all);
  return wishes;
}

void check(const Wishes& wishes) {
  std::set<NoticeKind> named;
  for (const auto& said : wishes.kinds) {
    if (!named.insert(said.kind).second) throw invalid("given_twice", "kinds");
  }
  auto check_minute = [](std::int64_t minute, std::string_view field) {
    if (minute < 0 || minute >= minutes_a_day) throw invalid("out_of_range", field);
  };
  check_minute(wishes.daily_minute, "daily_minute");
  check_minute(wishes.quiet_from_minute, "quiet_from_minute");
  check_minute(wishes.quiet_to_minute, "quiet_to_minute");
  if (wishes.quiet_hours && wishes.quiet_from_minute == wishes.quiet_to_minute) {
    throw invalid("no_quiet_hours", "quiet_to_minute");
  }
}

Time mail_time(Time now, const Wishes& wishes, std::string_view zone, bool urgent) {
  if (urgent && wishes.urgent_at_once) return now + grace;
  auto at = wanted_time(now, wishes, zone);
  auto from = wishes.quiet_from_minute, to = wishes.quiet_to_minute;
  if (!wishes.quiet_hours || !is_quiet(minute_of_day(at, zone), from, to)) return at;
  return next_daily(at, static_cast<int>(to), zone);
}

}  // namespace baijin::notices::rules
