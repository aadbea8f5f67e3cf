#include "hub/outside.h"

#include <sodium.h>

#include <chrono>

namespace baijin {
namespace {

class SystemClock final : public Clock {
 public:
  Time now() override {
    auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
  }
  std::int64_t steady_ms() override {
    auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
  }
};

class SystemChance final : public Chance {
 public:
  void fill(void* bytes, std::size_t size) override { randombytes_buf(bytes, size); }
};

}  // namespace

Clock& system_clock() {
  static SystemClock clock;
  return clock;
}

Chance& system_chance() {
  static SystemChance chance;
  return chance;
}

}  // namespace baijin
