// When notices are mailed, and what of them. NOT-1, N1, N2.
#include "modules/notices/test_desk.h"

namespace baijin::notices {
namespace {

const std::string usual = R"("daily_minute":510,"quiet_from_minute":1260,"quiet_to_minute":480)";

// It is Monday, 7:00 in Berlin, where everybody is.
class NoticeMails : public NoticeDesk {
 protected:
  void SetUp() override {
    NoticeDesk::SetUp();
    open_mailbox();
    ticket = opened(chief);
    number = desk->get(path(ticket), chief).text("number");
  }
  std::int64_t ticket = 0;
  std::string number;
};
BAIJIN_ON_BOTH_ENGINES(NoticeMails)

TEST_P(NoticeMails, NOT1_LeaveAfterAMomentUnlessRead) {
  assign(ticket, anna_user, chief);
  EXPECT_EQ(mailed(), Lines{});
  desk->advance(minutes(1));
  EXPECT_EQ(mailed(),
            Lines{"anna@desk.test: chief assigned it to you: Pump in bay 7 [" + number + "]"});
  desk->advance(hours(1));
  EXPECT_EQ(mailed(), Lines{}) << "once is enough";
  assign(ticket, ben_user, chief);
  read_all(ben);
  desk->advance(hours(1));
  EXPECT_EQ(mailed(), Lines{}) << "he has read it";
}

TEST_P(NoticeMails, NOT1_GatherWhatIsDueTogether) {
  assign(ticket, anna_user, chief);
  auto second = opened(chief);
  desk->advance(seconds(30));
  assign(second, anna_user, chief);
  desk->advance(seconds(30));
  EXPECT_EQ(mailed(), Lines{"anna@desk.test: 2 new notices"});
  desk->advance(hours(1));
  EXPECT_EQ(mailed(), Lines{});
  EXPECT_EQ(count(anna), 2) << "a mail does not read them";
}

TEST_P(NoticeMails, NOT1_WaitForTheDigestOrTheEndOfQuietHours) {
  want(anna, usual + R"(,"mail_pace":"daily")");
  want(ben, usual + R"(,"mail_pace":"at_once","quiet_hours":true)");
  assign(ticket, anna_user, chief);
  auto bens = opened(chief);
  assign(bens, ben_user, chief);
  desk->advance(minutes(10));
  EXPECT_EQ(mailed(), Lines{});
  auto urgent = opened(chief, R"(,"priority":"P1","priority_reason":"all stand still")");
  assign(urgent, ben_user, chief);
  desk->advance(minutes(1));
  EXPECT_EQ(mailed().size(), 1u) << "the urgent does not wait";
  desk->advance(minutes(50));  // past eight
  EXPECT_EQ(mailed().size(), 1u);
  desk->advance(minutes(30));  // past half past eight
  EXPECT_EQ(mailed().front().substr(0, 4), "anna");
}

TEST_P(NoticeMails, NOT1_FollowAChangeOfMind) {
  want(anna, usual + R"(,"mail_pace":"daily")");
  assign(ticket, anna_user, chief);
  desk->advance(minutes(5));
  want(anna, usual + R"(,"mail_pace":"at_once","urgent_at_once":true)");
  desk->advance(minutes(1));
  EXPECT_EQ(mailed().size(), 1u);
  assign(ticket, ben_user, chief);
  want(ben, usual + R"(,"mail_pace":"at_once",
      "kinds":[{"kind":"assigned_to_me","in_app":true,"mail":false}])");
  desk->advance(days(1));
  EXPECT_EQ(mailed(), Lines{});
}

TEST_P(NoticeMails, NOT1_AreSentOfWhatIsForTheMailAlone) {
  want(anna, usual + R"(,"mail_pace":"at_once",
      "kinds":[{"kind":"customer_answered","in_app":false,"mail":true}])");
  auto asked = opened(clerk);
  assign(asked, anna_user, chief);
  read_all(anna);
  for (int i = 0; i < 2; ++i) {
    say(asked, clerk, "reply");
    desk->advance(minutes(1));
    EXPECT_EQ(mailed().size(), 1u);
    EXPECT_EQ(count(anna), 0);
  }
}

TEST_P(NoticeMails, N2_SayOnlyWhatTheReceiverMaySeeWhenTheyLeave) {
  say(ticket, chief, "note", R"(,"mentions":[)" + std::to_string(carl_user) + "]");
  done(desk->del(path(ticket, "/watchers/" + std::to_string(carl_user)), chief));
  desk->advance(minutes(2));
  EXPECT_EQ(mailed(), Lines{});
  EXPECT_EQ(desk->events("outgoing_mail:1").back(), "mail.cancelled");
}

TEST_P(NoticeMails, N1_HoldNoWordOfAConversation) {
  auto body = std::string(R"({"kind":"note","body":"<p>CNRY-secret</p>","mentions":[)") +
              std::to_string(anna_user) + "]}";
  done(desk->post(path(ticket, "/messages"), body, chief));
  desk->advance(minutes(1));
  ASSERT_EQ(desk->post_office().sent().size(), 1u);
  EXPECT_EQ(desk->post_office().sent().front().message.find("CNRY"), std::string::npos);
}

TEST_P(NoticeMails, NOT1_TellThatAReplyDidNotArrive) {
  done(desk->patch("/contacts/" + std::to_string(contact), R"({"email":"clerk@kunde.test"})",
                   chief));
  auto asked = opened(clerk);
  desk->post_office().refuse("clerk@kunde.test");
  assign(asked, anna_user, chief);
  desk->advance(minutes(1));
  read_all(anna);
  mailed();
  say(asked, anna, "reply");
  desk->advance(minutes(1));
  EXPECT_EQ(unread(anna), Lines{"reply_not_delivered by  ×1"});
}

TEST_P(NoticeMails, AreNotWaitedForWithoutAMailbox) {
  auto box = desk->get("/mailboxes", chief).at("items.0.id").to_number<std::int64_t>();
  done(desk->patch("/mailboxes/" + std::to_string(box), R"({"active":false})", chief));
  assign(ticket, anna_user, chief);
  desk->advance(minutes(1));
  EXPECT_EQ(mailed(), Lines{});
  EXPECT_EQ(desk->events("notice:1").back(), "notices.not_mailed");
  EXPECT_EQ(count(anna), 1);
}

}  // namespace
}  // namespace baijin::notices
