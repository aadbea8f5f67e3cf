#include "net/pop3_folder.h"

#include <algorithm>
#include <charconv>

#include "net/dot_text.h"

namespace baijin::net {
namespace {

constexpr std::size_t most_listed = 200'000;
constexpr std::size_t longest_uidl = 70;  // RFC 1939 §7

std::int64_t number_in(std::string_view digits) {
  std::int64_t number = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stopped, wrong] = std::from_chars(digits.data(), end, number);
  if (wrong != std::errc() || stopped != end || number < 0) {
    throw LineFailure("peer_garbled", digits);
  }
  return number;
}

// "17 4711" or "17 uidl": the number, and the word behind it.
std::pair<std::int64_t, std::string_view> listed_in(std::string_view line) {
  const auto blank = std::min(line.find(' '), line.size());
  auto word = line.substr(std::min(blank + 1, line.size()));
  word = word.substr(0, word.find(' '));
  if (word.empty() || word.size() > longest_uidl) throw LineFailure("peer_garbled", line);
  return {number_in(line.substr(0, blank)), word};
}

class Pop3Folder final : public MailFolder {
 public:
  Pop3Folder(const Outgoing& outgoing, const MailAccount& account, Steps& steps);
  ~Pop3Folder() override;

  std::string generation() const override { return "pop3"; }
  std::vector<WaitingMail> list(std::string_view after, int most) override;
  void fetch(const std::vector<std::string>& ids, std::int64_t most_bytes, MailSink& sink) override;
  void mark_seen(const std::vector<std::string>&) override {}
  void move(const std::vector<std::string>&, std::string_view) override {
    throw LineFailure("not_supported");
  }
  void remove(const std::vector<std::string>& ids) override;
  Woken wait(Duration longest, std::stop_token stop) override;

 private:
  struct Waiting {
    std::int64_t number = 0;
    WaitingMail mail;
  };
  void greet(Steps& steps);
  void start_tls(const Outgoing& outgoing, const MailAccount& account, Steps& steps);
  void log_in(const MailAccount& account, Steps& steps);
  void look();
  const Waiting* find(std::string_view id) const;
  void retrieve(const Waiting& waiting, std::int64_t most_bytes, MailSink& sink);
  // Sends a command; false when the answer was -ERR. What was said is in said_.
  bool ask(std::string_view command);
  void demand(std::string_view command);
  bool answered();
  // A command whose answer is a list: each line of it.
  void each_line(std::string_view command, const Octets& work);
  Wire& wire();
  template <class Work>
  auto or_close(Work work);

  std::unique_ptr<Wire> wire_;
  std::string said_;
  std::vector<Waiting> mails_;  // in the server's order
};

Pop3Folder::Pop3Folder(const Outgoing& outgoing, const MailAccount& account, Steps& steps)
    : wire_(connect(outgoing, account, steps)) {
  greet(steps);
  if (account.security == MailAccount::Security::starttls) start_tls(outgoing, account, steps);
  log_in(account, steps);
  steps.begin("folder");
  look();
  steps.say(std::to_string(mails_.size()) + " messages");
}

Pop3Folder::~Pop3Folder() {
  if (!wire_) return;
  try {
    wire_->begin();
    wire_->write("QUIT\r\n");
  } catch (const LineFailure&) {
    wire_.reset();  // nobody is left to say good-bye to
  }
}

Wire& Pop3Folder::wire() {
  if (!wire_) throw LineFailure("peer_closed");
  return *wire_;
}

// After a failure nobody knows what the next octets mean.
template <class Work>
auto Pop3Folder::or_close(Work work) {
  try {
    return work();
  } catch (...) {
    wire_.reset();
    throw;
  }
}

bool Pop3Folder::answered() {
  auto line = wire().line();
  if (line == "+" || line.starts_with("+ ")) {  // asks for more: it has all there is
    wire().write("\r\n");
    line = wire().line();
  }
  const bool good = line == "+OK" || line.starts_with("+OK ");
  const bool bad = line == "-ERR" || line.starts_with("-ERR ");
  if (!good && !bad) throw LineFailure("peer_garbled", line);
  said_ = line.substr(std::min<std::size_t>(good ? 4 : 5, line.size()));
  return good;
}

bool Pop3Folder::ask(std::string_view command) {
  return or_close([&] {
    wire().begin();
    wire().write(std::string(command) + "\r\n");
    return answered();
  });
}

void Pop3Folder::demand(std::string_view command) {
  if (!ask(command)) throw LineFailure("peer_refused", said_);
}

void Pop3Folder::each_line(std::string_view command, const Octets& work) {
  demand(command);
  or_close([&] {
    for (auto line = wire().line(); line != "."; line = wire().line()) {
      work(line.starts_with('.') ? line.substr(1) : line);
    }
  });
}

void Pop3Folder::greet(Steps& steps) {
  steps.begin("greeting");
  wire().begin();
  const bool welcome = or_close([&] { return answered(); });
  if (!welcome) throw LineFailure("peer_busy", said_);
  steps.say(said_);
}

void Pop3Folder::start_tls(const Outgoing& outgoing, const MailAccount& account, Steps& steps) {
  steps.begin("secure");
  if (!ask("STLS")) throw LineFailure("tls_not_offered", said_);
  or_close([&] {
    wire().begin();
    wire().secure(outgoing.trust, plain_host(account.host));
  });
}

void Pop3Folder::log_in(const MailAccount& account, Steps& steps) {
  steps.begin("log_in");
  bool in = false;
  if (account.log_in == MailAccount::LogIn::token) {
    in = ask("AUTH XOAUTH2 " + sasl_xoauth2(account));
  } else {
    const std::string_view breaks("\r\n\0", 3);
    if ((account.user + account.secret).find_first_of(breaks) != std::string::npos) {
      throw LineFailure("login_refused");
    }
    in = ask("USER " + account.user) && ask("PASS " + account.secret);
  }
  if (in) return;
  // The codes of RFC 2449 and RFC 3206.
  const bool later = said_.starts_with("[IN-USE]") || said_.starts_with("[SYS/TEMP]") ||
                     said_.starts_with("[LOGIN-DELAY]");
  throw LineFailure(later ? "peer_busy" : "login_refused", said_);
}

// What is in the folder stays the same while it is open: one look is enough.
void Pop3Folder::look() {
  each_line("UIDL", [&](std::string_view line) {
    const auto [number, uidl] = listed_in(line);
    if (mails_.size() == most_listed) throw LineFailure("peer_too_long");
    mails_.push_back({number, {std::string(uidl), 0}});
  });
  auto at = mails_.begin();
  each_line("LIST", [&](std::string_view line) {
    const auto [number, bytes] = listed_in(line);
    while (at != mails_.end() && at->number < number) ++at;
    if (at != mails_.end() && at->number == number) at->mail.bytes = number_in(bytes);
  });
}

const Pop3Folder::Waiting* Pop3Folder::find(std::string_view id) const {
  const auto found = std::find_if(mails_.begin(), mails_.end(),
                                  [&](const Waiting& waiting) { return waiting.mail.id == id; });
  return found == mails_.end() ? nullptr : &*found;
}

std::vector<WaitingMail> Pop3Folder::list(std::string_view after, int most) {
  wire();
  const auto* last = after.empty() ? nullptr : find(after);
  std::vector<WaitingMail> list;
  for (const auto& waiting : mails_) {
    if (last != nullptr && waiting.number <= last->number) continue;
    if (list.size() == static_cast<std::size_t>(most)) break;
    list.push_back(waiting.mail);
  }
  return list;
}

void Pop3Folder::retrieve(const Waiting& waiting, std::int64_t most_bytes, MailSink& sink) {
  wire().begin(most_bytes);
  wire().write("RETR " + std::to_string(waiting.number) + "\r\n");
  if (!answered()) return;  // removed by somebody else meanwhile
  std::int64_t came = 0;
  DotReader reader;
  while (!reader.done()) {
    const auto used = reader.read(wire().some(), [&](std::string_view piece) {
      const auto room = static_cast<std::size_t>(std::max<std::int64_t>(most_bytes - came, 0));
      came += static_cast<std::int64_t>(piece.size());
      if (room > 0) sink.piece(piece.substr(0, room));
    });
    wire().use(used);
  }
  sink.end(waiting.mail.id, came <= most_bytes);
}

void Pop3Folder::fetch(const std::vector<std::string>& ids, std::int64_t most_bytes,
                       MailSink& sink) {
  for (const auto& id : ids) {
    const auto* waiting = find(id);
    if (waiting == nullptr) continue;
    or_close([&] { retrieve(*waiting, most_bytes, sink); });
  }
}

void Pop3Folder::remove(const std::vector<std::string>& ids) {
  for (const auto& id : ids) {
    const auto* waiting = find(id);
    if (waiting != nullptr) ask("DELE " + std::to_string(waiting->number));
  }
  demand("QUIT");
  wire_.reset();
}

MailFolder::Woken Pop3Folder::wait(Duration longest, std::stop_token stop) {
  const auto end = Deadline::in_ms(longest.us / 1'000);
  if (wire().hears(end, stop)) throw LineFailure("peer_closed");  // nothing else comes unasked
  return stop.stop_requested() ? Woken::stopped : Woken::quiet;
}

}  // namespace

std::unique_ptr<MailFolder> open_pop3_folder(const Outgoing& outgoing, const MailAccount& account,
                                             Steps& steps) {
  return std::make_unique<Pop3Folder>(outgoing, account, steps);
}

}  // namespace baijin::net
