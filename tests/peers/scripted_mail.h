#pragma once
// Mail servers that follow their protocol to the letter, except where their script has mischief in
// mind. What they hold outlives connections.
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "peers/scripted_peer.h"

namespace peers {

// How the conversation begins.
enum class Opening { plain, tls, starttls };

// IMAP4rev1 with IDLE, UIDPLUS, MOVE and SASL-IR. Whoever logs in is right.
class ScriptedImap {
 public:
  struct Mail {
    std::uint32_t uid = 0;
    std::string raw;
    bool seen = false, deleted = false;
  };
  ScriptedImap(Opening opening, Certificate certificate);

  int port() const { return peer_.port(); }
  void deliver(std::string raw);
  void follow(int step, Mischief mischief);  // for connections from now on
  int steps() const;                         // taken since then
  std::vector<Mail> inbox() const;
  std::vector<Mail> moved() const;

 private:
  void talk(PeerTalk& talk);
  bool obey(PeerTalk& talk, Script& script, const std::string& tag, const std::string& command);
  std::string fetched(const std::string& command) const;
  void store(const std::string& command);
  void move_or_remove(const std::string& command);

  const Opening opening_;
  const Certificate certificate_;
  mutable std::mutex mutex_;
  std::shared_ptr<Script> script_ = std::make_shared<Script>();
  std::vector<Mail> inbox_, moved_;
  std::uint32_t next_uid_ = 1;
  ScriptedPeer peer_;
};

// POP3 with UIDL. Whoever logs in is right.
class ScriptedPop3 {
 public:
  ScriptedPop3(Opening opening, Certificate certificate);
  int port() const { return peer_.port(); }
  void deliver(std::string raw);
  void follow(int step, Mischief mischief);
  int steps() const;
  std::vector<std::string> inbox() const;

 private:
  void talk(PeerTalk& talk);
  std::string answer_to(const std::string& command, std::vector<std::size_t>& deleted) const;

  const Opening opening_;
  const Certificate certificate_;
  mutable std::mutex mutex_;
  std::shared_ptr<Script> script_ = std::make_shared<Script>();
  std::vector<std::string> inbox_;
  ScriptedPeer peer_;
};

// SMTP. What it was sent in full it has taken, whatever it then says or does not say.
class ScriptedSmtp {
 public:
  struct Mail {
    std::string from;
    std::vector<std::string> to;
    std::string raw;  // octet for octet, without the dots that were put before dots
  };
  ScriptedSmtp(Opening opening, Certificate certificate, bool pipelining = true);
  int port() const { return peer_.port(); }
  void follow(int step, Mischief mischief);
  int steps() const;
  std::vector<Mail> taken() const;
  int connections() const { return peer_.connections(); }

 private:
  void talk(PeerTalk& talk);
  bool obey(PeerTalk& talk, Script& script, const std::string& line, Mail& mail);
  void take(PeerTalk& talk, Script& script, Mail& mail);

  const Opening opening_;
  const Certificate certificate_;
  const bool pipelining_;
  mutable std::mutex mutex_;
  std::shared_ptr<Script> script_ = std::make_shared<Script>();
  std::vector<Mail> taken_;
  ScriptedPeer peer_;
};

}  // namespace peers
