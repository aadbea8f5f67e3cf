#pragma once
// The outside world, as interfaces: the tests and the simulator run production code with a fake
// clock and a seed (architecture.md §11).
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "hub/mail_line.h"

namespace baijin {

namespace mime {
class MessageReader;
}

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() = 0;                // wall clock; may jump
  virtual std::int64_t steady_ms() = 0;  // never goes back: for waiting and timeouts
};

class Chance {
 public:
  virtual ~Chance() = default;
  virtual void fill(void* bytes, std::size_t size) = 0;
};

// Files by the SHA-256 of their content, outside the database. A stored blob is never changed.
class Blobs {
 public:
  virtual ~Blobs() = default;
  // Where uploads are streamed to; on the same file system as the blobs.
  virtual std::string incoming_directory() = 0;
  // Takes a fsynced file over under its hash (rename, then fsync of the directory). Throws
  // Error no_space or busy.
  virtual void adopt(const std::string& path, std::string_view sha256) = 0;
  virtual std::string store(std::string_view bytes) = 0;  // returns the hash
  virtual std::string path_of(std::string_view sha256) = 0;
  virtual bool has(std::string_view sha256) = 0;
  virtual void remove(std::string_view sha256) = 0;
  // False when the bytes no longer have their hash (R7).
  virtual bool intact(std::string_view sha256) = 0;
  virtual void each(const std::function<void(std::string_view sha256)>& sink) = 0;
};

struct HttpCall {
  std::string method = "GET";
  std::string url;  // http or https, without user and password
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::int64_t most_bytes = 1 << 20;  // of the answer (S2)
  Duration longest = seconds(10);     // for everything together (S2)
  // Followed with GET only, each hop checked like the first (S1). What `headers` holds goes to the
  // origin of `url` and to no other.
  int redirects = 0;
};

struct HttpAnswer {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers{};  // names in lower case
  std::string body{};  // as it came: no coding is taken off it
};

// Calls to other servers: remote images, webhooks. Every host is checked as for mail (S1); no
// cookies, no credentials but those in `headers`, no proxy. What came is for the program: it is
// never shown to the one who named the address (S2).
class Http {
 public:
  virtual ~Http() = default;
  // Any status is an answer. Throws LineFailure: its reasons of connecting, and
  //   address_not_allowed  also for another scheme, a user in the address, an odd spelling
  //   peer_too_long        more than most_bytes
  //   too_many_redirects   more than `redirects`, if those are allowed at all
  virtual HttpAnswer call(const HttpCall& call) = 0;
};

// For programs that talk to nobody: each call fails with unreachable.
Http& no_http();

struct Outside {
  Clock& clock;
  Chance& chance;
  Blobs& blobs;
  MailIn& mail_in = no_mail_in();
  MailOut& mail_out = no_mail_out();
  Http& http = no_http();
  // Reads messages in processes of their own (R18); null: they are read in the calling thread.
  mime::MessageReader* mail_reader = nullptr;
};

Clock& system_clock();
Chance& system_chance();  // libsodium: the operating system's

}  // namespace baijin
