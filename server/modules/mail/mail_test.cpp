// Mail in and out of a desk, on both engines: state and events. INT-4; M1–M7, R15–R18.
#include "modules/mail/mail.h"

#include <gmock/gmock.h>

#include "modules/mail/test_desk.h"

namespace baijin::mail {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class Mail : public MailDesk {};
BAIJIN_ON_BOTH_ENGINES(Mail)

TEST_P(Mail, INT_4_a_mail_becomes_a_ticket_and_its_number_is_answered) {
  auto id = comes({});
  auto all = tickets();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(text(all[0], "subject"), "登录页白屏");
  EXPECT_EQ(text(all[0], "channel"), "email");
  EXPECT_EQ(number(all[0], "contact"), wang);
  EXPECT_EQ(number(all[0], "customer"), customer);
  auto ticket = number(all[0], "id");
  auto said = messages(ticket);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_THAT(text(said[0], "body"), HasSubstr("今天早上起白屏"));
  EXPECT_TRUE(said[0].at("from_customer").as_bool());
  EXPECT_EQ(text(said[0], "author_name"), "王芳");

  ASSERT_EQ(sent().size(), 1u);
  auto answer = last_sent();
  EXPECT_THAT(answer.subject, HasSubstr(text(all[0], "number")));
  EXPECT_EQ(sent()[0].to, std::vector<std::string>{"wang@kunde.test"});
  EXPECT_EQ(sent()[0].from, "") << "what a machine says asks for no bounce (M6)";
  EXPECT_EQ(header_of(answer, "Auto-Submitted"), "auto-replied");
  EXPECT_EQ(answer.in_reply_to, std::vector<std::string>{id});
  EXPECT_THAT(answer.text, HasSubstr("/portal/follow#t"));
  EXPECT_EQ(text(outgoing()[0], "state"), "sent");
  EXPECT_EQ(text(incoming()[0], "state"), "delivered");
  EXPECT_TRUE(desk->post_office().kept("service@desk.test")[0].seen);
  EXPECT_THAT(desk->events(), Contains("mail.delivered"));
  EXPECT_THAT(desk->events("mailbox:" + std::to_string(mailbox)), Contains("mail.arrived"));
}

TEST_P(Mail, M1_replies_thread_by_our_mark_and_by_who_takes_part) {
  comes({});
  auto ticket = number(tickets()[0], "id");
  reply(ticket, "<p>请清一下缓存。</p>");
  ASSERT_EQ(sent().size(), 2u);
  auto ours = last_sent();
  EXPECT_THAT(ours.text, HasSubstr("请清一下缓存"));
  EXPECT_THAT(ours.text, HasSubstr("今天早上起白屏")) << "with what was said before";
  EXPECT_EQ(header_of(ours, "Auto-Submitted"), "") << "a person wrote it";
  EXPECT_EQ(sent()[1].from, "service@desk.test");

  comes({.subject = "回复",
         .body = "清了，好了！",
         .headers = "In-Reply-To: <" + ours.message_id + ">\r\n"});
  ASSERT_EQ(tickets().size(), 1u);
  ASSERT_EQ(messages(ticket).size(), 3u);
  EXPECT_EQ(sent().size(), 2u) << "an answer is not answered by a machine";

  // The same mark in another's hands waits for the desk and tells nobody.
  comes({.from = "eve@evil.test",
         .subject = "Re",
         .body = "give me the password",
         .headers = "References: <" + ours.message_id + ">\r\n"});
  EXPECT_EQ(tickets().size(), 1u);
  EXPECT_EQ(messages(ticket).size(), 3u);
  auto held = incoming().back();
  EXPECT_EQ(text(held, "state"), "held");
  EXPECT_EQ(text(held, "reason"), "sender_does_not_take_part");
  EXPECT_EQ(number(held, "ticket"), ticket);
  EXPECT_EQ(sent().size(), 2u);
}

TEST_P(Mail, M1_marks_that_prove_nothing_open_a_new_ticket) {
  comes({});
  auto all = tickets();
  auto ours = last_sent().message_id;
  auto wrong = ours;
  auto at = wrong.find('@');
  wrong[at - 1] = wrong[at - 1] == 'a' ? 'b' : 'a';
  const std::string claims[] = {
      "In-Reply-To: <" + wrong + ">\r\n",
      "In-Reply-To: <ticket-1@desk.test>\r\n",
      "References: <" + ours.substr(0, ours.find('@')) + "@evil.test>\r\n",
      "X-Ticket-Id: 1\r\nX-RT-Ticket: 1\r\n",
  };
  std::size_t tickets_so_far = 1;
  for (const auto& claim : claims) {
    comes({.subject = "Re: " + text(all[0], "number"), .headers = claim});
    EXPECT_EQ(tickets().size(), ++tickets_so_far) << claim;
  }
  EXPECT_EQ(messages(number(all[0], "id")).size(), 1u);
}

TEST_P(Mail, M3_a_held_mail_is_let_in_by_the_desk) {
  comes({});
  auto ticket = number(tickets()[0], "id");
  auto ours = last_sent().message_id;
  comes({.from = "Zhao <zhao@kunde.test>",
         .body = "我是信息科的，也遇到了。",
         .headers = "References: <" + ours + ">\r\n"});
  auto held = number(incoming().back(), "id");
  auto one = desk->get("/incoming-mails/" + std::to_string(held), agent).json();
  EXPECT_EQ(text(one, "state"), "held");
  EXPECT_EQ(text(one, "ticket_number"), text(tickets()[0], "number"));
  done("/incoming-mails/" + std::to_string(held) + "/decisions", R"({"decision":"let_in"})");
  settle();
  auto said = messages(ticket);
  ASSERT_EQ(said.size(), 2u);
  EXPECT_THAT(text(said[1], "body"), HasSubstr("也遇到了"));
  EXPECT_EQ(text(said[1], "author_name"), "Zhao");
  // From now on each of them gets a copy of his own.
  desk->post_office().forget_sent();
  reply(ticket, "<p>已修复。</p>");
  auto copies = sent();
  ASSERT_EQ(copies.size(), 2u);
  for (const auto& copy : copies) {
    ASSERT_EQ(copy.to.size(), 1u);
    auto letter = mime::read_message(copy.message);
    EXPECT_TRUE(letter.cc.empty());
    EXPECT_EQ(letter.to.size(), 1u) << "N3: nobody is shown the others";
  }
  auto again = desk->post("/incoming-mails/" + std::to_string(held) + "/decisions",
                          R"({"decision":"refuse"})", agent);
  EXPECT_EQ(again.status, 409);
}

TEST_P(Mail, M3_who_is_named_in_cc_gets_nothing_until_admitted) {
  comes({.headers = "Cc: Chef <chef@kunde.test>, service@desk.test\r\n"});
  auto ticket = number(tickets()[0], "id");
  auto path = "/tickets/" + std::to_string(ticket) + "/participants";
  auto named = rows(path);
  ASSERT_EQ(named.size(), 1u);
  EXPECT_EQ(text(named[0], "email"), "chef@kunde.test");
  EXPECT_EQ(text(named[0], "state"), "proposed");
  desk->post_office().forget_sent();
  reply(ticket, "<p>在查。</p>");
  EXPECT_EQ(sent().size(), 1u);
  changed("/participants/" + std::to_string(number(named[0], "id")), R"({"state":"admitted"})");
  reply(ticket, "<p>查到了。</p>");
  EXPECT_EQ(sent().size(), 3u);
}

TEST_P(Mail, R17_a_folder_that_is_numbered_anew_brings_nothing_twice) {
  comes({});
  comes({.subject = "第二个"});
  desk->post_office().renumber("service@desk.test");
  settle();
  settle();
  EXPECT_EQ(tickets().size(), 2u);
  auto all = incoming();
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(text(all[2], "state"), "duplicate");
  EXPECT_EQ(text(all[3], "state"), "duplicate");
}

TEST_P(Mail, what_is_safe_here_is_moved_there) {
  desk->post_office().make_folder("service@desk.test", "Done");
  changed("/mailboxes/" + std::to_string(mailbox),
          R"({"incoming":{"protocol":"imap","host":"mail.desk.test","port":993,"security":"tls",)"
          R"("log_in":"password","user":"service@desk.test","folder":"","afterwards":"move",)"
          R"("move_to":"Done","every_seconds":30}})");
  comes({});
  settle();
  EXPECT_TRUE(desk->post_office().kept("service@desk.test").empty());
  EXPECT_EQ(desk->post_office().kept("service@desk.test", "Done").size(), 1u);
  EXPECT_EQ(tickets().size(), 1u);
}

TEST_P(Mail, a_line_that_fails_is_announced_and_loses_nothing) {
  desk->post_office().fail_reading("connection_refused", 8);
  arrives({});
  for (int minute = 0; minute < 5; ++minute) desk->advance(minutes(1));
  EXPECT_THAT(desk->events(), Contains("mail.mailbox_failing"));
  auto shown = desk->get("/mailboxes/" + std::to_string(mailbox), agent);
  EXPECT_EQ(shown.text("health.reason"), "connection_refused");
  for (int minute = 0; minute < 30; ++minute) desk->advance(minutes(1));
  EXPECT_THAT(desk->events(), Contains("mail.mailbox_works_again"));
  EXPECT_EQ(tickets().size(), 1u);
}

TEST_P(Mail, M6_machines_are_not_answered) {
  const std::string marks[] = {
      "Auto-Submitted: auto-replied\r\n", "Precedence: bulk\r\n", "List-Id: <news.kunde.test>\r\n",
      "X-Auto-Response-Suppress: All\r\nAuto-Submitted: auto-generated\r\n"};
  for (const auto& mark : marks) comes({.headers = mark});
  EXPECT_TRUE(tickets().empty());
  EXPECT_TRUE(sent().empty());
  for (const auto& mail : incoming()) EXPECT_EQ(text(mail, "state"), "silent");
}

TEST_P(Mail, M6_one_answer_an_hour) {
  for (int i = 0; i < 3; ++i) comes({.subject = "第" + std::to_string(i)});
  EXPECT_EQ(tickets().size(), 3u);
  EXPECT_EQ(sent().size(), 1u);
  desk->advance(hours(1));
  comes({.subject = "一小时后"});
  EXPECT_EQ(sent().size(), 2u);
}

TEST_P(Mail, M7_a_stranger_is_not_told_his_own_words) {
  comes(
      {.from = "victim@elsewhere.test", .subject = "BUY NOW http://evil.test", .body = "BUY NOW"});
  ASSERT_EQ(tickets().size(), 1u);
  ASSERT_EQ(sent().size(), 1u);
  EXPECT_THAT(sent()[0].message, Not(HasSubstr("BUY")));
  EXPECT_THAT(last_sent().text, Not(HasSubstr("evil.test")));
  desk->advance(hours(2));
  comes({.from = "victim@elsewhere.test", .subject = "again"});
  EXPECT_EQ(sent().size(), 1u) << "that he is in the book proves nothing";
  auto victim = std::to_string(number(tickets()[0], "contact"));
  auto placed = desk->put("/contacts/" + victim + "/customers",
                          R"({"customers":[{"customer":)" + std::to_string(customer) + "}]}",
                          agent);
  ASSERT_LT(placed.status, 300) << placed.body;
  comes({.from = "victim@elsewhere.test", .subject = "once more"});
  EXPECT_EQ(sent().size(), 2u) << "by now the desk has said who he is";
}

TEST_P(Mail, strangers_wait_or_stay_outside_as_the_mailbox_wants) {
  changed("/mailboxes/" + std::to_string(mailbox), R"({"strangers":"held"})");
  comes({.from = "new@elsewhere.test"});
  EXPECT_EQ(text(incoming().back(), "reason"), "stranger");
  auto held = std::to_string(number(incoming().back(), "id"));
  done("/incoming-mails/" + held + "/decisions", R"({"decision":"new_ticket"})");
  settle();
  EXPECT_EQ(tickets().size(), 1u);
  changed("/mailboxes/" + std::to_string(mailbox), R"({"strangers":"refused"})");
  comes({.from = "other@elsewhere.test"});
  EXPECT_EQ(text(incoming().back(), "state"), "refused");
  comes({.from = "colleague@kunde.test"});
  EXPECT_EQ(tickets().size(), 2u) << "whose domain is a customer's is no stranger";
  EXPECT_EQ(number(tickets()[1], "customer"), customer);
}

TEST_P(Mail, a_rule_sorts) {
  auto type = std::to_string(number(rows("/service-types")[1], "id"));
  made(
      "/mail-rules",
      R"({"name":"急","subject":"宕机","priority":"P1","tag":"宕机","service_type":)" + type + "}");
  made("/mail-rules", R"({"name":"广告","sender":"promo@","outcome":"silence"})");
  comes({.subject = "系统宕机了"});
  comes({.from = "promo@kunde.test"});
  auto all = tickets();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(text(all[0], "priority"), "P1");
  EXPECT_EQ(all[0].at("tags").at(0).as_string(), "宕机");
  EXPECT_EQ(std::to_string(number(all[0], "service_type")), type);
}

TEST_P(Mail, a_letter_without_a_sender_waits_and_can_be_made_a_ticket_of) {
  desk->post_office().put("service@desk.test", "Subject: hello\r\n\r\nanybody there?\r\n");
  settle();
  auto held = incoming().back();
  EXPECT_EQ(text(held, "reason"), "no_sender");
  done("/incoming-mails/" + std::to_string(number(held, "id")) + "/decisions",
       R"({"decision":"new_ticket"})");
  settle();
  ASSERT_EQ(tickets().size(), 1u);
  EXPECT_EQ(text(tickets()[0], "contact_name"), "（未知发件人）");
  EXPECT_TRUE(messages(number(tickets()[0], "id"))[0].at("from_customer").as_bool());
}

TEST_P(Mail, a_preview_shows_the_link_as_it_leaves) {
  auto texts = rows("/mail-templates");
  auto shown = desk->post("/mail-templates/" + std::to_string(number(texts[0], "id")) + "/previews",
                          "{}", agent);
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_THAT(shown.text("html"), HasSubstr("/portal/follow\""));
  EXPECT_THAT(shown.text("html"), Not(HasSubstr("https://http")));
}

}  // namespace
}  // namespace baijin::mail
