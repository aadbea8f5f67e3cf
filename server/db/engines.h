#pragma once
// What the two engines share inside this room; nobody else includes it.
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include "db/database.h"

namespace baijin::db {

std::unique_ptr<Database> open_sqlite(const Options& options, Faults faults);
std::unique_ptr<Database> open_postgres(const Options& options, Faults faults);

// Neither engine can keep a NUL inside text (PostgreSQL refuses it, SQLite's functions stop there).
// Throws invalid("control_character").
void check_parameters(std::span<const Cell> parameters);

inline void before(const Faults& faults, std::string_view step) {
  if (faults.before) faults.before(step);
}

// PostgreSQL gives up a transaction at its first failed statement, SQLite would go on. So that no
// module works on one engine only, both refuse to go on.
[[noreturn]] void refuse_to_go_on();

// Temporary trouble: says when to come again (R9: 503 with Retry-After).
Error unavailable(std::string_view reason, std::string_view detail);

struct Counters {
  std::atomic<std::int64_t> commits{0}, changes{0}, refused{0}, retries{0}, waiting{0};
  Figures figures() const;
};

// Those who want to hear the bell; they stay as long as the database.
class Listeners {
 public:
  void add(std::function<void()> listener);
  void call() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::function<void()>> all_;
};

}  // namespace baijin::db
