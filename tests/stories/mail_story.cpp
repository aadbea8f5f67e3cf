// The promise: the administrator enters an account, and from then on a customer's mail becomes a
// ticket whose number is answered at once, talk goes to and fro by mail, the customer confirms by a
// link; and whatever dies in between, nothing is lost and nothing comes twice. INT-4, TKT-10; R15.
// With a real Dovecot and a real Exim, over TLS that is verified.
#include <fstream>
#include <map>
#include <thread>

#include "cast.h"
#include "mime/read.h"
#include "peers/certificates.h"
#include "peers/dovecot.h"
#include "peers/smtp_server.h"

namespace baijin::stories {
namespace {

using boost::json::object;

class PostOffice {
 public:
  PostOffice() {
    std::ofstream config(folder / "baijin.toml");
    config << "outgoing_allow = [\"127.0.0.1\"]\noutgoing_ca_file = \"" << authority.file()
           << "\"\n";
  }
  object mailbox(const std::string& password = peers::Dovecot::password) {
    return {{"address", "service@desk.test"},
            {"sender_name", "服务台"},
            {"incoming",
             {{"protocol", "imap"},
              {"host", "127.0.0.1"},
              {"port", incoming.imaps_port()},
              {"security", "tls"},
              {"log_in", "password"},
              {"user", peers::Dovecot::user},
              {"folder", ""},
              {"afterwards", "remove"},
              {"move_to", ""},
              {"every_seconds", 10}}},
            {"outgoing",
             {{"host", "127.0.0.1"},
              {"port", outgoing.port()},
              {"security", "starttls"},
              {"log_in", "password"},
              {"user", peers::SmtpServer::user}}},
            {"incoming_secret", password},
            {"outgoing_secret", peers::SmtpServer::password}};
  }
  Folder folder;
  peers::Authority authority;
  peers::Certificate certificate = authority.issue({"127.0.0.1"});
  peers::Dovecot incoming{certificate};
  peers::SmtpServer outgoing{certificate};
};

std::string written(const std::string& id, const std::string& subject, const std::string& text,
                    const std::string& more = {}, const std::string& from = "wang") {
  return "From: =?utf-8?B?546L6Iqz?= <" + from +
         "@kunde.test>\r\nTo: service@desk.test\r\nSubject: " + subject + "\r\nMessage-ID: <" + id +
         "@kunde.test>\r\n" + more +
         "Date: Mon, 23 Nov 2026 14:00:00 +0800\r\nMIME-Version: 1.0\r\n"
         "Content-Type: text/plain; charset=utf-8\r\n\r\n" +
         text + "\r\n";
}

// Waits until it is so, looking into the mailbox meanwhile.
bool comes_true(Browser& admin, std::int64_t mailbox, const std::function<bool()>& what,
                int seconds = 30) {
  auto path = "/mailboxes/" + std::to_string(mailbox) + "/looks";
  for (int tries = 0; tries < seconds * 5; ++tries) {
    if (what()) return true;
    admin.post(path);
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  return false;
}

std::size_t count(Browser& admin, const std::string& path) {
  auto page = admin.get(path).json();
  return page.at("items").as_array().size();
}

// Tried before it is kept: a wrong password is said to be one.
void tries_a_wrong_password(Browser& admin, PostOffice& post) {
  auto wrong = post.mailbox("falsch");
  auto trial = admin.post("/mailboxes/trials",
                          {{"incoming", wrong.at("incoming")}, {"incoming_secret", "falsch"}});
  ASSERT_EQ(trial.status, 200) << trial.body;
  auto steps = trial.at("incoming").as_array();
  EXPECT_EQ(steps.back().at("reason").as_string(), "login_refused") << trial.body;
}

// The way of a fault to where the customer is asked whether it is solved.
void bring_to_customer(Browser& admin, const std::string& path) {
  auto me = admin.get("/me").number("id");
  auto move = [&](const std::string& to, const object& fields = {}) {
    auto moved = admin.post(path + "/transitions", {{"to", to}, {"fields", fields}});
    ASSERT_EQ(moved.status, 200) << to << " " << moved.body;
  };
  move("confirmed");
  move("assigned", {{"assignee", me}});
  move("responded");
  move("diagnosing");
  move("resolving",
       {{"diagnosis", "缓存"}, {"original_configuration", "v1"}, {"backup", "已备份"}});
  move("awaiting_customer", {{"solution", "清缓存"}, {"test_result", "正常"}});
}

TEST(MailStory, INT_4_from_the_first_mail_to_the_confirmation) {
  if (auto why = peers::no_dovecot() + peers::no_smtp_server(); !why.empty()) GTEST_SKIP() << why;
  PostOffice post;
  RunningDesk desk({.directory = post.folder.path()});
  auto admin = desk.admin();
  auto customer = add_customer(admin, "县人民医院");
  add_contact(admin, "王芳", customer, {{"email", "wang@kunde.test"}});

  tries_a_wrong_password(admin, post);
  auto made = admin.post("/mailboxes", post.mailbox());
  ASSERT_EQ(made.status, 201) << made.body;
  auto mailbox = made.id();
  EXPECT_EQ(made.body.find("geheim"), std::string::npos);

  post.incoming.deliver(written("m1", "=?utf-8?B?55m75b2V6aG155m95bGP?=", "今天早上起白屏。"));
  ASSERT_TRUE(comes_true(admin, mailbox, [&] { return count(admin, "/tickets") == 1; }));
  auto ticket = admin.get("/tickets").number("items.0.id");
  auto path = "/tickets/" + std::to_string(ticket);
  EXPECT_EQ(admin.get(path).text("subject"), "登录页白屏");
  auto answered = post.outgoing.messages(1);
  ASSERT_EQ(answered.size(), 1u);
  auto receipt = mime::read_message(answered[0]);
  EXPECT_NE(receipt.subject.find(admin.get(path).text("number")), std::string::npos);
  EXPECT_TRUE(comes_true(admin, mailbox, [&] { return post.incoming.messages().empty(); }))
      << "what is safe here is taken away there";

  ASSERT_LT(admin
                .post(path + "/messages",
                      {{"kind", "reply"}, {"body", "<p>请刷新一次。</p>"}, {"undo_seconds", 0}})
                .status,
            300);
  ASSERT_TRUE(comes_true(admin, mailbox, [&] { return post.outgoing.messages().size() == 2; }));
  std::string mark;
  for (const auto& raw : post.outgoing.messages()) {
    auto letter = mime::read_message(raw);
    if (letter.text.find("请刷新") != std::string::npos) mark = letter.message_id;
  }
  post.incoming.deliver(
      written("m2", "Re: =?utf-8?B?55m75b2V?=", "好了，谢谢！", "In-Reply-To: <" + mark + ">\r\n"));
  ASSERT_TRUE(comes_true(admin, mailbox, [&] { return count(admin, path + "/messages") == 3; }));
  EXPECT_EQ(count(admin, "/tickets"), 1u);

  bring_to_customer(admin, path);
  std::string secret;
  ASSERT_TRUE(comes_true(admin, mailbox, [&] {
    for (const auto& raw : post.outgoing.messages()) {
      auto letter = mime::read_message(raw);
      auto at = letter.text.find("/portal/follow#");
      if (letter.subject.find("解决") == std::string::npos || at == std::string::npos) continue;
      secret = letter.text.substr(at + 15, letter.text.find_first_of(")\n ", at) - at - 15);
    }
    return !secret.empty();
  }));
  Browser guest(desk.address());
  auto confirmed = guest.post("/guest-requests/confirmations",
                              {{"token", secret}, {"solved", true}, {"rating", 5}});
  ASSERT_EQ(confirmed.status, 200) << confirmed.body << " " << secret;
  EXPECT_EQ(admin.get(path).text("phase"), "closed");
  EXPECT_EQ(admin.get(path).number("rating"), 5);
}

TEST(MailStory, R15_killed_while_mail_comes_in_nothing_is_lost_or_doubled) {
  if (auto why = peers::no_dovecot() + peers::no_smtp_server(); !why.empty()) GTEST_SKIP() << why;
  PostOffice post;
  constexpr std::size_t letters = 120;
  for (std::size_t i = 0; i < letters; ++i) {
    auto number = std::to_string(i);
    post.incoming.deliver(written("k" + number, "n" + number, "text", "", "p" + number));
  }
  RunningDesk desk({.directory = post.folder.path()});
  auto admin = desk.admin();
  auto box = post.mailbox();
  box["answers"] = false;
  auto made = admin.post("/mailboxes", box);
  ASSERT_EQ(made.status, 201) << made.body;
  for (int wait_ms : {15, 40, 80, 160, 320}) {
    std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));
    desk.kill();
    desk.start();
  }
  auto again = desk.admin();
  auto all = [&] { return count(again, "/tickets?limit=200"); };
  ASSERT_TRUE(comes_true(
      again, made.id(), [&] { return all() >= letters; }, 60))
      << all();
  EXPECT_TRUE(comes_true(again, made.id(), [&] { return post.incoming.messages().empty(); }));
  std::map<std::string, int> subjects;
  auto page = again.get("/tickets?limit=200").json();
  for (const auto& ticket : page.at("items").as_array()) {
    ++subjects[std::string(ticket.at("subject").as_string())];
  }
  EXPECT_EQ(subjects.size(), letters);
  for (const auto& [subject, times] : subjects) EXPECT_EQ(times, 1) << subject;
}

TEST(MailStory, a_pipe_hands_messages_in) {
  RunningDesk desk;
  auto admin = desk.admin();
  auto made = admin.post(
      "/mailboxes",
      {{"address", "pipe@desk.test"},
       {"sender_name", "Desk"},
       {"incoming",
        {{"protocol", "none"},
         {"host", ""},
         {"port", 993},
         {"security", "tls"},
         {"log_in", "none"},
         {"user", ""},
         {"folder", ""},
         {"afterwards", "keep"},
         {"move_to", ""},
         {"every_seconds", 30}}},
       {"outgoing",
        {{"host", ""}, {"port", 465}, {"security", "tls"}, {"log_in", "none"}, {"user", ""}}}});
  ASSERT_EQ(made.status, 201) << made.body;
  auto outcome = baijin_reading("From: a@kunde.test\nSubject: by pipe\n\nhello",
                                {"mail-in", "--data", desk.directory()});
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  for (int tries = 0; tries < 100 && count(admin, "/tickets") == 0; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_EQ(admin.get("/tickets").text("items.0.subject"), "by pipe");
  auto nothing = baijin_reading("", {"mail-in", "--data", desk.directory(), "--mailbox", "x@y.z"});
  EXPECT_NE(nothing.code, 0) << nothing.printed;
}

}  // namespace
}  // namespace baijin::stories
