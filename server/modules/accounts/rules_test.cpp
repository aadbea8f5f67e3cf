#include "modules/accounts/rules.h"

#include <gtest/gtest.h>

#include "modules/accounts/throttle.h"

namespace baijin::accounts {
namespace {

constexpr Time start{1'800'000'000'000'000};

// U3: five failures, then a pause that doubles up to a quarter of an hour.
TEST(Throttle, U3_five_are_free_then_pauses_double) {
  struct Row {
    int failures;
    std::int64_t pause_seconds;
  };
  for (const auto& row : {Row{1, 0}, Row{4, 0}, Row{5, 60}, Row{6, 120}, Row{7, 240}, Row{8, 480},
                          Row{9, 900}, Row{10, 900}, Row{500, 900}}) {
    Throttle throttle;
    for (int i = 0; i < row.failures; ++i) throttle = after_attempt(throttle, start);
    EXPECT_EQ(pause_before(throttle, start).whole_seconds(), row.pause_seconds) << row.failures;
  }
}

TEST(Throttle, is_forgotten_after_a_quarter_of_an_hour) {
  Throttle throttle;
  for (int i = 0; i < 7; ++i) throttle = after_attempt(throttle, start);
  auto later = start + minutes(15);
  EXPECT_EQ(pause_before(throttle, later).us, 0);
  EXPECT_EQ(after_attempt(throttle, later).failures, 1);
  EXPECT_EQ(after_attempt(throttle, later - seconds(1)).failures, 8);
}

TEST(Throttle, a_success_takes_back_one) {
  Throttle throttle;
  for (int i = 0; i < 5; ++i) throttle = after_attempt(throttle, start);
  throttle = taken_back(throttle);
  EXPECT_EQ(throttle.failures, 4);
  EXPECT_EQ(pause_before(throttle, start).us, 0);
  EXPECT_EQ(taken_back(Throttle{}).failures, 0);
}

// A wall clock set back must not lock anybody out for longer than the longest pause.
TEST(Throttle, clock_set_back) {
  Throttle throttle;
  for (int i = 0; i < 9; ++i) throttle = after_attempt(throttle, start + days(30));
  EXPECT_EQ(pause_before(throttle, start), failure_memory);
}

TEST(Throttle, U3_addresses_stand_for_networks) {
  struct Row {
    std::string_view address, network;
  };
  for (const auto& row :
       {Row{"192.0.2.7", "192.0.2.7"}, Row{"::ffff:192.0.2.7", "192.0.2.7"},
        Row{"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
        Row{"2001:db8:1:2::1", "2001:db8:1:2::/64"}, Row{"2001:db8:1:3::1", "2001:db8:1:3::/64"},
        Row{"::1", "::/64"}, Row{"nonsense", "nonsense"}, Row{"", ""}}) {
    EXPECT_EQ(network_of(row.address), row.network) << row.address;
  }
}

TEST(Rules, nobody_covers_more_than_he_holds) {
  Rights none, one, two;
  one.set(3);
  two.set(3).set(4);
  EXPECT_TRUE(rules::covers(two, Scope::all, one, Scope::team));
  EXPECT_TRUE(rules::covers(one, Scope::team, one, Scope::team));
  EXPECT_TRUE(rules::covers(none, Scope::own, none, Scope::own));
  EXPECT_FALSE(rules::covers(one, Scope::all, two, Scope::all));
  EXPECT_FALSE(rules::covers(two, Scope::team, one, Scope::region));
}

TEST(Rules, SEC6_phone_numbers_are_masked) {
  struct Row {
    std::string_view phone, masked;
  };
  for (const auto& row :
       {Row{"13812341234", "138****1234"}, Row{"+86 138-1234-1234", "+86 1**-****-1234"},
        Row{"010-6552 0000", "010-**** 0000"}, Row{"12345", "*2345"}, Row{"120", "***"},
        Row{"", ""}}) {
    EXPECT_EQ(masked_phone(row.phone), row.masked) << row.phone;
  }
}

TEST(Rules, portal_roles_hold_rights_of_the_portal_only) {
  EXPECT_TRUE(rules::is_portal_right("tickets.read"));
  for (auto right : {"*", "users.manage", "tickets.assign", "audit.read", ""}) {
    EXPECT_FALSE(rules::is_portal_right(right)) << right;
  }
}

}  // namespace
}  // namespace baijin::accounts
