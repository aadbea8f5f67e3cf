// What mail servers do wrong, at every step of every protocol (R16, checklist 38–40): no crash,
// bounded time and memory, the right outcome, and afterwards nothing is lost.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <thread>

#include "net/test_lines.h"
#include "peers/scripted_mail.h"

namespace baijin::net {
namespace {

using namespace testing;  // NOLINT: test words
using Outcome = Handed::Outcome;
using peers::Mischief;
using peers::Opening;
using Protocol = MailAccount::Protocol;
using Security = MailAccount::Security;
using Reasons = std::vector<std::string>;

constexpr int tls_steps = 3;  // STARTTLS, the handshake, and asking again what is offered
constexpr auto longest = std::chrono::milliseconds(3'000);  // of one case, on a busy machine
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr long most_memory_kib = 1'024 * 1'024;  // sanitizers keep what was given back
#else
constexpr long most_memory_kib = 48 * 1'024;  // that a whole table may take
#endif

long memory_kib() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

MailAccount at(Protocol protocol, int port, Opening opening) {
  auto account = account_at(protocol, port, Security::none);
  if (opening == Opening::tls) account.security = Security::tls;
  if (opening == Opening::starttls) account.security = Security::starttls;
  return account;
}

// What a failure may be called after this mischief; "" where what was refused is not needed.
bool fits(const std::string& reason, Mischief mischief, Opening opening) {
  static const std::map<Mischief, Reasons> right{
      {Mischief::close, {"peer_closed"}},
      {Mischief::half, {"peer_closed", "peer_garbled"}},
      {Mischief::hang, {"peer_timed_out"}},
      {Mischief::refuse_now,
       {"peer_busy", "peer_refused", "tls_not_offered", "tls_failed", "peer_closed", ""}},
      {Mischief::refuse,
       {"peer_refused", "login_refused", "tls_not_offered", "tls_failed", "peer_garbled",
        "peer_busy", "peer_closed", ""}},
      {Mischief::garbage, {"peer_garbled", "tls_failed"}},
      {Mischief::endless_line, {"peer_too_long", "tls_failed"}},
      {Mischief::huge_literal, {"peer_too_long", "peer_garbled", "tls_failed"}},
      {Mischief::negative_literal, {"peer_garbled", "tls_failed"}},
      {Mischief::drip, {"peer_timed_out"}},
  };
  // What a server says before the handshake is thrown away (checklist 39); then it is silent.
  if (opening != Opening::plain && reason == "peer_timed_out") return true;
  const auto& reasons = right.at(mischief);
  return std::find(reasons.begin(), reasons.end(), reason) != reasons.end();
}

class MailFaultsTest : public ::testing::TestWithParam<Opening> {
 protected:
  void SetUp() override {
    lines = Lines::open(options());
    memory_before_ = memory_kib();
  }
  void TearDown() override { EXPECT_LT(memory_kib() - memory_before_, most_memory_kib); }

  static OutgoingOptions options() {
    auto options = test_options(authority().file());
    options.limits.connect_ms = 2'000;
    options.limits.silence_ms = 250;
    options.limits.command_ms = 400;
    options.limits.verdict_ms = 300;
    return options;
  }
  static peers::Authority& authority() {
    static peers::Authority one;
    return one;
  }
  static const peers::Certificate& certificate() {
    static const auto one = authority().issue();
    return one;
  }

  // Every mischief has a thread and a server of its own: most of the time is spent waiting.
  static void for_all_mischief(const std::function<void(Mischief)>& table) {
    std::vector<std::thread> threads;
    for (const auto mischief : peers::all_mischief) {
      threads.emplace_back([&table, mischief] { table(mischief); });
    }
    for (auto& thread : threads) thread.join();
  }

  // Does it at every step of a talk up to the good-bye, to which nobody listens. A plain talk takes
  // `steps`; STARTTLS takes three more.
  template <class Server>
  void at_every_step(Server& server, Mischief mischief, int steps,
                     const std::function<void()>& one) {
    if (GetParam() == Opening::tls) steps = 2;  // from then on it is as with the others
    if (GetParam() == Opening::starttls) steps += tls_steps;
    steps_ = steps;
    talks_ += steps;
    for (int step = 0; step < steps; ++step) {
      SCOPED_TRACE("step " + std::to_string(step) + ", " + std::string(peers::name_of(mischief)));
      server.follow(step, mischief);
      const auto begun = std::chrono::steady_clock::now();
      one();
      EXPECT_LT(std::chrono::steady_clock::now() - begun, longest);
    }
  }

  // For the report: a table that passed is told of, too.
  void tell(const std::string& protocol, const std::string& also) const {
    RecordProperty("score", protocol + ": " + std::to_string(steps_) + " steps x " +
                                std::to_string(std::size(peers::all_mischief)) + " faults, " +
                                std::to_string(talks_) + " talks, " +
                                (HasFailure() ? "NOT all" : "all") + " as expected; " + also);
  }

  std::unique_ptr<Lines> lines;

 private:
  long memory_before_ = 0;
  std::atomic<int> steps_{0}, talks_{0};
};

std::string mail(int number) {
  return "Subject: " + std::to_string(number) + "\r\n\r\n.\r\nhello\r\n";
}

// Everything a mailbox does with new mail: what was fetched is moved or removed, and not before.
void work(MailIn& in, const MailAccount& account, Collected& collected) {
  auto folder = in.open(account, "");
  const auto ids = ids_of(folder->list("", 100));
  folder->fetch(ids, 100'000, collected);
  folder->mark_seen(ids);
  if (account.protocol == Protocol::imap && ids.size() > 1) folder->move({ids[0]}, "done");
  if (account.protocol == Protocol::imap) folder->wait(milliseconds(50), {});
  if (!ids.empty()) folder->remove({ids.back()});
}

// How often each message came, whatever its id.
void count(std::map<std::string, int>& seen, const Collected& collected) {
  for (const auto& one : collected.mails) ++seen[one.raw];
}

// The server behaves again: what is still there comes, and everything has come once at least.
template <class Server>
void expect_nothing_lost(Server& server, MailIn& in, const MailAccount& account, int delivered,
                         std::map<std::string, int>& seen) {
  server.follow(-1, Mischief::none);
  Collected rest;
  auto folder = in.open(account, "");
  folder->fetch(ids_of(folder->list("", 10'000)), 100'000, rest);
  count(seen, rest);
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(delivered));
  for (int i = 0; i < delivered; ++i) EXPECT_TRUE(seen.contains(mail(i))) << i;
}

TEST_P(MailFaultsTest, ImapLosesNothing) {
  std::atomic<int> kept{0};
  for_all_mischief([&](Mischief mischief) {
    peers::ScriptedImap server(GetParam(), certificate());
    const auto account = at(Protocol::imap, server.port(), GetParam());
    int delivered = 0;
    std::map<std::string, int> seen;
    const auto deliver_and_work = [&] {
      for (int i = 0; i < 2; ++i) server.deliver(mail(delivered++));
      Collected collected;
      auto reason = reason_of([&] { work(lines->mail_in(), account, collected); });
      count(seen, collected);
      return reason;
    };
    ASSERT_EQ(deliver_and_work(), "");
    at_every_step(server, mischief, 16, [&] {
      const auto reason = deliver_and_work();
      EXPECT_TRUE(fits(reason, mischief, GetParam())) << reason;
    });
    expect_nothing_lost(server, lines->mail_in(), account, delivered, seen);
    kept += delivered;
  });
  tell("IMAP", std::to_string(kept) + " messages, none lost");
}

TEST_P(MailFaultsTest, Pop3LosesNothing) {
  std::atomic<int> kept{0};
  for_all_mischief([&](Mischief mischief) {
    peers::ScriptedPop3 server(GetParam(), certificate());
    const auto account = at(Protocol::pop3, server.port(), GetParam());
    int delivered = 0;
    std::map<std::string, int> seen;
    bool in_message = false;
    const auto deliver_and_work = [&] {
      for (int i = 0; i < 2; ++i) server.deliver(mail(delivered++));
      Collected collected;
      auto reason = reason_of([&] { work(lines->mail_in(), account, collected); });
      in_message = !collected.coming.empty();
      count(seen, collected);
      return reason;
    };
    ASSERT_EQ(deliver_and_work(), "");
    at_every_step(server, mischief, 9, [&] {
      const auto reason = deliver_and_work();
      // In the middle of a message every octet is good: what ends it is time.
      EXPECT_TRUE(fits(reason, mischief, GetParam()) || (in_message && reason == "peer_timed_out"))
          << reason;
    });
    expect_nothing_lost(server, lines->mail_in(), account, delivered, seen);
    kept += delivered;
  });
  tell("POP3", std::to_string(kept) + " messages, none lost");
}

// One message over a line of its own; false when the outcome does not go with what the server did.
void expect_right_outcome(const Handed& handed, std::size_t taken, Mischief mischief,
                          Opening opening) {
  SCOPED_TRACE(handed.reason + ": " + handed.said);
  const bool refusing = mischief == Mischief::refuse || mischief == Mischief::refuse_now;
  switch (handed.outcome) {
    case Outcome::accepted:  // by all but one, or with a word that nobody needed
      EXPECT_EQ(taken, 1U);
      EXPECT_TRUE(refusing);
      break;
    case Outcome::unclear:
      EXPECT_EQ(taken, 1U);
      EXPECT_FALSE(refusing);
      EXPECT_TRUE(fits(handed.reason, mischief, opening));
      break;
    case Outcome::refused_for_good: EXPECT_EQ(mischief, Mischief::refuse); break;
    case Outcome::refused_for_now:
      EXPECT_TRUE(taken == 0 || mischief == Mischief::refuse_now);
      EXPECT_TRUE(fits(handed.reason, mischief, opening) || handed.reason.ends_with("_refused"));
      break;
  }
}

TEST_P(MailFaultsTest, SmtpIsDoubledOnlyWhenNobodyCouldKnow) {
  std::atomic<int> unclear{0};
  for_all_mischief([&](Mischief mischief) {
    for (const bool pipelining : {false, true}) {
      if (pipelining && GetParam() == Opening::starttls) continue;  // as long as all the others
      peers::ScriptedSmtp server(GetParam(), certificate(), pipelining);
      const auto account = at(Protocol::smtp, server.port(), GetParam());
      const OutgoingMail letter{
          "service@desk.test", {"a@kunde.test", "b@kunde.test"}, "Subject: x\r\n\r\nx\r\n"};
      const auto send = [&] { return Lines::open(options())->mail_out().send(account, letter); };
      ASSERT_EQ(send().outcome, Outcome::accepted);
      at_every_step(server, mischief, 8, [&] {
        const auto before = server.taken().size();
        const auto handed = send();
        expect_right_outcome(handed, server.taken().size() - before, mischief, GetParam());
        unclear += handed.outcome == Outcome::unclear ? 1 : 0;
      });
    }
  });
  // The verdict is one step, and eight kinds of mischief leave it unsaid.
  EXPECT_EQ(unclear, GetParam() == Opening::plain ? 16 : GetParam() == Opening::starttls ? 8 : 0);
  tell("SMTP",
       std::to_string(unclear) + " unclear, all of them between the last octet and its verdict");
}

TEST_P(MailFaultsTest, SmtpRefusalsAreTakenAtTheirWord) {
  peers::ScriptedSmtp server(GetParam(), certificate());
  const auto account = at(Protocol::smtp, server.port(), GetParam());
  const OutgoingMail letter{"service@desk.test", {"a@kunde.test"}, "S: x\r\n\r\nx\r\n"};
  const int before = GetParam() == Opening::plain ? 3 : GetParam() == Opening::tls ? 4 : 6;
  const std::vector<std::string> reasons{"sender_refused", "all_recipients_refused",
                                         "message_refused", "message_refused"};
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    for (const auto mischief : {Mischief::refuse, Mischief::refuse_now}) {
      server.follow(before + static_cast<int>(i), mischief);
      const auto handed = Lines::open(options())->mail_out().send(account, letter);
      EXPECT_EQ(handed.outcome, mischief == Mischief::refuse ? Outcome::refused_for_good
                                                             : Outcome::refused_for_now);
      EXPECT_EQ(handed.reason, reasons[i]);
    }
  }
}

std::string opening_name(const ::testing::TestParamInfo<Opening>& opening) {
  if (opening.param == Opening::plain) return "plain";
  return opening.param == Opening::tls ? "tls" : "starttls";
}
INSTANTIATE_TEST_SUITE_P(Openings, MailFaultsTest,
                         ::testing::Values(Opening::plain, Opening::tls, Opening::starttls),
                         opening_name);

}  // namespace
}  // namespace baijin::net
