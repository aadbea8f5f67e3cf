#pragma once
// A server on loopback that says what a test wrote down, and misbehaves where it is told to.
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "peers/certificates.h"

struct ssl_st;

namespace peers {

// The client has hung up, or the server is to end: the talk is over.
struct Gone {};

// One connection, seen from the server. Every call throws Gone.
class PeerTalk {
 public:
  PeerTalk(int socket, const std::atomic<bool>& ending) : socket_(socket), ending_(ending) {}
  PeerTalk(const PeerTalk&) = delete;
  ~PeerTalk();

  std::string line();  // without CRLF
  std::string octets(std::size_t count);
  void say(std::string_view bytes);
  void start_tls(const Certificate& certificate);
  [[noreturn]] void hang();  // silent until the client goes
  void rest(int ms) const;

 private:
  std::size_t receive(char* into, std::size_t room);

  int socket_;
  const std::atomic<bool>& ending_;
  ssl_st* tls_ = nullptr;
  std::string buffer_;
};

class ScriptedPeer {
 public:
  // `talk` runs for each connection, one thread each. It ends by returning or by Gone.
  explicit ScriptedPeer(std::function<void(PeerTalk&)> talk);
  ~ScriptedPeer();
  int port() const { return port_; }
  int connections() const { return connections_; }

 private:
  void accept_all();

  std::function<void(PeerTalk&)> talk_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> ending_{false};
  std::atomic<int> connections_{0};
  std::thread thread_;
};

// What a server does instead of its answer.
enum class Mischief {
  none,
  close,
  hang,
  refuse_now,  // 4xx, NO, -ERR
  refuse,      // 5xx, BAD, -ERR
  garbage,
  endless_line,
  huge_literal,      // {4294967296}
  negative_literal,  // {-1}
  drip,              // its answer, an octet now and then
};
std::string_view name_of(Mischief mischief);

// The steps of a script, counted: at the step that was named, mischief is done.
class Script {
 public:
  Script(int step, Mischief mischief) : step_(step), mischief_(mischief) {}
  // Says `answer`, or does mischief. `refusals` are what refuse_now and refuse say instead. True
  // when the answer was said.
  bool answer(PeerTalk& talk, std::string_view answer, std::string_view refuse_now,
              std::string_view refuse);
  int steps() const { return at_; }
  bool done() const { return at_ > step_; }

 private:
  std::atomic<int> at_{0};
  int step_;
  Mischief mischief_;
};

}  // namespace peers
