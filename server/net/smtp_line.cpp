#include "net/smtp_line.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "net/characters.h"
#include "net/dot_text.h"

namespace baijin::net {
namespace {

using Outcome = Handed::Outcome;

constexpr int closing_down = 421;
constexpr int too_large = 552;
constexpr int send_it = 354;
constexpr int say_more = 334;
constexpr std::size_t longest_address = 254;
constexpr std::size_t most_recipients = 100;
constexpr std::size_t piece_bytes = 64 * 1024;

bool is_ascii(std::string_view text) { return std::none_of(text.begin(), text.end(), is_high); }

// Nothing that could end the command or the address in it (M5).
bool is_envelope_address(std::string_view address) {
  const auto at = address.rfind('@');
  const bool shaped = at != std::string_view::npos && at > 0 && at + 1 < address.size();
  const auto hurts = [](char c) { return is_control(c) || c == ' ' || c == '<' || c == '>'; };
  return shaped && address.size() <= longest_address && is_utf8(address) &&
         std::none_of(address.begin(), address.end(), hurts);
}

Outcome outcome_of(const SmtpReply& reply) {
  return reply.for_good() ? Outcome::refused_for_good : Outcome::refused_for_now;
}

LineFailure failure_of(const SmtpReply& reply, std::string_view reason) {
  return {reply.for_now() ? "peer_busy" : reason, reply.text()};
}

}  // namespace

struct SmtpLine::Envelope {
  std::string from, options;
  std::vector<std::string> to;
};

SmtpLine::SmtpLine(const Outgoing& outgoing, const MailAccount& account, Steps& steps)
    : our_name_(outgoing.dialler.options().our_name), wire_(connect(outgoing, account, steps)) {
  greet(steps);
  if (account.security == MailAccount::Security::starttls) start_tls(outgoing, account, steps);
  if (account.log_in != MailAccount::LogIn::none) log_in(account, steps);
}

SmtpLine::~SmtpLine() {
  if (!wire_) return;
  try {
    wire_->begin();
    wire_->write("QUIT\r\n");
  } catch (const LineFailure&) {
    wire_.reset();  // nobody is left to say good-bye to
  }
}

Wire& SmtpLine::wire() {
  if (!wire_) throw LineFailure("peer_closed");
  return *wire_;
}

SmtpReply SmtpLine::ask(std::string_view command) {
  wire().begin();
  wire().write(std::string(command) + "\r\n");
  return read_smtp_reply(wire());
}

void SmtpLine::greet(Steps& steps) {
  steps.begin("greeting");
  wire().begin();
  const auto greeting = read_smtp_reply(wire());
  if (!greeting.good()) throw failure_of(greeting, "peer_refused");
  steps.say(greeting.text());
  say_hello();
}

void SmtpLine::say_hello() {
  const auto reply = ask("EHLO " + our_name_);
  if (!reply.good()) throw failure_of(reply, "peer_refused");
  offers_ = {};
  for (const auto& line : reply.lines) {
    const auto blank = std::min(line.find_first_of(" ="), line.size());
    const auto word = std::string_view(line).substr(0, blank);
    const auto rest = std::string_view(line).substr(std::min(blank + 1, line.size()));
    if (has_word(word, "STARTTLS")) offers_.starttls = true;
    if (has_word(word, "PIPELINING")) offers_.pipelining = true;
    if (has_word(word, "8BITMIME")) offers_.eight_bit = true;
    if (has_word(word, "SMTPUTF8")) offers_.smtputf8 = true;
    if (has_word(word, "AUTH")) offers_.mechanisms += std::string(rest) + " ";
    if (has_word(word, "SIZE")) {
      std::from_chars(rest.data(), rest.data() + rest.size(), offers_.most_bytes);
    }
  }
}

void SmtpLine::start_tls(const Outgoing& outgoing, const MailAccount& account, Steps& steps) {
  steps.begin("secure");
  if (!offers_.starttls) throw LineFailure("tls_not_offered");
  const auto reply = ask("STARTTLS");
  if (!reply.good()) throw failure_of(reply, "tls_not_offered");
  wire().begin();
  wire().secure(outgoing.trust, plain_host(account.host));
  // What was offered before may have been written by anybody (RFC 3207 §4.2).
  say_hello();
}

SmtpReply SmtpLine::answer_login(const SmtpReply& first, const std::vector<std::string>& answers) {
  auto reply = first;
  for (const auto& answer : answers) {
    if (reply.code != say_more) break;
    reply = ask(answer);
  }
  return reply;
}

void SmtpLine::log_in(const MailAccount& account, Steps& steps) {
  steps.begin("log_in");
  SmtpReply reply;
  if (account.log_in == MailAccount::LogIn::token) {
    if (!has_word(offers_.mechanisms, "XOAUTH2")) throw LineFailure("login_not_offered");
    // A 334 tells why it will refuse; an empty answer lets it do so.
    reply = answer_login(ask("AUTH XOAUTH2 " + sasl_xoauth2(account)), {""});
  } else if (has_word(offers_.mechanisms, "PLAIN")) {
    reply = ask("AUTH PLAIN " + sasl_plain(account));
  } else if (has_word(offers_.mechanisms, "LOGIN")) {
    reply = answer_login(ask("AUTH LOGIN"), {base64(account.user), base64(account.secret)});
  } else {
    throw LineFailure("login_not_offered");
  }
  if (reply.code >= 300 && reply.code < 400) throw LineFailure("peer_garbled", reply.text());
  if (!reply.good()) throw failure_of(reply, "login_refused");
}

bool SmtpLine::is_open() { return wire_ && !wire_->is_stale(); }

// Back to where a message can begin.
void SmtpLine::reset() {
  if (wire_ && !ask("RSET").good()) wire_.reset();
}

void SmtpLine::try_sender(std::string_view from) {
  if (!is_envelope_address(from)) throw LineFailure("sender_refused");
  const auto reply = ask("MAIL FROM:<" + std::string(from) + ">");
  if (!reply.good()) throw failure_of(reply, "sender_refused");
  reset();
}

// What can be known before a word is said. False: `handed` says why not.
bool SmtpLine::fits(const OutgoingMail& mail, Envelope& envelope, Handed& handed) const {
  handed.outcome = Outcome::refused_for_good;
  const auto size = static_cast<std::int64_t>(mail.message.size());
  bool utf8 = !is_ascii(mail.from);
  if (!mail.from.empty() && !is_envelope_address(mail.from)) handed.reason = "address_malformed";
  else if (mail.to.empty() || mail.to.size() > most_recipients) handed.reason = "address_malformed";
  else if (utf8 && !offers_.smtputf8) handed.reason = "smtputf8_not_offered";
  else if (offers_.most_bytes > 0 && size > offers_.most_bytes) handed.reason = "message_too_large";
  const bool eight_bit = !is_ascii(mail.message);
  if (handed.reason.empty() && eight_bit && !offers_.eight_bit) {
    handed.reason = "eight_bit_not_offered";
  }
  if (!handed.reason.empty()) return false;
  for (const auto& address : mail.to) {
    if (!is_envelope_address(address)) {
      handed.refused.push_back({address, true, "address_malformed", ""});
    } else if (!is_ascii(address) && !offers_.smtputf8) {
      handed.refused.push_back({address, true, "smtputf8_not_offered", ""});
    } else {
      utf8 = utf8 || !is_ascii(address);
      envelope.to.push_back(address);
    }
  }
  envelope.from = mail.from;
  if (offers_.most_bytes > 0) envelope.options += " SIZE=" + std::to_string(size);
  if (eight_bit || utf8) envelope.options += " BODY=8BITMIME";
  if (utf8) envelope.options += " SMTPUTF8";
  handed.reason = "all_recipients_refused";
  return !envelope.to.empty();
}

// Sender and recipients, in one packet where the server takes that (RFC 2920). False when nobody is
// left to send to.
bool SmtpLine::address(const Envelope& envelope, Handed& handed) {
  std::vector<std::string> commands{"MAIL FROM:<" + envelope.from + ">" + envelope.options +
                                    "\r\n"};
  for (const auto& recipient : envelope.to) commands.push_back("RCPT TO:<" + recipient + ">\r\n");
  wire().begin();
  if (offers_.pipelining) {
    std::string together;
    for (const auto& command : commands) together += command;
    wire().write(together);
  }
  std::optional<SmtpReply> sender;
  bool for_good = true;
  std::size_t accepted = 0;
  for (std::size_t at = 0; at < commands.size(); ++at) {
    if (!offers_.pipelining) wire().write(commands[at]);
    const auto reply = read_smtp_reply(wire());
    handed.said = reply.text();
    if (reply.code == closing_down) throw LineFailure("peer_busy", reply.text());
    if (at == 0) {
      sender = reply;
      if (!reply.good() && !offers_.pipelining) break;
    } else if (reply.good()) {
      ++accepted;
    } else {
      for_good = for_good && reply.for_good();
      handed.refused.push_back(
          {envelope.to[at - 1], reply.for_good(), "recipient_refused", reply.text()});
    }
  }
  if (sender->good() && accepted > 0) return true;
  handed.outcome = for_good ? Outcome::refused_for_good : Outcome::refused_for_now;
  if (sender->good()) return false;
  handed.refused.clear();  // whatever was said of them, it was said because of the sender
  handed.outcome = outcome_of(*sender);
  handed.reason = sender->code == too_large ? "message_too_large" : "sender_refused";
  handed.said = sender->text();
  return false;
}

// False when the server refuses in words.
bool SmtpLine::transmit(std::string_view message, Handed& handed, bool& complete) {
  auto reply = ask("DATA");
  if (reply.code == send_it) {
    wire().begin(static_cast<std::int64_t>(message.size()));
    DotWriter writer;
    std::size_t at = 0;
    do {
      std::string piece;
      writer.add(piece, message.substr(at, piece_bytes));
      at += piece_bytes;
      if (at >= message.size()) writer.end(piece);
      wire().write(piece);
    } while (at < message.size());
    complete = true;
    wire().begin_verdict();
    reply = read_smtp_reply(wire());
  } else if (reply.good()) {
    throw LineFailure("peer_garbled", reply.text());
  }
  if (complete && reply.code >= 300 && reply.code < 400) {
    throw LineFailure("peer_garbled", reply.text());
  }
  complete = false;  // it has said what it did
  handed.said = reply.text();
  handed.outcome = reply.good() ? Outcome::accepted : outcome_of(reply);
  handed.reason = reply.good() ? "" : "message_refused";
  if (reply.code == too_large) handed.reason = "message_too_large";
  if (reply.code == closing_down) wire_.reset();
  return reply.good();
}

Handed SmtpLine::send(const OutgoingMail& mail) {
  Handed handed;
  Envelope envelope;
  if (!fits(mail, envelope, handed)) return handed;
  bool complete = false;
  try {
    if (address(envelope, handed) && transmit(mail.message, handed, complete)) return handed;
  } catch (const LineFailure& failure) {
    wire_.reset();
    handed.outcome = complete ? Outcome::unclear : Outcome::refused_for_now;
    handed.reason = failure.reason;
    handed.said = failure.said;
    if (!complete) handed.refused.clear();
    return handed;
  }
  try {
    reset();
  } catch (const LineFailure&) {
    wire_.reset();  // what was said of the message stands
  }
  return handed;
}

}  // namespace baijin::net
