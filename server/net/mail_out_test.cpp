// Mail out, to a real Exim over real TLS.
#include <gtest/gtest.h>

#include <algorithm>

#include "net/test_lines.h"
#include "peers/smtp_server.h"

namespace baijin::net {
namespace {

using namespace testing;  // NOLINT: test words
using Outcome = Handed::Outcome;
using Protocol = MailAccount::Protocol;
using Security = MailAccount::Security;

std::string message(const std::string& subject, const std::string& body = "hello\r\n") {
  return "From: service@desk.test\r\nSubject: " + subject + "\r\n\r\n" + body;
}

// As Exim writes it down: with LF.
std::string on_disk(std::string text) {
  std::erase(text, '\r');
  return text;
}

class MailOutTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!peers::no_smtp_server().empty()) return;
    authority_ = new peers::Authority;
    exim_ = new peers::SmtpServer(authority_->issue());
    lines_ = Lines::open(test_options(authority_->file())).release();
  }
  static void TearDownTestSuite() {
    delete lines_;
    delete exim_;
    delete authority_;
    lines_ = nullptr;
    exim_ = nullptr;
    authority_ = nullptr;
  }
  void SetUp() override {
    if (exim_ == nullptr) GTEST_SKIP() << peers::no_smtp_server();
    exim_->forget();
  }

  static MailOut& out() { return lines_->mail_out(); }
  static peers::SmtpServer& exim() { return *exim_; }
  static MailAccount starttls() {
    return account_at(Protocol::smtp, exim_->port(), Security::starttls);
  }
  static Handed send(const std::string& text, std::vector<std::string> to = {"wang@kunde.test"},
                     const std::string& from = "service@desk.test") {
    return out().send(starttls(), {from, std::move(to), text});
  }

  static inline peers::Authority* authority_ = nullptr;
  static inline peers::SmtpServer* exim_ = nullptr;
  static inline Lines* lines_ = nullptr;
};

TEST_F(MailOutTest, HandsOverOnEveryWay) {
  auto here = account_at(Protocol::smtp, exim().port(), Security::none);
  here.host = "127.0.0.1";
  here.log_in = MailAccount::LogIn::none;
  const auto text = message("ways");
  for (const auto& account :
       {starttls(), account_at(Protocol::smtp, exim().tls_port(), Security::tls), here}) {
    const auto handed = out().send(account, {"service@desk.test", {"wang@kunde.test"}, text});
    EXPECT_EQ(handed.outcome, Outcome::accepted) << handed.reason << handed.said;
    EXPECT_TRUE(handed.said.starts_with("250 OK")) << handed.said;
    EXPECT_TRUE(handed.refused.empty());
  }
  const auto kept = exim().messages(3);
  ASSERT_EQ(kept.size(), 3U);
  for (const auto& mail : kept) EXPECT_TRUE(mail.ends_with(on_disk(text))) << mail;
}

TEST_F(MailOutTest, ArrivesAsOneMessageWhateverIsInIt) {  // M8
  const std::string long_line(900'000, 'x');
  const std::vector<std::string> bodies{".\r\n..\r\n.x\r\n\r\n.\r\n",
                                        "a\n.\r\nMAIL FROM:<evil@x.test>\r\nRCPT "
                                        "TO:<you@x.test>\r\nDATA\r\nSubject: two\r\n\r\nb\r\n.\r\n",
                                        "a\r\n.\nQUIT\r\n",
                                        "a\r.\r\nb\r\n",
                                        "no line end",
                                        "\xe4\xbd\xa0\xe5\xa5\xbd \xc4\xe3\xff\r\n",
                                        long_line};
  for (const auto& body : bodies) {
    exim().forget();
    const auto text = message("one", body);
    ASSERT_EQ(send(text).outcome, Outcome::accepted);
    auto kept = exim().messages(1);
    ASSERT_EQ(kept.size(), 1U) << body.substr(0, 100);
    // Each line end became the server's own; nothing else changed.
    std::string lines = text;
    for (std::size_t at = 0; (at = lines.find('\r', at)) != std::string::npos; ++at) {
      if (at + 1 < lines.size() && lines[at + 1] == '\n') lines.erase(at, 1);
      else lines[at] = '\n';
    }
    if (!lines.ends_with('\n')) lines += '\n';
    EXPECT_TRUE(kept[0].ends_with(lines)) << body.substr(0, 100);
  }
}

TEST_F(MailOutTest, TellsWhoWasRefused) {
  const auto some = send(message("some"),
                         {"wang@kunde.test", "unknown@kunde.test", "later@kunde.test",
                          "not an address", "x@y\r\nDATA", "用户@kunde.test"});
  EXPECT_EQ(some.outcome, Outcome::accepted);
  ASSERT_EQ(some.refused.size(), 4U);
  EXPECT_EQ(some.refused[0].address, "not an address");
  EXPECT_EQ(some.refused[0].reason, "address_malformed");
  EXPECT_EQ(some.refused[1].reason, "address_malformed");
  EXPECT_EQ(some.refused[2].address, "unknown@kunde.test");
  EXPECT_EQ(some.refused[2].reason, "recipient_refused");
  EXPECT_TRUE(some.refused[2].for_good);
  EXPECT_TRUE(some.refused[2].said.starts_with("550 no such user")) << some.refused[2].said;
  EXPECT_EQ(some.refused[3].address, "later@kunde.test");
  EXPECT_FALSE(some.refused[3].for_good);
  EXPECT_EQ(exim().messages(2).size(),
            2U);  // one each for wang and 用户, whom SMTPUTF8 lets through

  const auto never = send(message("x"), {"unknown@kunde.test"});
  EXPECT_EQ(never.outcome, Outcome::refused_for_good);
  EXPECT_EQ(never.reason, "all_recipients_refused");
  const auto later = send(message("x"), {"unknown@kunde.test", "later@kunde.test"});
  EXPECT_EQ(later.outcome, Outcome::refused_for_now);
  const auto nobody = send(message("x"), {"broken"});
  EXPECT_EQ(nobody.outcome, Outcome::refused_for_good);
  EXPECT_EQ(nobody.reason, "all_recipients_refused");
}

TEST_F(MailOutTest, TellsWhyAMessageIsNotTaken) {
  const auto sender = send(message("x"), {"wang@kunde.test"}, "refused@desk.test");
  EXPECT_EQ(sender.outcome, Outcome::refused_for_good);
  EXPECT_EQ(sender.reason, "sender_refused");
  EXPECT_TRUE(sender.refused.empty());
  const auto large = send(message("x", std::string(peers::SmtpServer::most_bytes + 1, 'x')));
  EXPECT_EQ(large.outcome, Outcome::refused_for_good);
  EXPECT_EQ(large.reason, "message_too_large");
  EXPECT_EQ(send(message("x"), {}).reason, "address_malformed");
  EXPECT_EQ(send(message("x"), {"a@b.test"}, "a@b>\r\nRCPT TO:<c@d.test").reason,
            "address_malformed");
  EXPECT_EQ(send(message("null path"), {"wang@kunde.test"}, "").outcome, Outcome::accepted);
  EXPECT_EQ(exim().messages(1).size(), 1U);
}

TEST_F(MailOutTest, KeepsOneConnectionForManyMessages) {
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(send(message(std::to_string(i))).outcome, Outcome::accepted);
    if (i % 5 == 4) send(message("x"), {"unknown@kunde.test"});  // which ends nothing
  }
  EXPECT_EQ(exim().messages(20).size(), 20U);
  EXPECT_LE(exim().connections(), 1);
}

TEST_F(MailOutTest, DialsAgainWhenTheKeptConnectionIsGone) {  // R15
  ASSERT_EQ(send(message("one")).outcome, Outcome::accepted);
  exim().stop();
  const auto away = send(message("two"));
  EXPECT_EQ(away.outcome, Outcome::refused_for_now);
  EXPECT_EQ(away.reason, "connection_refused");
  exim().start();
  EXPECT_EQ(send(message("two")).outcome, Outcome::accepted);
  EXPECT_EQ(exim().messages(2).size(), 2U);
}

TEST_F(MailOutTest, TriesAnAccountStepByStep) {
  const auto tried = [&](const MailAccount& account, std::string_view from = "") {
    return story_of(out().try_account(account, from));
  };
  EXPECT_EQ(tried(starttls()), "name connect greeting secure log_in");
  EXPECT_EQ(tried(starttls(), "service@desk.test"), "name connect greeting secure log_in sender");
  EXPECT_EQ(tried(starttls(), "refused@desk.test"),
            "name connect greeting secure log_in sender!sender_refused");
  EXPECT_EQ(tried(account_at(Protocol::smtp, exim().tls_port(), Security::tls)),
            "name connect secure greeting log_in");
  auto account = starttls();
  account.secret = "falsch";
  EXPECT_EQ(tried(account), "name connect greeting secure log_in!login_refused");
  account.log_in = MailAccount::LogIn::token;
  EXPECT_EQ(tried(account), "name connect greeting secure log_in!login_not_offered");
  account.host = "other.test";
  EXPECT_EQ(tried(account), "name connect greeting secure!certificate_wrong_host");
  account.host = "169.254.169.254";
  EXPECT_EQ(tried(account), "name!address_not_allowed");
  EXPECT_EQ(exim().messages().size(), 0U);
}

}  // namespace
}  // namespace baijin::net
