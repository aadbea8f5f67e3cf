#pragma once
// Who is told of what, how, and when it may be mailed. Pure.
#include <optional>
#include <string_view>
#include <vector>

#include "modules/notices/settings.h"

namespace baijin::notices::rules {

using Member = Id<accounts::User>;

// ── who ──────────────────────────────────────────────────────────────────────────────────────

// Those around a ticket.
struct Circle {
  std::optional<Member> assignee;
  std::vector<Member> watchers, team, leads;
};

struct Told {
  Member member;
  NoticeKind kind = NoticeKind::assigned_to_me;
  bool operator==(const Told&) const = default;
};

struct Handing {
  std::optional<Member> from, to;
  bool to_team = false;  // the ticket has come to another team
};

// Whose ticket it is; before it has an assignee, the whole team's.
std::vector<Told> told_of_opening(const Circle& circle);
std::vector<Told> told_of_handing(const Circle& circle, const Handing& handing);
// Whose it is, and who follows it.
std::vector<Told> told_of_customer(const Circle& circle, NoticeKind kind);
std::vector<Told> told_of_colleague(const Circle& circle, NoticeKind kind);
std::vector<Told> told_of_rating(const Circle& circle, std::int64_t rating);
// The right without which nobody is told of this kind; "" when it is about a ticket.
std::string_view right_for(NoticeKind kind);
// Each once, for the first reason, and never for his own doing.
std::vector<Told> without_doer(std::vector<Told> told, std::optional<Member> doer);

// Of two things that one act did, the one that is told.
bool weighs_more(NoticeKind a, NoticeKind b);

// ── how ──────────────────────────────────────────────────────────────────────────────────────

KindWish usual(NoticeKind kind);
KindWish wish(const Wishes& wishes, NoticeKind kind);
// With every kind, in the order of the kinds.
Wishes filled(Wishes wishes);
// invalid "out_of_range" | "given_twice" | "no_quiet_hours"
void check(const Wishes& wishes);

// ── when ─────────────────────────────────────────────────────────────────────────────────────

// So long it waits for being read, and for company.
inline constexpr auto grace = minutes(1);

// When what happens now is mailed: at once or with the next digest, after quiet hours.
Time mail_time(Time now, const Wishes& wishes, std::string_view zone, bool urgent);

}  // namespace baijin::notices::rules
