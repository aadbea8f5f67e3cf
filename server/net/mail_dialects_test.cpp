// Servers that can less, or say things in another way: old ones, big providers, odd ones. Each test
// is a dialogue, line by line.
#include <gtest/gtest.h>

#include <mutex>
#include <thread>

#include "net/test_lines.h"
#include "peers/scripted_peer.h"

namespace baijin::net {
namespace {

using namespace testing;  // NOLINT: test words
using Outcome = Handed::Outcome;
using Protocol = MailAccount::Protocol;
using LogIn = MailAccount::LogIn;

// What is expected of the client, and what the server says to that; "%t" is the client's tag. An
// empty expectation is no line: the server goes on by itself.
struct Turn {
  std::string expected, answer;
};

class Dialogue {
 public:
  explicit Dialogue(std::vector<Turn> turns)
      : turns_(std::move(turns)), peer_([this](peers::PeerTalk& talk) { speak(talk); }) {}

  MailAccount account(Protocol protocol, LogIn log_in = LogIn::password) const {
    auto account = account_at(protocol, peer_.port(), MailAccount::Security::none);
    account.log_in = log_in;
    return account;
  }
  // What went other than expected; "" when all went well.
  std::string trouble() {
    std::lock_guard lock(mutex_);
    return trouble_;
  }

 private:
  void speak(peers::PeerTalk& talk) {
    for (const auto& [expected, answer] : turns_) {
      std::string line, said = answer;
      if (!expected.empty()) line = talk.line();
      if (line.find(expected) == std::string::npos) {
        std::lock_guard lock(mutex_);
        trouble_ += "expected " + expected + ", heard " + line + "\n";
      }
      const auto tag = said.find("%t");
      if (tag != std::string::npos) said.replace(tag, 2, line.substr(0, line.find(' ')));
      talk.say(said);
    }
    talk.hang();
  }

  std::mutex mutex_;
  std::string trouble_;
  std::vector<Turn> turns_;
  peers::ScriptedPeer peer_;
};

std::vector<Turn> opened(std::vector<Turn> more, const std::string& capabilities = "") {
  std::vector<Turn> turns{
      {"", "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hi\r\n"},
      {"AUTHENTICATE PLAIN", "%t OK [CAPABILITY IMAP4rev1" + capabilities + "] in\r\n"},
      {"SELECT \"INBOX\"", "* 2 EXISTS\r\n* OK [UIDVALIDITY 9] x\r\n%t OK [READ-WRITE] open\r\n"}};
  turns.insert(turns.end(), more.begin(), more.end());
  return turns;
}

class MailDialectsTest : public ::testing::Test {
 protected:
  static OutgoingOptions options() {
    auto options = test_options();
    options.limits.silence_ms = 3'000;
    options.limits.poll_ms = 50;
    return options;
  }
  MailIn& in() { return lines->mail_in(); }
  MailOut& out() { return lines->mail_out(); }
  std::unique_ptr<Lines> lines = Lines::open(options());
};

TEST_F(MailDialectsTest, AnOldImapServerIsAskedOnlyWhatItKnows) {
  Dialogue old({{"", "* OK hi\r\n"},
                {"CAPABILITY", "* CAPABILITY IMAP4rev1\r\n%t OK done\r\n"},
                {"LOGIN \"service@desk.test\" \"a \\\"b\\\\ c\"", "%t OK in\r\n"},
                {"CAPABILITY", "* CAPABILITY IMAP4rev1\r\n%t OK done\r\n"},
                {"SELECT \"INBOX\"", "* 1 EXISTS\r\n* OK [UIDVALIDITY 9] x\r\n%t OK open\r\n"},
                {"UID COPY 17 \"done\"", "%t OK done\r\n"},
                {"UID STORE 17 +FLAGS.SILENT (\\Deleted)", "%t OK done\r\n"},
                {"EXPUNGE", "* 1 EXPUNGE\r\n%t OK done\r\n"},
                {"NOOP", "%t OK done\r\n"},
                {"NOOP", "* 1 EXISTS\r\n* 1 RECENT\r\n%t OK done\r\n"},
                {"LOGOUT", ""}});
  auto account = old.account(Protocol::imap);
  account.secret = "a \"b\\ c";
  auto folder = in().open(account, "");
  EXPECT_EQ(folder->generation(), "9");
  folder->move({"17"}, "done");
  EXPECT_EQ(folder->wait(seconds(5), {}), MailFolder::Woken::news);
  folder.reset();
  EXPECT_EQ(old.trouble(), "");
}

TEST_F(MailDialectsTest, AFolderIsListedInWindowsThatGrow) {
  Dialogue sparse(opened(
      {{"UID FETCH * (UID)", "* 2 FETCH (UID 4000000)\r\n%t OK done\r\n"},
       {"UID FETCH 1:1000 ", "* 1 FETCH (RFC822.SIZE 5 UID 7)\r\n%t OK done\r\n"},
       {"UID FETCH 1001:3000 ", "%t OK done\r\n"},
       {"UID FETCH 3001:7000 ", "* 9 FETCH (FLAGS ())\r\n%t OK done\r\n"},
       {"UID FETCH 7001:15000 ", "%t OK done\r\n"},
       {"UID FETCH 15001:31000 ", "%t OK done\r\n"},
       {"UID FETCH 31001:63000 ", "%t OK done\r\n"},
       {"UID FETCH 63001:127000 ", "%t OK done\r\n"},
       {"UID FETCH 127001:255000 ", "%t OK done\r\n"},
       {"UID FETCH 255001:511000 ", "%t OK done\r\n"},
       {"UID FETCH 511001:1023000 ", "%t OK done\r\n"},
       {"UID FETCH 1023001:2047000 ", "%t OK done\r\n"},
       {"UID FETCH 2047001:4000000 ", "* 2 FETCH (UID 4000000 RFC822.SIZE 6)\r\n%t OK done\r\n"},
       {"UID FETCH * (UID)", "* 2 FETCH (UID 4000000)\r\n%t OK done\r\n"}}));
  auto folder = in().open(sparse.account(Protocol::imap), "");
  EXPECT_EQ(folder->list("", 10), (std::vector<WaitingMail>{{"7", 5}, {"4000000", 6}}));
  EXPECT_TRUE(folder->list("4000000", 10).empty());
  EXPECT_EQ(sparse.trouble(), "");
}

TEST_F(MailDialectsTest, AMessageComesInManyForms) {
  Dialogue odd(opened({{"UID FETCH 3,4,5 (UID BODY.PEEK[]<0.101>)",
                        "* 9 EXISTS\r\n* 3 FETCH (FLAGS (\\Seen) UID 3)\r\n"
                        "* 1 FETCH (BODY[]<0> \"quoted\" UID 3)\r\n"
                        "* 2 FETCH (UID 4 BODY[]<0> {4}\r\na\r\nb FLAGS ())\r\n%t OK done\r\n"}}));
  auto folder = in().open(odd.account(Protocol::imap), "");
  Collected collected;
  folder->fetch({"3", "4", "5"}, 100, collected);
  ASSERT_EQ(collected.mails.size(), 2U);
  EXPECT_EQ(collected.raw("3"), "quoted");
  EXPECT_EQ(collected.raw("4"), "a\r\nb");
  EXPECT_EQ(folder->wait(seconds(1), {}), MailFolder::Woken::news);
  EXPECT_EQ(odd.trouble(), "");
}

TEST_F(MailDialectsTest, AMessageThatWasNotAskedForIsRefused) {
  for (const char* answer :
       {"* 1 FETCH (UID 4 BODY[]<0> {1}\r\nx)\r\n", "* 1 FETCH (BODY[]<0> {1}\r\nx)\r\n",
        "* 1 FETCH (UID 3 BODY[]<0> {102}\r\n", "* 1 FETCH (UID 3 BODY[]<0> NIL)\r\n",
        "* 1 FETCH (UID 3 BODY[]<0> {1}\r\nx)\r\n* 1 FETCH (UID 3 BODY[]<0> {1}\r\nx)\r\n"}) {
    Dialogue odd(opened({{"UID FETCH 3 ", answer}}));
    auto folder = in().open(odd.account(Protocol::imap), "");
    Collected collected;
    const auto reason = reason_of([&] { folder->fetch({"3"}, 100, collected); });
    EXPECT_TRUE(reason == "peer_garbled" || reason == "peer_too_long") << answer << reason;
    EXPECT_EQ(reason_of([&] { folder->list("", 1); }), "peer_closed");
  }
}

TEST_F(MailDialectsTest, WhatASinkThrowsComesThroughAndEndsTheLine) {
  struct Full final : MailSink {
    void piece(std::string_view) override { throw std::runtime_error("disk full"); }
    void end(std::string_view, bool) override {}
  } full;
  Dialogue odd(
      opened({{"UID FETCH 3 ", "* 1 FETCH (UID 3 BODY[]<0> {1}\r\nx)\r\n%t OK done\r\n"}}));
  auto folder = in().open(odd.account(Protocol::imap), "");
  EXPECT_THROW(folder->fetch({"3"}, 100, full), std::runtime_error);
  EXPECT_EQ(reason_of([&] { folder->list("", 1); }), "peer_closed");
  EXPECT_THROW(folder->fetch({"3 (FLAGS)"}, 100, full), std::invalid_argument);
}

TEST_F(MailDialectsTest, SomeProvidersWantToKnowTheProgram) {  // RFC 2971
  Dialogue provider({{"", "* OK [CAPABILITY IMAP4rev1 ID] hi\r\n"},
                     {"LOGIN ", "%t OK in\r\n"},
                     {"CAPABILITY", "* CAPABILITY IMAP4rev1 ID\r\n%t OK done\r\n"},
                     {"ID (\"name\" \"Baijin\")", "* ID NIL\r\n%t OK done\r\n"},
                     {"SELECT", "%t NO Unsafe Login\r\n"},
                     {"LIST \"\" \"INBOX\"", "* LIST () \"/\" \"INBOX\"\r\n%t OK done\r\n"}});
  const auto steps = in().try_account(provider.account(Protocol::imap), "");
  EXPECT_EQ(story_of(steps), "name connect greeting log_in folder!peer_refused");
  EXPECT_EQ(steps.back().said, "Unsafe Login");
  EXPECT_EQ(provider.trouble(), "");
}

TEST_F(MailDialectsTest, LogsInAsTheServerLikes) {
  const std::string plain = "AHNlcnZpY2VAZGVzay50ZXN0AGdlaGVpbQ==";
  const std::string token = "dXNlcj1zZXJ2aWNlQGRlc2sudGVzdAFhdXRoPUJlYXJlciBnZWhlaW0BAQ==";
  const auto capable = [](const std::string& list) {
    return Turn{"", "* OK [CAPABILITY IMAP4rev1 " + list + "] hi\r\n"};
  };
  struct Case {
    LogIn log_in;
    std::vector<Turn> turns;
    std::string reason;
  };
  const std::vector<Case> imap{
      {LogIn::password,
       {capable("AUTH=PLAIN"), {"AUTHENTICATE PLAIN", "+ \r\n"}, {plain, "b1 NO no\r\n"}},
       "login_refused"},
      {LogIn::token,
       {capable("AUTH=XOAUTH2 SASL-IR"),
        {"AUTHENTICATE XOAUTH2 " + token, "+ eyJzdGF0dXMiOiI0MDAifQ==\r\n"},
        {"", "b1 NO [AUTHENTICATIONFAILED] expired\r\n"}},
       "login_refused"},
      {LogIn::token, {capable("AUTH=PLAIN")}, "login_not_offered"},
      {LogIn::password, {capable("LOGINDISABLED")}, "login_not_offered"},
      {LogIn::password,
       {capable("AUTH=PLAIN SASL-IR"), {plain, "%t NO [UNAVAILABLE] later\r\n"}},
       "peer_busy"}};
  for (const auto& [log_in, turns, reason] : imap) {
    Dialogue dialogue(turns);
    EXPECT_EQ(in().try_account(dialogue.account(Protocol::imap, log_in), "").back().reason, reason);
    EXPECT_EQ(dialogue.trouble(), "");
  }
  const auto hello = [](const std::string& line) {
    return Turn{"EHLO desk.test", "250-mail.test\r\n250 " + line + "\r\n"};
  };
  const std::vector<Case> smtp{
      {LogIn::password,
       {{"", "220 hi\r\n"}, hello("AUTH=PLAIN LOGIN"), {"AUTH PLAIN " + plain, "235 in\r\n"}},
       ""},
      {LogIn::password,
       {{"", "220 hi\r\n"},
        hello("AUTH LOGIN"),
        {"AUTH LOGIN", "334 VXNlcm5hbWU6\r\n"},
        {"c2VydmljZUBkZXNrLnRlc3Q=", "334 UGFzc3dvcmQ6\r\n"},
        {"Z2VoZWlt", "235 in\r\n"}},
       ""},
      {LogIn::token,
       {{"", "220 hi\r\n"},
        hello("AUTH XOAUTH2"),
        {"AUTH XOAUTH2 " + token, "334 eyJzdGF0dXMiOiI0MDAifQ==\r\n"},
        {"", "535 expired\r\n"}},
       "login_refused"},
      {LogIn::password, {{"", "220 hi\r\n"}, hello("AUTH CRAM-MD5")}, "login_not_offered"},
      {LogIn::password, {{"", "220 hi\r\n"}, hello("SIZE 5")}, "login_not_offered"},
      {LogIn::none, {{"", "220 hi\r\n"}, hello("SIZE 5")}, ""}};
  for (const auto& [log_in, turns, reason] : smtp) {
    Dialogue dialogue(turns);
    EXPECT_EQ(out().try_account(dialogue.account(Protocol::smtp, log_in), "").back().reason,
              reason);
    EXPECT_EQ(dialogue.trouble(), "");
  }
  Dialogue pop3({{"", "+OK hi\r\n"},
                 {"AUTH XOAUTH2 " + token, "+ eyJzdGF0dXMiOiI0MDAifQ==\r\n"},
                 {"", "-ERR expired\r\n"}});
  EXPECT_EQ(in().try_account(pop3.account(Protocol::pop3, LogIn::token), "").back().reason,
            "login_refused");
}

TEST_F(MailDialectsTest, AnOldSmtpServerGetsNothingItCannotTake) {
  Dialogue old({{"", "220 hi\r\n"}, {"EHLO", "250 mail.test\r\n"}});
  const auto account = old.account(Protocol::smtp, LogIn::none);
  const auto reason = [&](const std::string& text, const std::string& from, const std::string& to) {
    const auto handed = out().send(account, {from, {to}, text});
    EXPECT_EQ(handed.outcome, Outcome::refused_for_good);
    return handed.refused.empty() ? handed.reason : handed.refused[0].reason;
  };
  EXPECT_EQ(reason("Subject: 你好\r\n", "a@b.test", "c@d.test"), "eight_bit_not_offered");
  EXPECT_EQ(reason("Subject: x\r\n", "你@b.test", "c@d.test"), "smtputf8_not_offered");
  EXPECT_EQ(reason("Subject: x\r\n", "a@b.test", "你@d.test"), "smtputf8_not_offered");
  EXPECT_EQ(old.trouble(), "");  // nothing was said after EHLO
}

TEST_F(MailDialectsTest, AFullMailboxIsTold) {
  Dialogue imap(opened({{"COPY 7 \"done\"", "%t NO [OVERQUOTA] Quota exceeded\r\n"},
                        {"LIST \"\" \"done\"", "* LIST () \"/\" \"done\"\r\n%t OK listed\r\n"}}));
  auto folder = in().open(imap.account(Protocol::imap), "");
  try {
    folder->move({"7"}, "done");
    ADD_FAILURE() << "the folder is full";
  } catch (const LineFailure& failure) {
    EXPECT_EQ(failure.reason, "peer_refused");
    EXPECT_NE(failure.said.find("Quota exceeded"), std::string::npos) << failure.said;
  }
  EXPECT_EQ(imap.trouble(), "");
  for (const std::string said : {"552 5.2.2 Mailbox full", "452 4.2.2 Mailbox full"}) {
    Dialogue smtp({{"", "220 hi\r\n"},
                   {"EHLO", "250 mail.test\r\n"},
                   {"MAIL FROM", "250 yes\r\n"},
                   {"RCPT TO", said + "\r\n"}});
    const auto handed = out().send(smtp.account(Protocol::smtp, LogIn::none),
                                   {"a@b.test", {"c@d.test"}, "Subject: x\r\n\r\nx\r\n"});
    EXPECT_EQ(handed.outcome,
              said[0] == '5' ? Outcome::refused_for_good : Outcome::refused_for_now);
    ASSERT_EQ(handed.refused.size(), 1U);
    EXPECT_EQ(handed.refused[0].reason, "recipient_refused");
    EXPECT_EQ(handed.refused[0].for_good, said[0] == '5');
    EXPECT_EQ(handed.refused[0].said, said);
  }
}

TEST_F(MailDialectsTest, WhoWaitsIsWokenWhenTheProgramEnds) {
  Dialogue idle(opened({{"IDLE", "+ idling\r\n"}}, " IDLE"));
  auto folder = in().open(idle.account(Protocol::imap), "");
  std::thread ending([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    lines->stop();
  });
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(reason_of([&] { folder->wait(seconds(20), {}); }), "stopped");
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(3));
  EXPECT_EQ(out().send(idle.account(Protocol::smtp), {"a@b.test", {"c@d.test"}, "x"}).reason,
            "stopped");
  ending.join();
}

}  // namespace
}  // namespace baijin::net
