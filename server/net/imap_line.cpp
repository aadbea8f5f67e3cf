#include "net/imap_line.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <utility>

namespace baijin::net {
namespace {

using Kind = ImapReply::Kind;

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }

// Between UTF-8 and the spelling of folders; what cannot be converted stays as it is.
std::string converted(std::string_view text, const char* from, const char* to) {
  std::string made(text.size() * 6 + 16, '\0');
  UErrorCode wrong = U_ZERO_ERROR;
  const auto size = ucnv_convert(to, from, made.data(), static_cast<std::int32_t>(made.size()),
                                 text.data(), static_cast<std::int32_t>(text.size()), &wrong);
  if (U_FAILURE(wrong)) return std::string(text);
  made.resize(static_cast<std::size_t>(size));
  return made;
}

}  // namespace

std::string folder_on_wire(std::string_view utf8) {
  return converted(utf8, "UTF-8", "IMAP-mailbox-name");
}

std::string folder_from_wire(std::string_view name) {
  return converted(name, "IMAP-mailbox-name", "UTF-8");
}

std::string quoted(std::string_view text, std::string_view reason) {
  std::string made = "\"";
  for (char c : text) {
    if (c == '\r' || c == '\n' || c == '\0') throw LineFailure(reason);
    if (c == '"' || c == '\\') made.push_back('\\');
    made.push_back(c);
  }
  return made + "\"";
}

// The codes of RFC 5530.
LineFailure refusal_of(const ImapReply& reply) {
  const auto code = first_word(reply.code);
  const bool later = code == "UNAVAILABLE" || code == "INUSE" || code == "LIMIT";
  const auto said = reply.code.empty() ? reply.text : "[" + reply.code + "] " + reply.text;
  return {later ? "peer_busy" : "peer_refused", said};
}

ImapLine::ImapLine(const Outgoing& outgoing, const MailAccount& account, Steps& steps)
    : wire_(connect(outgoing, account, steps)), reader_(std::make_unique<ImapReader>(*wire_)) {
  greet(steps);
  if (account.security == MailAccount::Security::starttls) start_tls(outgoing, account, steps);
  log_in(account, steps);
}

ImapLine::~ImapLine() {
  if (!wire_) return;
  try {
    send("LOGOUT");
  } catch (const LineFailure&) {
    wire_.reset();  // nobody is left to say good-bye to
  }
}

Wire& ImapLine::wire() {
  if (!wire_) throw LineFailure("peer_closed");
  return *wire_;
}

// After a failure nobody knows what the next octets mean.
template <class Work>
auto ImapLine::or_close(Work work) {
  try {
    return work();
  } catch (...) {
    wire_.reset();
    throw;
  }
}

std::string ImapLine::send(std::string_view command) {
  auto tag = "b" + std::to_string(++commands_);
  wire().begin();
  wire().write(tag + " " + std::string(command) + "\r\n");
  return tag;
}

void ImapLine::notice(const ImapReply& reply) {
  if (reply.kind == Kind::capability) capabilities_ = reply.text;
  if (first_word(reply.code) == "CAPABILITY") capabilities_ = reply.code.substr(11);
  if (reply.kind == Kind::count && reply.word == "EXISTS") {
    news_ = news_ || reply.number > exists_;
    exists_ = reply.number;
  }
  if (reply.kind == Kind::count && reply.word == "EXPUNGE" && exists_ > 0) --exists_;
  if (reply.word == "BYE") throw LineFailure("peer_closed", reply.text);
}

ImapReply ImapLine::listen_for(std::string_view tag, const ImapListener& listener) {
  while (true) {
    auto reply = reader_->next(listener.longest_body, listener.body);
    // A BYE is the answer to LOGOUT only, and that nobody listens to.
    notice(reply);
    if (reply.kind == Kind::tagged) {
      if (reply.tag != tag) throw LineFailure("peer_garbled", reply.tag);
      return reply;
    }
    if (reply.kind == Kind::go_on) throw LineFailure("peer_garbled", reply.text);
    if (listener.reply) listener.reply(reply);
  }
}

ImapReply ImapLine::ask(std::string_view command, const ImapListener& listener) {
  return or_close([&] { return listen_for(send(command), listener); });
}

ImapReply ImapLine::demand(std::string_view command, const ImapListener& listener) {
  auto reply = ask(command, listener);
  if (reply.word != "OK") throw refusal_of(reply);
  return reply;
}

void ImapLine::greet(Steps& steps) {
  steps.begin("greeting");
  wire().begin();
  const auto greeting = reader_->next();
  if (greeting.word == "BYE") throw LineFailure("peer_busy", greeting.text);
  // PREAUTH lets everybody in, or comes from somebody who would rather have us without TLS.
  if (greeting.kind != Kind::status || greeting.word != "OK") {
    throw LineFailure("peer_garbled", greeting.text);
  }
  notice(greeting);
  steps.say(greeting.text);
  if (capabilities_.empty()) ask_capabilities();
}

void ImapLine::ask_capabilities() {
  capabilities_.clear();
  demand("CAPABILITY");
}

void ImapLine::start_tls(const Outgoing& outgoing, const MailAccount& account, Steps& steps) {
  steps.begin("secure");
  if (!can("STARTTLS")) throw LineFailure("tls_not_offered");
  demand("STARTTLS");
  wire().begin();
  wire().secure(outgoing.trust, plain_host(account.host));
  // What was said before may have been written by anybody (RFC 3501 §6.2.1).
  ask_capabilities();
}

// With the answer in the command where the server takes that (SASL-IR, RFC 4959). Whatever else
// the server asks is answered with nothing: so XOAUTH2 ends after telling why it refuses.
ImapReply ImapLine::authenticate(std::string_view mechanism, const std::string& answer) {
  return or_close([&] {
    bool answered = can("SASL-IR");
    const auto command = "AUTHENTICATE " + std::string(mechanism);
    const auto tag = send(answered ? command + " " + answer : command);
    while (true) {
      auto reply = reader_->next();
      notice(reply);
      if (reply.kind == Kind::tagged && reply.tag == tag) return reply;
      if (reply.kind == Kind::tagged) throw LineFailure("peer_garbled", reply.tag);
      if (reply.kind != Kind::go_on) continue;
      wire().write((answered ? "" : answer) + "\r\n");
      answered = true;
    }
  });
}

void ImapLine::log_in(const MailAccount& account, Steps& steps) {
  steps.begin("log_in");
  ImapReply reply;
  if (account.log_in == MailAccount::LogIn::token) {
    if (!can("AUTH=XOAUTH2")) throw LineFailure("login_not_offered");
    reply = authenticate("XOAUTH2", sasl_xoauth2(account));
  } else if (can("AUTH=PLAIN")) {
    reply = authenticate("PLAIN", sasl_plain(account));
  } else {
    if (can("LOGINDISABLED")) throw LineFailure("login_not_offered");
    reply = ask("LOGIN " + quoted(account.user, "login_refused") + " " +
                quoted(account.secret, "login_refused"));
  }
  if (reply.word != "OK") {
    const auto refusal = refusal_of(reply);
    throw LineFailure(refusal.reason == "peer_busy" ? "peer_busy" : "login_refused", refusal.said);
  }
  if (first_word(reply.code) != "CAPABILITY") ask_capabilities();
  // Some big providers let nobody open a folder who did not say what program it is (RFC 2971).
  if (can("ID")) ask("ID (\"name\" \"Baijin\")");
}

bool ImapLine::take_news() { return std::exchange(news_, false); }

void ImapLine::idle(Deadline deadline, const std::stop_token& stop) {
  const auto end = or_close([&] {
    const auto tag = send("IDLE");
    auto reply = reader_->next();
    for (; reply.kind != Kind::go_on; reply = reader_->next()) {
      notice(reply);
      if (reply.kind == Kind::tagged) return reply;
    }
    while (!news_ && wire().hears(deadline, stop)) {
      wire().begin();
      reply = reader_->next();
      notice(reply);
      if (reply.kind == Kind::tagged) return reply;
    }
    wire().begin();
    wire().write("DONE\r\n");
    return listen_for(tag, {});
  });
  if (end.word != "OK") throw refusal_of(end);
}

bool ImapLine::rest(Deadline deadline, const std::stop_token& stop) {
  return or_close([&] {
    if (wire().hears(deadline, stop)) return true;  // a word or the end: a command will tell
    return !stop.stop_requested();
  });
}

}  // namespace baijin::net
