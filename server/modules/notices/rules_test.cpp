#include "modules/notices/rules.h"

#include <gtest/gtest.h>

namespace baijin::notices::rules {
namespace {

constexpr Member anna{1}, ben{2}, carl{3}, dora{4};

Circle owned() { return {anna, {ben}, {anna, carl, dora}, {dora}}; }
Circle free_for_all() { return {{}, {ben}, {anna, carl, dora}, {dora}}; }

std::vector<Told> all_of(NoticeKind kind, const std::vector<Member>& members) {
  std::vector<Told> told;
  told.reserve(members.size());
  for (auto member : members) told.push_back({member, kind});
  return told;
}

TEST(Told, OfOpeningIsWhoHasItElseTheTeam) {
  EXPECT_EQ(told_of_opening(owned()), all_of(NoticeKind::assigned_to_me, {anna}));
  EXPECT_EQ(told_of_opening(free_for_all()),
            all_of(NoticeKind::opened_for_my_team, {anna, carl, dora}));
  EXPECT_TRUE(told_of_opening({}).empty());
}

TEST(Told, OfHandingAreWhoGetsItAndWhoLosesIt) {
  EXPECT_EQ(
      told_of_handing(owned(), {carl, anna, false}),
      (std::vector<Told>{{anna, NoticeKind::assigned_to_me}, {carl, NoticeKind::handed_over}}));
  EXPECT_EQ(told_of_handing(owned(), {{}, {}, true}), std::vector<Told>{})
      << "the team need not do what somebody has";
  EXPECT_EQ(told_of_handing(free_for_all(), {{}, {}, true}),
            all_of(NoticeKind::opened_for_my_team, {anna, carl, dora}));
}

TEST(Told, OfTheCustomerIsTheTeamWhenNobodyHasIt) {
  auto kind = NoticeKind::customer_answered;
  EXPECT_EQ(told_of_customer(owned(), kind), all_of(kind, {anna, ben}));
  EXPECT_EQ(told_of_customer(free_for_all(), kind), all_of(kind, {ben, anna, carl, dora}));
  EXPECT_EQ(told_of_colleague(free_for_all(), kind), all_of(kind, {ben}));
}

TEST(Told, OfRatingsOnlyWhenTheyAreLow) {
  for (std::int64_t rating : {1, 2}) {
    EXPECT_EQ(told_of_rating(owned(), rating), all_of(NoticeKind::low_rating, {anna, dora}));
  }
  for (std::int64_t rating : {3, 4, 5}) EXPECT_TRUE(told_of_rating(owned(), rating).empty());
}

TEST(Told, OnceAndNeverOfOnesOwnDoing) {
  std::vector<Told> told{
      {anna, NoticeKind::low_rating}, {ben, NoticeKind::low_rating}, {anna, NoticeKind::mentioned}};
  EXPECT_EQ(without_doer(told, ben), all_of(NoticeKind::low_rating, {anna}));
  EXPECT_EQ(without_doer(told, {}), all_of(NoticeKind::low_rating, {anna, ben}));
}

TEST(Told, OfOneActWhatWeighsMost) {
  EXPECT_TRUE(weighs_more(NoticeKind::assigned_to_me, NoticeKind::mentioned));
  EXPECT_TRUE(weighs_more(NoticeKind::mentioned, NoticeKind::watched_ticket_noted));
  EXPECT_TRUE(weighs_more(NoticeKind::reopened, NoticeKind::customer_answered));
  EXPECT_FALSE(weighs_more(NoticeKind::mentioned, NoticeKind::mentioned));
}

// ── how ──────────────────────────────────────────────────────────────────────────────────────

TEST(NoticeWishes, AreUsualWhereNothingWasSaid) {
  Wishes wishes;
  wishes.kinds = {{NoticeKind::mentioned, false, false}};
  auto all = filled(wishes);
  ASSERT_EQ(all.kinds.size(), 15u);
  EXPECT_EQ(all.kinds.front().kind, NoticeKind::assigned_to_me);
  EXPECT_TRUE(all.kinds.front().mail);
  for (const auto& kind : all.kinds) {
    EXPECT_EQ(kind.in_app, kind.kind != NoticeKind::mentioned);
  }
  EXPECT_FALSE(wish(all, NoticeKind::watched_ticket_replied).mail);
}

std::string refused(const Wishes& wishes) {
  try {
    check(wishes);
  } catch (const Error& error) {
    return error.reason;
  }
  return "";
}

TEST(NoticeWishes, AreChecked) {
  Wishes wishes;
  EXPECT_EQ(refused(wishes), "");
  wishes.kinds = {{NoticeKind::mentioned, true, true}, {NoticeKind::mentioned, true, false}};
  EXPECT_EQ(refused(wishes), "given_twice");
  wishes = {};
  for (std::int64_t minute : {-1, 1'440}) {
    wishes.daily_minute = minute;
    EXPECT_EQ(refused(wishes), "out_of_range");
  }
  wishes = {};
  wishes.quiet_to_minute = wishes.quiet_from_minute;
  EXPECT_EQ(refused(wishes), "") << "nobody minds while they are off";
  wishes.quiet_hours = true;
  EXPECT_EQ(refused(wishes), "no_quiet_hours");
}

// ── when ─────────────────────────────────────────────────────────────────────────────────────

struct When {
  const char* now;
  const char* zone;
  const char* mailed;
};

void expect_times(const Wishes& wishes, bool urgent, const std::vector<When>& cases) {
  for (const auto& one : cases) {
    auto at = mail_time(*parse_time(one.now), wishes, one.zone, urgent);
    EXPECT_EQ(to_text(at), one.mailed) << one.now << " in " << one.zone;
  }
}

constexpr auto shanghai = "Asia/Shanghai", berlin = "Europe/Berlin", kolkata = "Asia/Kolkata";

TEST(MailTime, IsAtOnceOrTheNextDigest) {
  Wishes wishes;
  expect_times(wishes, false, {{"2026-11-23T06:00:00Z", shanghai, "2026-11-23T06:01:00.000Z"}});
  wishes.mail_pace = MailPace::hourly;
  expect_times(wishes, false,
               {{"2026-11-23T06:20:30Z", shanghai, "2026-11-23T07:00:00.000Z"},
                {"2026-11-23T06:00:00Z", shanghai, "2026-11-23T07:00:00.000Z"},
                {"2026-11-23T06:20:00Z", kolkata, "2026-11-23T06:30:00.000Z"}});
  wishes.mail_pace = MailPace::daily;  // at 8:30
  expect_times(wishes, false,
               {{"2026-11-23T00:29:00Z", shanghai, "2026-11-23T00:30:00.000Z"},
                {"2026-11-23T06:00:00Z", shanghai, "2026-11-24T00:30:00.000Z"},
                {"2026-03-28T12:00:00Z", berlin, "2026-03-29T06:30:00.000Z"},
                {"2026-10-24T12:00:00Z", berlin, "2026-10-25T07:30:00.000Z"}});
}

TEST(MailTime, WaitsForTheEndOfQuietHours) {
  Wishes wishes;  // from 21:00 to 8:00
  wishes.quiet_hours = true;
  expect_times(wishes, false,
               {{"2026-11-23T12:58:00Z", shanghai, "2026-11-23T12:59:00.000Z"},
                {"2026-11-23T12:59:00Z", shanghai, "2026-11-24T00:00:00.000Z"},
                {"2026-11-23T17:00:00Z", shanghai, "2026-11-24T00:00:00.000Z"},
                {"2026-11-23T23:58:00Z", shanghai, "2026-11-24T00:00:00.000Z"},
                {"2026-11-23T23:59:00Z", shanghai, "2026-11-24T00:00:00.000Z"},
                // The night that has an hour less, and the one that has one more.
                {"2026-03-28T22:00:00Z", berlin, "2026-03-29T06:00:00.000Z"},
                {"2026-10-24T22:00:00Z", berlin, "2026-10-25T07:00:00.000Z"}});
  wishes.quiet_from_minute = 12 * 60;
  wishes.quiet_to_minute = 13 * 60;
  expect_times(wishes, false,
               {{"2026-11-23T03:58:00Z", shanghai, "2026-11-23T03:59:00.000Z"},
                {"2026-11-23T04:30:00Z", shanghai, "2026-11-23T05:00:00.000Z"},
                {"2026-11-23T05:00:00Z", shanghai, "2026-11-23T05:01:00.000Z"}});
  // Two o'clock is skipped in that night: it ends with the gap.
  wishes.quiet_from_minute = 60;
  wishes.quiet_to_minute = 2 * 60 + 30;
  expect_times(wishes, false, {{"2026-03-29T00:10:00Z", berlin, "2026-03-29T01:00:00.000Z"}});
}

TEST(MailTime, OfTheUrgentIsNow) {
  Wishes wishes;
  wishes.quiet_hours = true;
  wishes.mail_pace = MailPace::daily;
  expect_times(wishes, true, {{"2026-11-23T17:00:00Z", shanghai, "2026-11-23T17:01:00.000Z"}});
  wishes.urgent_at_once = false;
  expect_times(wishes, true, {{"2026-11-23T17:00:00Z", shanghai, "2026-11-24T00:30:00.000Z"}});
}

TEST(MailTime, OfADigestInQuietHoursIsTheirEnd) {
  Wishes wishes;
  wishes.quiet_hours = true;
  wishes.mail_pace = MailPace::hourly;
  expect_times(wishes, false, {{"2026-11-23T12:10:00Z", shanghai, "2026-11-24T00:00:00.000Z"}});
}

}  // namespace
}  // namespace baijin::notices::rules
