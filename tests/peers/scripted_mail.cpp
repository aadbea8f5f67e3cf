#include "peers/scripted_mail.h"

#include <algorithm>
#include <sstream>

namespace peers {
namespace {

// The handshake is a step of its own: mischief there comes instead of it.
void begin_tls(PeerTalk& talk, Script& script, const Certificate& certificate) {
  if (!script.answer(talk, "", "no TLS for you\r\n", "no TLS for you\r\n")) talk.hang();
  talk.start_tls(certificate);
}

std::vector<std::uint32_t> numbers_in(const std::string& set, std::uint32_t highest) {
  std::vector<std::uint32_t> numbers;
  std::istringstream parts(set);
  for (std::string part; std::getline(parts, part, ',');) {
    const auto colon = part.find(':');
    const auto number = [&](const std::string& text) {
      return text == "*" ? highest : static_cast<std::uint32_t>(std::stoul(text));
    };
    const auto first = number(part.substr(0, colon));
    const auto last = colon == std::string::npos ? first : number(part.substr(colon + 1));
    for (auto uid = first; uid <= std::min(last, highest); ++uid) numbers.push_back(uid);
  }
  return numbers;
}

// The word at this place: word_of("UID FETCH 1:3 (UID)", 2) is "1:3".
std::string word_of(const std::string& command, int place) {
  std::istringstream words(command);
  std::string word;
  for (int i = 0; i <= place; ++i) words >> word;
  return word;
}

}  // namespace

ScriptedImap::ScriptedImap(Opening opening, Certificate certificate)
    : opening_(opening),
      certificate_(std::move(certificate)),
      peer_([this](PeerTalk& open) { talk(open); }) {}

void ScriptedImap::deliver(std::string raw) {
  std::lock_guard lock(mutex_);
  inbox_.push_back({next_uid_++, std::move(raw)});
}

void ScriptedImap::follow(int step, Mischief mischief) {
  std::lock_guard lock(mutex_);
  script_ = std::make_shared<Script>(step, mischief);
}

int ScriptedImap::steps() const {
  std::lock_guard lock(mutex_);
  return script_->steps();
}

std::vector<ScriptedImap::Mail> ScriptedImap::inbox() const {
  std::lock_guard lock(mutex_);
  return inbox_;
}

std::vector<ScriptedImap::Mail> ScriptedImap::moved() const {
  std::lock_guard lock(mutex_);
  return moved_;
}

void ScriptedImap::talk(PeerTalk& talk) {
  std::shared_ptr<Script> script;
  {
    std::lock_guard lock(mutex_);
    script = script_;
  }
  if (opening_ == Opening::tls) begin_tls(talk, *script, certificate_);
  if (!script->answer(talk, "* OK ready\r\n", "* BYE later\r\n", "* BAD never\r\n")) return;
  while (true) {
    const auto line = talk.line();
    const auto blank = std::min(line.find(' '), line.size());
    if (!obey(talk, *script, line.substr(0, blank),
              line.substr(std::min(blank + 1, line.size())))) {
      return;
    }
  }
}

bool ScriptedImap::obey(PeerTalk& talk, Script& script, const std::string& tag,
                        const std::string& command) {
  const auto end = [&](const std::string& before, const std::string& words = "done") {
    return script.answer(talk, before + tag + " OK " + words + "\r\n",
                         tag + " NO [UNAVAILABLE] later\r\n", tag + " BAD never\r\n");
  };
  const auto verb = word_of(command, 0);
  const auto what = verb == "UID" ? word_of(command, 1) : verb;
  if (what == "CAPABILITY") {
    end("* CAPABILITY IMAP4rev1 SASL-IR STARTTLS AUTH=PLAIN ID IDLE UIDPLUS MOVE\r\n");
  } else if (what == "STARTTLS") {
    if (end("")) begin_tls(talk, script, certificate_);
  } else if (what == "SELECT") {
    const auto count = std::to_string(inbox().size());
    end("* " + count + " EXISTS\r\n* OK [UIDVALIDITY 7] ids\r\n", "[READ-WRITE] open");
  } else if (what == "LIST") {
    end("* LIST () \"/\" INBOX\r\n");
  } else if (what == "FETCH") {
    end(fetched(command));
  } else if (what == "STORE") {
    store(command);
    end("");
  } else if (what == "EXPUNGE" || what == "MOVE") {
    move_or_remove(command);
    end("");
  } else if (what == "IDLE") {
    if (!script.answer(talk, "+ idling\r\n", tag + " NO later\r\n", tag + " BAD never\r\n")) {
      return true;
    }
    script.answer(talk, "* 99 EXISTS\r\n", tag + " NO later\r\n", tag + " BAD never\r\n");
    talk.line();  // DONE
    end("");
  } else if (what == "LOGOUT") {
    end("* BYE bye\r\n");
    return false;
  } else {
    end("");  // AUTHENTICATE, ID, NOOP
  }
  return true;
}

std::string ScriptedImap::fetched(const std::string& command) const {
  std::lock_guard lock(mutex_);
  std::string answer;
  const auto wanted = numbers_in(word_of(command, 2), inbox_.empty() ? 0 : inbox_.back().uid);
  const bool body = command.find("BODY.PEEK[]") != std::string::npos;
  for (std::size_t i = 0; i < inbox_.size(); ++i) {
    const auto& mail = inbox_[i];
    if (std::find(wanted.begin(), wanted.end(), mail.uid) == wanted.end()) continue;
    answer += "* " + std::to_string(i + 1) + " FETCH (UID " + std::to_string(mail.uid);
    const auto size = std::to_string(mail.raw.size());
    answer += body ? " BODY[]<0> {" + size + "}\r\n" + mail.raw : " RFC822.SIZE " + size;
    answer += ")\r\n";
  }
  return answer;
}

void ScriptedImap::store(const std::string& command) {
  std::lock_guard lock(mutex_);
  const auto wanted = numbers_in(word_of(command, 2), next_uid_);
  for (auto& mail : inbox_) {
    if (std::find(wanted.begin(), wanted.end(), mail.uid) == wanted.end()) continue;
    if (command.find("\\Seen") != std::string::npos) mail.seen = true;
    if (command.find("\\Deleted") != std::string::npos) mail.deleted = true;
  }
}

void ScriptedImap::move_or_remove(const std::string& command) {
  std::lock_guard lock(mutex_);
  const auto wanted = numbers_in(word_of(command, 2), next_uid_);
  const bool moves = word_of(command, 1) == "MOVE";
  std::erase_if(inbox_, [&](const Mail& mail) {
    const bool meant = std::find(wanted.begin(), wanted.end(), mail.uid) != wanted.end();
    if (meant && moves) moved_.push_back(mail);
    return meant && (moves || mail.deleted);
  });
}

ScriptedPop3::ScriptedPop3(Opening opening, Certificate certificate)
    : opening_(opening),
      certificate_(std::move(certificate)),
      peer_([this](PeerTalk& open) { talk(open); }) {}

void ScriptedPop3::deliver(std::string raw) {
  std::lock_guard lock(mutex_);
  inbox_.push_back(std::move(raw));
}

void ScriptedPop3::follow(int step, Mischief mischief) {
  std::lock_guard lock(mutex_);
  script_ = std::make_shared<Script>(step, mischief);
}

int ScriptedPop3::steps() const {
  std::lock_guard lock(mutex_);
  return script_->steps();
}

std::vector<std::string> ScriptedPop3::inbox() const {
  std::lock_guard lock(mutex_);
  return inbox_;
}

std::string ScriptedPop3::answer_to(const std::string& command,
                                    std::vector<std::size_t>& deleted) const {
  std::lock_guard lock(mutex_);
  const auto verb = word_of(command, 0);
  std::string answer = "+OK\r\n";
  if (verb == "UIDL" || verb == "LIST") {
    for (std::size_t i = 0; i < inbox_.size(); ++i) {
      const auto hash = std::to_string(std::hash<std::string>()(inbox_[i]));
      answer += std::to_string(i + 1) + " " +
                (verb == "UIDL" ? hash : std::to_string(inbox_[i].size())) + "\r\n";
    }
    answer += ".\r\n";
  } else if (verb == "RETR") {
    auto raw = inbox_[std::stoul(word_of(command, 1)) - 1];
    for (std::size_t at = 0; (at = raw.find("\n.", at)) != std::string::npos; at += 3) {
      raw.insert(at + 1, ".");
    }
    answer += raw + ".\r\n";
  } else if (verb == "DELE") {
    deleted.push_back(std::stoul(word_of(command, 1)) - 1);
  }
  return answer;
}

void ScriptedPop3::talk(PeerTalk& talk) {
  std::shared_ptr<Script> script;
  {
    std::lock_guard lock(mutex_);
    script = script_;
  }
  if (opening_ == Opening::tls) begin_tls(talk, *script, certificate_);
  const std::string later = "-ERR [SYS/TEMP] later\r\n", never = "-ERR never\r\n";
  if (!script->answer(talk, "+OK ready\r\n", later, never)) return;
  std::vector<std::size_t> deleted;
  while (true) {
    const auto command = talk.line();
    const bool good = script->answer(talk, answer_to(command, deleted), later, never);
    if (good && command == "STLS") begin_tls(talk, *script, certificate_);
    if (command != "QUIT") continue;
    std::lock_guard lock(mutex_);
    std::sort(deleted.rbegin(), deleted.rend());
    for (const auto at : deleted) inbox_.erase(inbox_.begin() + static_cast<std::ptrdiff_t>(at));
    return;
  }
}

ScriptedSmtp::ScriptedSmtp(Opening opening, Certificate certificate, bool pipelining)
    : opening_(opening),
      certificate_(std::move(certificate)),
      pipelining_(pipelining),
      peer_([this](PeerTalk& open) { talk(open); }) {}

void ScriptedSmtp::follow(int step, Mischief mischief) {
  std::lock_guard lock(mutex_);
  script_ = std::make_shared<Script>(step, mischief);
}

int ScriptedSmtp::steps() const {
  std::lock_guard lock(mutex_);
  return script_->steps();
}

std::vector<ScriptedSmtp::Mail> ScriptedSmtp::taken() const {
  std::lock_guard lock(mutex_);
  return taken_;
}

void ScriptedSmtp::talk(PeerTalk& talk) {
  std::shared_ptr<Script> script;
  {
    std::lock_guard lock(mutex_);
    script = script_;
  }
  if (opening_ == Opening::tls) begin_tls(talk, *script, certificate_);
  if (!script->answer(talk, "220 mail.test\r\n", "421 later\r\n", "554 never\r\n")) return;
  Mail mail;
  while (obey(talk, *script, talk.line(), mail)) {
  }
}

bool ScriptedSmtp::obey(PeerTalk& talk, Script& script, const std::string& line, Mail& mail) {
  const auto say = [&](const std::string& answer) {
    return script.answer(talk, answer, "451 4.3.0 later\r\n", "554 5.3.0 never\r\n");
  };
  const auto verb = word_of(line, 0);
  const auto address = [&] {
    const auto begin = line.find('<') + 1;
    return line.substr(begin, line.find('>') - begin);
  };
  if (verb == "EHLO") {
    const std::string pipelining = pipelining_ ? "250-PIPELINING\r\n" : "";
    say("250-mail.test\r\n" + pipelining +
        "250-8BITMIME\r\n250-STARTTLS\r\n250-AUTH PLAIN XOAUTH2\r\n250 SIZE 100000000\r\n");
  } else if (verb == "STARTTLS") {
    if (say("220 go on\r\n")) begin_tls(talk, script, certificate_);
  } else if (verb == "AUTH") {
    say("235 welcome\r\n");
  } else if (verb == "MAIL") {
    mail = {};
    if (say("250 Ok\r\n")) mail.from = address();
  } else if (verb == "RCPT") {
    if (say("250 Ok\r\n")) mail.to.push_back(address());
  } else if (verb == "DATA") {
    if (say("354 go on\r\n")) take(talk, script, mail);
  } else {
    say("250 Ok\r\n");  // RSET, QUIT
  }
  return verb != "QUIT";
}

void ScriptedSmtp::take(PeerTalk& talk, Script& script, Mail& mail) {
  std::string raw;
  for (auto line = talk.line(); line != "."; line = talk.line()) {
    raw += (line.starts_with('.') ? line.substr(1) : line) + "\r\n";
  }
  mail.raw = std::move(raw);
  {
    std::lock_guard lock(mutex_);
    taken_.push_back(mail);
  }
  script.answer(talk, "250 2.0.0 Ok: taken\r\n", "451 4.3.0 later\r\n", "554 5.3.0 never\r\n");
}

}  // namespace peers
