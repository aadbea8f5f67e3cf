// Messages a second over the wire, against scripted servers in the same process: handed to an SMTP
// server over one kept connection (target: 500/s), fetched from an IMAP server.
//
//   mail_wire_bench [MESSAGES]
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <string>

#include "net/lines.h"
#include "peers/scripted_mail.h"

namespace {

using namespace baijin;  // NOLINT: a program of its own
using Protocol = MailAccount::Protocol;
using Security = MailAccount::Security;

std::string letter(int number) {
  std::string text = "From: 服务台 <service@desk.test>\r\nTo: wang@kunde.test\r\nSubject: number " +
                     std::to_string(number) + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
  while (text.size() < 3'000)
    text += "您好，泵站二号机组的压力传感器读数不稳定。 The reading jumps.\r\n";
  return text;
}

MailAccount account_at(Protocol protocol, int port, Security security) {
  MailAccount account;
  account.protocol = protocol;
  account.host = "127.0.0.1";
  account.port = port;
  account.security = security;
  account.user = "service@desk.test";
  account.secret = "geheim";
  return account;
}

struct Counting final : MailSink {
  int messages = 0;
  std::int64_t bytes = 0;
  void piece(std::string_view octets) override {
    bytes += static_cast<std::int64_t>(octets.size());
  }
  void end(std::string_view, bool) override { ++messages; }
};

template <class Work>
void measure(const std::string& what, int messages, Work work) {
  const auto begun = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  fmt::print("{:<58} {:>8.0f} messages/s\n", what, messages / took.count());
}

void send_all(net::Lines& lines, const MailAccount& account, int messages) {
  for (int i = 0; i < messages; ++i) {
    const auto text = letter(i);
    const auto handed = lines.mail_out().send(account,
                                              {"service@desk.test", {"wang@kunde.test"}, text});
    if (handed.outcome != Handed::Outcome::accepted) throw LineFailure(handed.reason, handed.said);
  }
}

void fetch_all(net::Lines& lines, const MailAccount& account, int messages, std::size_t together) {
  auto folder = lines.mail_in().open(account, "");
  Counting counting;
  std::string after;
  while (true) {
    const auto list = folder->list(after, 1'000);
    if (list.empty()) break;
    after = list.back().id;
    for (std::size_t at = 0; at < list.size(); at += together) {
      std::vector<std::string> ids;
      for (auto i = at; i < std::min(list.size(), at + together); ++i) ids.push_back(list[i].id);
      folder->fetch(ids, 1 << 20, counting);
    }
  }
  if (counting.messages != messages) throw LineFailure("not all messages came");
}

}  // namespace

int main(int count, char** arguments) {
  const int messages = count > 1 ? std::atoi(arguments[1]) : 5'000;
  peers::Authority authority;
  const auto certificate = authority.issue({"127.0.0.1"});
  net::OutgoingOptions options;
  options.allow = {"127.0.0.0/8"};
  options.ca_file = authority.file();
  const auto lines = net::Lines::open(options);
  for (const auto opening : {peers::Opening::plain, peers::Opening::starttls}) {
    const bool tls = opening == peers::Opening::starttls;
    const auto security = tls ? Security::starttls : Security::none;
    const std::string over = tls ? " over TLS" : " in the clear";
    for (const bool pipelining : {true, false}) {
      peers::ScriptedSmtp smtp(opening, certificate, pipelining);
      const auto account = account_at(Protocol::smtp, smtp.port(), security);
      const auto how = pipelining ? ", pipelined" : ", command by command";
      measure("handed to SMTP" + over + how, messages,
              [&] { send_all(*lines, account, messages); });
    }
    peers::ScriptedImap imap(opening, certificate);
    for (int i = 0; i < messages; ++i) imap.deliver(letter(i));
    const auto account = account_at(Protocol::imap, imap.port(), security);
    for (const std::size_t together : {1U, 50U}) {
      measure(fmt::format("fetched from IMAP{}, {} at a time", over, together), messages,
              [&] { fetch_all(*lines, account, messages, together); });
    }
  }
  return 0;
}
