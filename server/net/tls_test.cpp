// TLS that is always verified, cannot be stripped, and takes nothing along from before it
// (checklist 38, 39).
#include <gtest/gtest.h>

#include <mutex>

#include "net/test_lines.h"
#include "peers/scripted_mail.h"

namespace baijin::net {
namespace {

using namespace testing;  // NOLINT: test words
using peers::Opening;
using Protocol = MailAccount::Protocol;
using Security = MailAccount::Security;

class TlsTest : public ::testing::Test {
 protected:
  static OutgoingOptions options() {
    auto options = test_options(authority().file());
    options.limits.silence_ms = 2'000;
    options.limits.command_ms = 3'000;
    return options;
  }
  static peers::Authority& authority() {
    static peers::Authority one;
    return one;
  }
  std::unique_ptr<Lines> lines = Lines::open(options());
};

// The last step of trying this account.
TrialStep end_of(Lines& lines, const MailAccount& account) {
  auto steps = account.protocol == Protocol::smtp ? lines.mail_out().try_account(account, "")
                                                  : lines.mail_in().try_account(account, "");
  return steps.back();
}

// What was said to a server in the clear.
struct Overheard {
  void add(const std::string& line) {
    std::lock_guard lock(mutex);
    text += line + "\n";
  }
  std::string all() {
    std::lock_guard lock(mutex);
    return text;
  }
  std::mutex mutex;
  std::string text;
};

TEST_F(TlsTest, RefusesSixBadCertificates) {  // checklist 38
  peers::Authority stranger("Unknown CA");
  const std::vector<std::pair<std::string, peers::Certificate>> bad{
      {"certificate_expired", authority().issue({"mail.test", -30, -1})},
      {"certificate_not_yet_valid", authority().issue({"mail.test", 1, 30})},
      {"certificate_self_signed", authority().issue({"mail.test", -1, 30, true, true})},
      {"certificate_wrong_host", authority().issue({"elsewhere.test"})},
      {"certificate_unknown_issuer", stranger.issue()},
      {"certificate_wrong_purpose", authority().issue({"mail.test", -1, 30, false})}};
  for (const auto& [reason, certificate] : bad) {
    for (const auto opening : {Opening::tls, Opening::starttls}) {
      SCOPED_TRACE(reason);
      const auto security = opening == Opening::tls ? Security::tls : Security::starttls;
      peers::ScriptedImap imap(opening, certificate);
      peers::ScriptedPop3 pop3(opening, certificate);
      peers::ScriptedSmtp smtp(opening, certificate);
      for (const auto& account : {account_at(Protocol::imap, imap.port(), security),
                                  account_at(Protocol::pop3, pop3.port(), security),
                                  account_at(Protocol::smtp, smtp.port(), security)}) {
        const auto end = end_of(*lines, account);
        EXPECT_EQ(end.step, "secure");
        EXPECT_EQ(end.reason, reason);
        EXPECT_NE(end.said.find("CN = "), std::string::npos) << end.said;
        EXPECT_NE(end.said.find("valid from"), std::string::npos) << end.said;
      }
      EXPECT_EQ(lines->mail_out()
                    .send(account_at(Protocol::smtp, smtp.port(), security),
                          {"a@desk.test", {"b@kunde.test"}, "Subject: x\r\n\r\n"})
                    .reason,
                reason);
      EXPECT_TRUE(smtp.taken().empty());
    }
  }
  RecordProperty("score", std::to_string(bad.size()) +
                              " bad certificates x IMAP, POP3, SMTP x TLS, STARTTLS, " +
                              (HasFailure() ? "NOT all" : "all") + " refused by their reason");
}

TEST_F(TlsTest, TakesGoodOnes) {
  const std::vector<std::pair<std::string, std::string>> good{
      {"mail.test", "mail.test"}, {"127.0.0.1", "127.0.0.1"}, {"*.kunde.test", "mail.kunde.test"}};
  for (const auto& [on_certificate, host] : good) {
    peers::ScriptedImap imap(Opening::tls, authority().issue({on_certificate}));
    auto account = account_at(Protocol::imap, imap.port(), Security::tls);
    account.host = host;
    EXPECT_EQ(end_of(*lines, account).reason, "") << on_certificate;
  }
  peers::ScriptedImap name_for_number(Opening::tls, authority().issue({"mail.test"}));
  auto account = account_at(Protocol::imap, name_for_number.port(), Security::tls);
  account.host = "127.0.0.1";
  EXPECT_EQ(end_of(*lines, account).reason, "certificate_wrong_host");
}

TEST_F(TlsTest, CannotBeStripped) {  // checklist 38
  Overheard heard;
  peers::ScriptedPeer imap([&](peers::PeerTalk& talk) {
    talk.say("* OK ready\r\n");
    while (true) {
      const auto line = talk.line();
      heard.add(line);
      talk.say("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" + line.substr(0, line.find(' ')) +
               " OK done\r\n");
    }
  });
  peers::ScriptedPeer preauth([&](peers::PeerTalk& talk) {
    talk.say("* PREAUTH you are in\r\n");
    while (true) heard.add(talk.line());
  });
  peers::ScriptedPeer smtp([&](peers::PeerTalk& talk) {
    talk.say("220 ready\r\n");
    while (true) {
      heard.add(talk.line());
      talk.say("250-mail.test\r\n250 AUTH PLAIN LOGIN\r\n");
    }
  });
  peers::ScriptedPeer pop3([&](peers::PeerTalk& talk) {
    talk.say("+OK ready\r\n");
    while (true) {
      heard.add(talk.line());
      talk.say("-ERR unknown\r\n");
    }
  });
  const auto reason = [&](Protocol protocol, const peers::ScriptedPeer& peer) {
    return end_of(*lines, account_at(protocol, peer.port(), Security::starttls)).reason;
  };
  EXPECT_EQ(reason(Protocol::imap, imap), "tls_not_offered");
  EXPECT_EQ(reason(Protocol::imap, preauth), "peer_garbled");
  EXPECT_EQ(reason(Protocol::smtp, smtp), "tls_not_offered");
  EXPECT_EQ(reason(Protocol::pop3, pop3), "tls_not_offered");
  for (const char* secret : {"geheim", "Z2VoZWlt", "LOGIN ", "AUTH", "PASS", "MAIL FROM"}) {
    EXPECT_EQ(heard.all().find(secret), std::string::npos) << heard.all();
  }
}

TEST_F(TlsTest, TakesNothingAlongFromBeforeIt) {  // checklist 39
  const auto certificate = authority().issue();
  Overheard heard;
  peers::ScriptedPeer imap([&](peers::PeerTalk& talk) {
    talk.say("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n");
    const auto tag = talk.line().substr(0, 2);
    talk.say(tag +
             " OK go on\r\n* CAPABILITY IMAP4rev1 LOGINDISABLED\r\nb2 OK injected\r\n"
             "b3 OK injected\r\nb4 OK injected\r\n");
    talk.start_tls(certificate);
    while (true) {
      const auto line = talk.line();
      heard.add(line);
      const auto capable = line.find("CAPABILITY") != std::string::npos;
      talk.say(std::string(capable ? "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n" : "") +
               line.substr(0, line.find(' ')) + (capable ? " OK done\r\n" : " NO not you\r\n"));
    }
  });
  const auto end = end_of(*lines, account_at(Protocol::imap, imap.port(), Security::starttls));
  EXPECT_EQ(end.step, "log_in");
  EXPECT_EQ(end.said, "not you");  // the server's own answer
  EXPECT_NE(heard.all().find("AUTHENTICATE PLAIN"), std::string::npos);

  peers::ScriptedPeer smtp([&](peers::PeerTalk& talk) {
    talk.say("220 ready\r\n");
    talk.line();
    talk.say("250-mail.test\r\n250 STARTTLS\r\n");
    talk.line();
    talk.say("220 go on\r\n250-mail.test\r\n250 AUTH LOGIN\r\n235 injected\r\n");
    talk.start_tls(certificate);
    while (true) {
      const bool hello = talk.line().starts_with("EHLO");
      talk.say(hello ? "250-mail.test\r\n250 AUTH PLAIN\r\n" : "535 not you\r\n");
    }
  });
  const auto out = end_of(*lines, account_at(Protocol::smtp, smtp.port(), Security::starttls));
  EXPECT_EQ(out.step, "log_in");
  EXPECT_EQ(out.said, "535 not you");
}

TEST_F(TlsTest, IsNotNeededOnlyOnThisMachine) {
  for (const char* host : {"8.8.8.8", "2001:4860:4860::8888"}) {
    for (const auto protocol : {Protocol::imap, Protocol::pop3, Protocol::smtp}) {
      auto account = account_at(protocol, 9, Security::none);
      account.host = host;
      const auto end = end_of(*lines, account);
      EXPECT_EQ(end.step, "secure");
      EXPECT_EQ(end.reason, "plain_not_allowed");  // and nothing was dialled
    }
  }
}

TEST_F(TlsTest, SaysWhenTheFileOfCertificatesIsNoGood) {
  EXPECT_THROW(Lines::open(test_options("/nowhere/ca.pem")), std::runtime_error);
}

}  // namespace
}  // namespace baijin::net
