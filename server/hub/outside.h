#pragma once
// The outside world, as interfaces: the tests and the simulator run production code with a fake
// clock and a seed (architecture.md §11).
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace baijin {

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

struct Outside {
  Clock& clock;
  Chance& chance;
  Blobs& blobs;
};

Clock& system_clock();
Chance& system_chance();  // libsodium: the operating system's

}  // namespace baijin
