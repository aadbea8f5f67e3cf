// Who is told that a mailbox does not work, or is flooded. R15, M6, N2; NOT-1.
#include "modules/notices/test_desk.h"

namespace baijin::notices {
namespace {

// Two mailboxes: the first is looked into, both send.
class MailboxNotices : public NoticeDesk {
 protected:
  void SetUp() override {
    NoticeDesk::SetUp();
    add_mailbox("service", R"("protocol":"imap","host":"imap.desk.test")");
    add_mailbox("second", R"("protocol":"none","host":"")");
  }
  void add_mailbox(const std::string& name, const std::string& line) {
    done(desk->post(
        "/mailboxes",
        R"({"address":")" + name + R"(@vendor.test","sender_name":"Service","incoming":{)" + line +
            R"(,"port":993,"security":"tls","log_in":"password","user":")" + name +
            R"(@vendor.test","folder":"","afterwards":"mark_seen","move_to":"",
      "every_seconds":30},"outgoing":{"host":")" +
            name + R"(.smtp.test","port":465,"security":"tls","log_in":"none","user":""}})",
        chief));
  }
  void pass(int count) {
    for (int minute = 0; minute < count; ++minute) desk->advance(minutes(1));
  }
  void write_as(const std::string& sender, int count) {
    for (int i = 0; i < count; ++i) {
      desk->post_office().put("service@vendor.test",
                              "From: " + sender + "\r\nTo: service@vendor.test\r\nSubject: S" +
                                  std::to_string(i) + "\r\nMessage-ID: <" +
                                  std::to_string(++written_) + "@kunde.test>\r\n\r\nHello.\r\n");
    }
    desk->advance(seconds(31));
  }
  void want_no_mail_of(const std::string& kind) {
    want(chief, R"("mail_pace":"at_once","daily_minute":510,"quiet_from_minute":1260,
      "quiet_to_minute":480,"kinds":[{"kind":")" +
                    kind + R"(","in_app":true,"mail":false}])");
  }
  int written_ = 0;
};
BAIJIN_ON_BOTH_ENGINES(MailboxNotices)

TEST_P(MailboxNotices, R15_TellWithinFiveMinutesThatOneFails) {
  desk->post_office().fail_reading("connection_refused", 10'000);
  pass(5);
  EXPECT_EQ(unread(chief), Lines{"mailbox_failing by  ×1"});
  EXPECT_EQ(unread(anna), Lines{}) << "she does not look after mailboxes";
  auto answer = desk->get("/my/notices", chief);
  EXPECT_EQ(answer.text("items.0.subject"), "mailbox:1");
  EXPECT_EQ(answer.text("items.0.title"), "service@vendor.test");
  EXPECT_EQ(answer.text("items.0.number"), "");
  EXPECT_TRUE(answer.at("items.0.priority").is_null());
  pass(2);
  ASSERT_EQ(desk->post_office().sent().size(), 1u);
  EXPECT_EQ(desk->post_office().sent()[0].account.host, "second.smtp.test") << "by one that works";
  EXPECT_EQ(mailed(), Lines{"chief@desk.test: A mailbox does not work: service@vendor.test"});
  pass(60);
  EXPECT_EQ(unread(chief), Lines{"mailbox_failing by  ×1"}) << "once is enough";
}

TEST_P(MailboxNotices, R15_TellWhoKnowsThatItWorksAgain) {
  desk->post_office().fail_reading("login_refused", 10'000);
  pass(5);
  read_all(chief);
  desk->post_office().fail_reading("", 0);
  pass(10);
  EXPECT_EQ(unread(chief), Lines{"mailbox_well by  ×1"});
  auto events = desk->events("mailbox:1");
  EXPECT_EQ(std::count(events.begin(), events.end(), "mail.mailbox_failing"), 1);
  EXPECT_EQ(std::count(events.begin(), events.end(), "mail.mailbox_works_again"), 1);
}

TEST_P(MailboxNotices, R15_AreWithdrawnFromWhoDoesNotKnowYet) {
  want_no_mail_of("mailbox_failing");
  desk->post_office().fail_reading("connection_refused", 10'000);
  pass(5);
  EXPECT_EQ(count(chief), 1);
  desk->post_office().fail_reading("", 0);
  pass(10);
  EXPECT_EQ(unread(chief), Lines{});
  EXPECT_EQ(desk->get("/my/notices?count=true", chief).at("total").to_number<int>(), 1)
      << "it can still be read that it was so";
  EXPECT_EQ(mailed(), Lines{});
}

TEST_P(MailboxNotices, R15_TellOfALineThatDoesNotSend) {
  want_no_mail_of("mailbox_failing");  // it would find that the other does not send either
  desk->post_office().fail_sending(
      {Handed::Outcome::refused_for_now, "login_refused", "535 wrong password", {}},
      testing::Took::nothing, 10'000);
  assign(opened(chief), anna_user, chief);
  pass(6);
  EXPECT_EQ(unread(chief), Lines{"mailbox_failing by  ×1"});
  auto shown = desk->get("/mailboxes/1", chief);
  EXPECT_EQ(shown.text("health.sending_reason"), "login_refused");
  EXPECT_EQ(shown.text("health.sending_said"), "535 wrong password");
  EXPECT_TRUE(shown.at("health.failing_since").is_null()) << "what comes in comes in";
  desk->post_office().fail_sending({}, testing::Took::nothing, 0);
  read_all(chief);
  pass(20);
  EXPECT_EQ(unread(chief), Lines{"mailbox_well by  ×1"});
  EXPECT_TRUE(desk->get("/mailboxes/1", chief).at("health.sending_failing_since").is_null());
}

TEST_P(MailboxNotices, ARecipientsRefusalIsNoFailureOfTheLine) {
  desk->post_office().refuse("anna@desk.test", false);
  assign(opened(chief), anna_user, chief);
  pass(10);
  EXPECT_EQ(unread(chief), Lines{});
}

TEST_P(MailboxNotices, M6_TellOnceOfWhoFloods) {
  write_as("robot@kunde.test", 10);
  EXPECT_EQ(unread(chief), Lines{});
  write_as("robot@kunde.test", 10);
  EXPECT_EQ(unread(chief), Lines{"sender_floods by robot@kunde.test ×1"});
  write_as("robot@kunde.test", 10);
  EXPECT_EQ(unread(chief), Lines{"sender_floods by robot@kunde.test ×1"});
  EXPECT_EQ(desk->post_office().sent().size(), 1u) << "the first was answered, and no other";
  desk->advance(days(2));
  write_as("robot@kunde.test", 12);
  EXPECT_EQ(unread(chief), Lines{"sender_floods by robot@kunde.test ×2"});
}

TEST_P(MailboxNotices, N2_AreSeenByWhoLooksAfterMailboxesNow) {
  auto dora_user = add_staff("dora", "admin");
  auto dora = sign_in(dora_user);
  desk->post_office().fail_reading("connection_refused", 10'000);
  pass(4);
  EXPECT_EQ(unread(dora), Lines{"mailbox_failing by  ×1"});
  done(desk->patch("/users/" + std::to_string(dora_user), R"({"roles":["engineer"]})", chief));
  dora = sign_in(dora_user);
  EXPECT_EQ(unread(dora), Lines{});
  EXPECT_EQ(desk->get("/my/notices?count=true", dora).at("total").to_number<int>(), 0);
}

TEST_P(MailboxNotices, AreOfferedToThoseWhomTheyMayConcern) {
  auto kinds = [&](const std::string& token) {
    auto answer = desk->get("/my/notice-settings", token);
    return answer.at("settings.kinds").as_array().size();
  };
  EXPECT_EQ(kinds(chief), kinds(anna) + 3);
}

}  // namespace
}  // namespace baijin::notices
