// Nobody can make the desk write without end, or to people who never asked. M6, M7.
#include <gmock/gmock.h>

#include <map>

#include "modules/mail/test_desk.h"
#include "peers/postgres.h"

namespace baijin::mail {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Loops : public MailDesk {
 protected:
  // Another desk with keys of its own, whose mailbox is "hilfe@andere.test".
  void open_the_other() {
    std::string url;
    if (GetParam() == testing::Engine::postgres) url = peers::postgres().fresh_database();
    other = std::make_unique<testing::Desk>(modules(), url, "", 42);
    other_agent = other->sign_in(other->staff_with_all_rights());
    auto json = mailbox_json("");
    for (auto at = json.find("service@desk.test"); at != json.npos;
         at = json.find("service@desk.test")) {
      json.replace(at, 17, "hilfe@andere.test");
    }
    auto made = other->post("/mailboxes", json, other_agent);
    ASSERT_EQ(made.status, 201) << made.body;
  }
  // What one sent since the last time comes in at the other.
  static std::size_t carry(testing::Desk& from, testing::Desk& to, std::string_view user,
                           std::size_t carried) {
    auto sent = from.post_office().sent();
    for (; carried < sent.size(); ++carried) {
      to.post_office().put(user,
                           "Return-Path: <" + sent[carried].from + ">\r\n" + sent[carried].message);
    }
    return carried;
  }
  // An hour in which each gets what the other sends.
  void play_for_an_hour() {
    std::size_t out = 0, back = 0;
    for (int half = 0; half < 120; ++half) {
      desk->advance(seconds(30));
      other->advance(seconds(30));
      out = carry(*desk, *other, "hilfe@andere.test", out);
      back = carry(*other, *desk, "service@desk.test", back);
    }
  }
  std::unique_ptr<testing::Desk> other;
  std::string other_agent;
};
BAIJIN_ON_BOTH_ENGINES(Loops)

TEST_P(Loops, M6_two_desks_write_two_mails_each_at_most) {
  open_the_other();
  comes({.from = "hilfe@andere.test", .subject = "Ping"});
  play_for_an_hour();
  EXPECT_GE(sent().size(), 1u) << "a person may have written from there";
  EXPECT_LE(sent().size(), 2u);
  EXPECT_LE(other->post_office().sent().size(), 2u);
  for (const auto& mail : sent()) {
    EXPECT_THAT(mail.message, HasSubstr("Auto-Submitted: auto-replied"));
    EXPECT_EQ(mail.from, "") << "the null return path";
  }
}

TEST_P(Loops, M6_a_reply_of_a_person_to_another_desk_ends_after_its_receipt) {
  open_the_other();
  comes({.from = "hilfe@andere.test", .subject = "Ping"});
  reply(number(tickets()[0], "id"), "<p>一</p>");
  play_for_an_hour();
  EXPECT_EQ(sent().size(), 2u) << "the receipt and the reply";
  ASSERT_EQ(other->post_office().sent().size(), 1u) << "a receipt";
  for (const auto& mail : incoming()) {
    EXPECT_THAT(text(mail, "nature"), AnyOf("personal", "auto_reply"));
  }
}

TEST_P(Loops, M6_a_robot_that_answers_everything_as_a_person_would) {
  comes({.from = "robot@elsewhere.test", .subject = "Your mail"});
  std::size_t answered = 0;
  for (int half = 0; half < 120; ++half) {
    for (auto mails = sent(); answered < mails.size(); ++answered) {
      arrives({.from = "robot@elsewhere.test",
               .subject = "Your mail",
               .body = "I am away: " + std::to_string(answered)});
    }
    desk->advance(seconds(30));
  }
  EXPECT_EQ(sent().size(), 1u);
}

TEST_P(Loops, M6_our_own_mail_that_comes_back_is_silent) {
  comes({});
  ASSERT_EQ(sent().size(), 1u);
  desk->post_office().put("service@desk.test", sent()[0].message);
  settle();
  EXPECT_EQ(text(incoming().back(), "state"), "silent");
  EXPECT_EQ(text(incoming().back(), "reason"), "own");
  EXPECT_EQ(sent().size(), 1u);
}

TEST_P(Loops, M6_five_answers_a_day) {
  for (int hour = 0; hour < 10; ++hour) {
    comes({.subject = "第" + std::to_string(hour)});
    desk->advance(hours(1));
  }
  EXPECT_EQ(tickets().size(), 10u);
  EXPECT_EQ(sent().size(), 5u);
}

// ── M7 ────────────────────────────────────────────────────────────────────────────────────────

constexpr std::size_t an_hour_at_most = 100;

class Bombs : public Loops {
 protected:
  // SQLite's word index writes itself out at each ticket: a thousand show as much there.
  static std::size_t victims() { return GetParam() == testing::Engine::postgres ? 5'000 : 1'000; }
  static std::string victim(std::size_t number) {
    return "victim" + std::to_string(number) + "@elsewhere.test";
  }
  void forge(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      arrives({.from = victim(i), .subject = "BUY NOW", .body = "BUY http://evil.test"});
    }
  }
  std::map<std::string, int> letters_to() {
    std::map<std::string, int> letters;
    for (const auto& mail : sent()) ++letters[mail.to.at(0)];
    return letters;
  }
  void expect_no_bombs(std::size_t in_hours) {
    auto letters = letters_to();
    EXPECT_GE(letters.size(), 1u);
    EXPECT_LE(letters.size(), an_hour_at_most * (in_hours + 1));
    for (const auto& [address, count] : letters) EXPECT_EQ(count, 1) << address;
    for (const auto& mail : sent()) {
      auto letter = mime::read_message(mail.message);
      EXPECT_THAT(letter.subject, Not(HasSubstr("BUY")));
      EXPECT_THAT(letter.text, Not(AnyOf(HasSubstr("BUY"), HasSubstr("evil.test"))));
    }
  }
};
BAIJIN_ON_BOTH_ENGINES(Bombs)

TEST_P(Bombs, M7_thousands_of_forged_mails) {
  forge(victims());
  for (int minute = 0; minute < 60; ++minute) desk->advance(minutes(1));
  auto count = desk->get("/tickets?count=true&limit=1", agent).at("total");
  EXPECT_EQ(count.to_number<std::size_t>(), victims()) << "none is lost";
  expect_no_bombs(1);
  desk->advance(hours(12));
  forge(300);
  for (int minute = 0; minute < 10; ++minute) desk->advance(minutes(1));
  expect_no_bombs(2);
}

TEST_P(Bombs, M7_the_mailbox_says_how_many) {
  changed("/mailboxes/" + std::to_string(mailbox), R"({"answers_to_strangers":3})");
  forge(10);
  settle();
  settle();
  EXPECT_EQ(sent().size(), 3u);
  comes({});
  EXPECT_EQ(sent().size(), 4u) << "who is known is answered";
  changed("/mailboxes/" + std::to_string(mailbox), R"({"answers_to_strangers":0})");
  desk->advance(hours(2));
  comes({.from = "somebody@elsewhere.test"});
  EXPECT_EQ(sent().size(), 4u);
  auto wrong = desk->patch("/mailboxes/" + std::to_string(mailbox),
                           R"({"answers_to_strangers":-1})", agent);
  EXPECT_EQ(wrong.reason(), "out_of_range");
}

TEST_P(Bombs, M7_requests_of_guests) {
  auto ask = [&](const std::string& email) {
    auto answer = desk->post("/guest-requests",
                             R"({"name":"BUY NOW","email":")" + email + R"(","service_type":)" +
                                 question +
                                 R"(,"subject":"BUY NOW","body":"<p>BUY http://evil.test</p>"})");
    EXPECT_EQ(answer.status, 201) << answer.body;
    settle();
    return answer;
  };
  ask(victim(1));
  desk->advance(hours(2));
  auto again = ask(victim(1));
  ASSERT_EQ(sent().size(), 1u);
  EXPECT_THAT(sent()[0].to, ::testing::ElementsAre(victim(1)));
  expect_no_bombs(1);
  // Who holds the link can do more than once what makes the desk write.
  auto link = again.text("link");
  auto token = link.substr(link.find('#') + 1);
  auto ticket = std::to_string(number(tickets().back().as_object(), "id"));
  done("/tickets/" + ticket + "/assignments", R"({"assignee":)" + std::to_string(agent_user) + "}");
  done("/tickets/" + ticket + "/transitions", R"({"to":"answering"})");
  done("/tickets/" + ticket + "/transitions",
       R"({"to":"awaiting_customer","fields":{"solution":"F5"}})");
  settle();
  auto before = sent().size();
  for (int i = 0; i < 3; ++i) {
    desk->post("/guest-requests/confirmations",
               R"({"token":")" + token + R"(","solved":)" + (i == 1 ? "true}" : "false}"));
    desk->advance(minutes(10));
  }
  EXPECT_EQ(sent().size(), before);
}

}  // namespace
}  // namespace baijin::mail
