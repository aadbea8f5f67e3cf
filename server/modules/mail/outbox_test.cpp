// Mail on its way out: retries, refusals, bounces, what may no longer leave. R16; N1–N3; TKT-10.
#include <gmock/gmock.h>

#include "modules/mail/test_desk.h"

namespace baijin::mail {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class Outbox : public MailDesk {
 protected:
  void SetUp() override {
    MailDesk::SetUp();
    comes({});
    ticket = number(tickets()[0], "id");
    desk->post_office().forget_sent();
  }
  std::string state() { return text(outgoing().back(), "state"); }
  std::string path(const std::string& below) {
    return "/tickets/" + std::to_string(ticket) + below;
  }
  std::int64_t ticket = 0;
};
BAIJIN_ON_BOTH_ENGINES(Outbox)

TEST_P(Outbox, waits_and_tries_again) {
  desk->post_office().fail_sending({Handed::Outcome::refused_for_now, "peer_busy", "450 later", {}},
                                   testing::Took::nothing, 3);
  reply(ticket, "<p>一</p>");
  EXPECT_EQ(state(), "waiting");
  EXPECT_EQ(text(outgoing().back(), "reason"), "peer_busy");
  for (int minute = 0; minute < 20; ++minute) desk->advance(minutes(1));
  EXPECT_EQ(state(), "sent");
  EXPECT_EQ(sent().size(), 1u);
}

TEST_P(Outbox, R16_an_unclear_handing_over_is_repeated_once_under_the_same_id) {
  desk->post_office().fail_sending({Handed::Outcome::unclear, "peer_closed", "", {}},
                                   testing::Took::it, 1);
  reply(ticket, "<p>一</p>");
  EXPECT_EQ(state(), "unclear");
  for (int minute = 0; minute < 30; ++minute) desk->advance(minutes(1));
  EXPECT_EQ(state(), "sent");
  ASSERT_EQ(sent().size(), 2u);
  EXPECT_EQ(mime::read_message(sent()[0].message).message_id,
            mime::read_message(sent()[1].message).message_id);
}

TEST_P(Outbox, R15_six_hours_without_servers_lose_nothing_double_nothing_and_keep_the_order) {
  desk->post_office().forget_sent();
  desk->post_office().fail_reading("connection_timed_out", 1'000'000);
  desk->post_office().fail_sending(
      {Handed::Outcome::refused_for_now, "connection_timed_out", "", {}}, testing::Took::nothing,
      1'000'000);
  for (int hour = 0; hour < 6; ++hour) {
    arrives({.from = "person" + std::to_string(hour) + "@kunde.test"});
    reply(ticket, "<p>Step " + std::to_string(hour) + "</p>");
    for (int minute = 0; minute < 60; ++minute) desk->advance(minutes(1));
  }
  EXPECT_TRUE(sent().empty());
  desk->post_office().fail_reading("", 0);
  desk->post_office().fail_sending({}, testing::Took::nothing, 0);
  for (int minute = 0; minute < 15; ++minute) desk->advance(minutes(1));
  EXPECT_EQ(tickets().size(), 7u);
  std::vector<std::string> steps;
  for (const auto& mail : sent()) {
    auto text = mime::read_message(mail.message).text;
    if (text.starts_with("Step ")) steps.push_back(text.substr(0, 6));
  }
  EXPECT_THAT(steps,
              ::testing::ElementsAre("Step 0", "Step 1", "Step 2", "Step 3", "Step 4", "Step 5"));
}

TEST_P(Outbox, gives_up_after_two_days_and_says_so) {
  desk->post_office().fail_sending({Handed::Outcome::refused_for_now, "peer_busy", "", {}},
                                   testing::Took::nothing, 10'000);
  reply(ticket, "<p>一</p>");
  for (int hour = 0; hour < 51; ++hour) desk->advance(hours(1));
  EXPECT_EQ(state(), "failed");
  EXPECT_THAT(desk->events("ticket:" + std::to_string(ticket)), Contains("mail.not_delivered"));
}

TEST_P(Outbox, a_dead_address_is_marked_and_not_written_to_again) {
  desk->post_office().refuse("wang@kunde.test");
  reply(ticket, "<p>一</p>");
  EXPECT_EQ(state(), "failed");
  auto before = outgoing().size();
  auto marks = rows("/address-marks?email=wang@kunde.test");
  if (marks.empty()) return;  // what the server said did not say for good
  reply(ticket, "<p>二</p>");
  EXPECT_EQ(outgoing().size(), before);
  done("/address-marks/" + std::to_string(number(marks[0], "id")) + "/clearings", "{}");
  desk->post_office().refuse("nobody@kunde.test");
  reply(ticket, "<p>三</p>");
  EXPECT_EQ(outgoing().size(), before + 1);
}

TEST_P(Outbox, a_bounce_that_names_our_id_marks_its_mail) {
  reply(ticket, "<p>一</p>");
  auto ours = last_sent().message_id;
  auto report = [](const std::string& id) {
    return "From: MAILER-DAEMON@kunde.test\r\nTo: service@desk.test\r\nSubject: Undelivered\r\n"
           "Return-Path: <>\r\nMIME-Version: 1.0\r\n"
           "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
           "--b\r\nContent-Type: text/plain\r\n\r\nNo such user\r\n"
           "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.kunde.test"
           "\r\n\r\nFinal-Recipient: rfc822; wang@kunde.test\r\nAction: failed\r\nStatus: 5.1.1\r\n"
           "Diagnostic-Code: smtp; 550 5.1.1 user unknown\r\n\r\n"
           "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <" +
           id + ">\r\n\r\n--b--\r\n";
  };
  desk->post_office().put("service@desk.test", report("made-up@desk.test"));
  settle();
  EXPECT_EQ(state(), "sent") << "a report about nothing of ours changes nothing";
  desk->post_office().put("service@desk.test", report(ours));
  settle();
  EXPECT_EQ(state(), "bounced");
  EXPECT_THAT(text(outgoing().back(), "said"), HasSubstr("user unknown"));
  ASSERT_EQ(rows("/address-marks?email=wang@kunde.test").size(), 1u);
  EXPECT_THAT(desk->events("ticket:" + std::to_string(ticket)), Contains("mail.not_delivered"));
  EXPECT_EQ(tickets().size(), 1u);
}

TEST_P(Outbox, N2_what_one_may_no_longer_read_does_not_leave) {
  desk->post_office().fail_sending({Handed::Outcome::refused_for_now, "peer_busy", "", {}},
                                   testing::Took::nothing, 1);
  reply(ticket, "<p>机密</p>");
  auto other = made("/contacts",
                    R"({"name":"李四","email":"li@kunde.test","customers":[{"customer":)" +
                        std::to_string(customer) + "}]}");
  changed("/contacts/" + std::to_string(wang), R"({"active":false})");
  changed("/tickets/" + std::to_string(ticket), R"({"contact":)" + std::to_string(other) + "}");
  for (int minute = 0; minute < 5; ++minute) desk->advance(minutes(1));
  EXPECT_EQ(state(), "cancelled");
  EXPECT_TRUE(sent().empty());
}

TEST_P(Outbox, N1_notes_never_leave) {
  done(path("/messages"), R"({"kind":"note","body":"<p>CNRY-note</p>"})");
  reply(ticket, "<p>一</p>");
  reply(ticket, "<p>二</p>");
  for (const auto& mail : sent()) {
    EXPECT_THAT(mime::read_message(mail.message).text, Not(HasSubstr("CNRY-note")));
  }
}

TEST_P(Outbox, M5_no_text_makes_a_header_or_a_recipient) {
  changed("/tickets/" + std::to_string(ticket),
          R"({"subject":"a%0d%0aBcc: x@evil.test , <y@evil.test>"})");
  changed("/contacts/" + std::to_string(wang), R"({"name":"W\", <z@evil.test>"})");
  reply(ticket, "<p>一</p>");
  ASSERT_EQ(sent().size(), 1u);
  EXPECT_EQ(sent()[0].to, std::vector<std::string>{"wang@kunde.test"});
  auto letter = last_sent();
  ASSERT_EQ(letter.to.size(), 1u);
  EXPECT_EQ(letter.to[0].email, "wang@kunde.test");
  EXPECT_EQ(letter.count_of("Bcc"), 0);
  EXPECT_EQ(letter.count_of("Subject"), 1);
}

TEST_P(Outbox, TKT_10_the_customer_confirms_by_the_link_and_looking_changes_nothing) {
  auto moves = [&](const std::string& to, const std::string& more = {}) {
    done(path("/transitions"), R"({"to":")" + to + "\"" + more + "}");
  };
  reply(ticket, "<p>先确认一下。</p>");
  moves("confirmed");
  moves("assigned", R"(,"fields":{"assignee":)" + std::to_string(agent_user) + "}");
  moves("responded");
  moves("diagnosing");
  moves("resolving", R"(,"fields":{"diagnosis":"缓存","original_configuration":"v1",)"
                     R"("backup":"已备份"})");
  desk->post_office().forget_sent();
  moves("awaiting_customer", R"(,"fields":{"solution":"清缓存","test_result":"正常"})");
  settle();
  ASSERT_EQ(sent().size(), 1u);
  auto letter = last_sent();
  EXPECT_THAT(letter.subject, HasSubstr("解决"));
  auto at = letter.html.find("/portal/follow#");
  ASSERT_NE(at, std::string::npos);
  at += 15;
  auto token = letter.html.substr(at, letter.html.find('"', at) - at);
  auto shown = desk->post("/guest-requests/show", R"({"token":")" + token + R"("})");
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_EQ(shown.text("phase"), "solved");
  auto forged = token;
  forged.back() = forged.back() == 'A' ? 'B' : 'A';
  forged[3] = forged[3] == '1' ? '2' : '1';
  EXPECT_EQ(desk->post("/guest-requests/show", R"({"token":")" + forged + R"("})").status, 404);
  auto confirmed = desk->post("/guest-requests/confirmations",
                              R"({"token":")" + token + R"(","solved":true,"rating":5})");
  ASSERT_EQ(confirmed.status, 200) << confirmed.body;
  EXPECT_EQ(confirmed.text("phase"), "closed");
}

TEST_P(Outbox, what_leaves_is_signed_when_the_mailbox_has_a_key) {
  auto signing = "/mailboxes/" + std::to_string(mailbox) + "/signing";
  EXPECT_EQ(desk->post(signing, R"({"selector":"a_b"})", agent).reason(), "not_a_selector");
  EXPECT_EQ(desk->del(signing, agent).status, 204) << "it does not sign yet";
  reply(ticket, "<p>没有签名。</p>");
  EXPECT_EQ(last_sent().count_of("DKIM-Signature"), 0);
  auto begun = desk->post(signing, R"({"selector":"baijin"})", agent);
  ASSERT_EQ(begun.status, 200) << begun.body;
  EXPECT_EQ(begun.text("name"), "baijin._domainkey.desk.test");
  EXPECT_THAT(begun.text("record"), HasSubstr("v=DKIM1; k=rsa; p="));
  EXPECT_THAT(begun.body, Not(HasSubstr("PRIVATE")));
  auto view = desk->get("/mailboxes/" + std::to_string(mailbox), agent);
  EXPECT_EQ(view.text("signing.record"), begun.text("record"));
  reply(ticket, "<p>有签名。</p>");
  EXPECT_THAT(header_of(last_sent(), "DKIM-Signature"), HasSubstr("d=desk.test; s=baijin"));
  EXPECT_EQ(desk->del(signing, agent).status, 204);
  reply(ticket, "<p>又没有了。</p>");
  EXPECT_EQ(last_sent().count_of("DKIM-Signature"), 0);
}

TEST_P(Outbox, INT_8_a_customers_person_comes_in_by_a_mailed_link_once) {
  accounts::NewUser user;
  user.kind = accounts::UserKind::contact;
  user.login = {"wang@kunde.test"};
  user.name = {"王芳"};
  user.email = Email{"wang@kunde.test"};
  user.contact = Id<customers::Contact>{wang};
  desk->change([&](Change& change) { accounts::add_user(change, user, ""); });
  auto ask = [&](const std::string& login) {
    auto answer = desk->post("/sign-in-links", R"({"login":")" + login + R"("})");
    settle();
    return answer.status;
  };
  auto known = ask("wang@kunde.test");
  ASSERT_EQ(sent().size(), 1u);
  auto letter = last_sent();
  auto at = letter.text.find("/portal/come-in#");
  ASSERT_NE(at, std::string::npos) << letter.text;
  auto secret = letter.text.substr(at + 16, 43);
  auto come_in = [&] {
    return desk->post("/sessions/by-link", R"({"token":")" + secret + R"("})");
  };
  // It sets no password, and a password's link lets nobody in.
  EXPECT_EQ(desk->post("/password-resets/redeem",
                       R"({"token":")" + secret + R"(","password":"kestrel-volume-42"})")
                .status,
            404);
  auto came = come_in();
  ASSERT_EQ(came.status, 201) << came.body;
  EXPECT_EQ(came.text("user.name"), "王芳");
  EXPECT_EQ(come_in().status, 404) << "it works once";
  // Staff and strangers are told the same and get nothing.
  EXPECT_EQ(ask("agent"), known);
  EXPECT_EQ(ask("nobody"), known);
  EXPECT_EQ(sent().size(), 1u);
  auto kept = desk->rows_of({"outgoing_mails", "jobs"});
  EXPECT_EQ(kept.find(secret), std::string::npos) << "the outbox keeps no secret";
}

}  // namespace
}  // namespace baijin::mail
