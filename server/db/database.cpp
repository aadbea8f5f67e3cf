#include "db/database.h"

#include <condition_variable>
#include <stdexcept>

#include "base/log.h"
#include "db/engines.h"

namespace baijin::db {

std::unique_ptr<Database> Database::open(const Options& options, Faults faults) {
  const std::string_view url = options.url;
  if (url.starts_with("sqlite:")) return open_sqlite(options, std::move(faults));
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
    return open_postgres(options, std::move(faults));
  }
  throw std::runtime_error("The database address must begin with sqlite: or postgresql://");
}

void Database::write_now(const Work& work) {
  std::mutex mutex;
  std::condition_variable ended;
  bool is_done = false;
  std::exception_ptr error;
  write(work, [&](std::exception_ptr wrong) {
    // Notified while locked: as soon as the lock is free, `ended` may be gone.
    std::lock_guard lock(mutex);
    error = std::move(wrong);
    is_done = true;
    ended.notify_one();
  });
  {
    std::unique_lock lock(mutex);
    ended.wait(lock, [&] { return is_done; });
  }
  if (error) std::rethrow_exception(error);
}

void check_parameters(std::span<const Cell> parameters) {
  for (const Cell& cell : parameters) {
    if (!cell.null && cell.type == Cell::Type::text &&
        cell.text.find('\0') != std::string_view::npos) {
      throw invalid("control_character");
    }
  }
}

void refuse_to_go_on() {
  throw std::logic_error("A transaction went on after one of its statements had failed");
}

Error unavailable(std::string_view reason, std::string_view detail) {
  Error error(Kind::busy, reason, detail);
  error.retry_after_seconds = 2;
  return error;
}

Figures Counters::figures() const {
  return {.commits = commits,
          .changes = changes,
          .changes_refused = refused,
          .retries = retries,
          .waiting = waiting};
}

void Listeners::add(std::function<void()> listener) {
  std::lock_guard lock(mutex_);
  all_.push_back(std::move(listener));
}

void Listeners::call() const {
  std::unique_lock lock(mutex_);
  const auto all = all_;
  lock.unlock();
  for (const auto& listener : all) {
    try {
      listener();
    } catch (const std::exception& wrong) {
      log::error("bell_listener_failed", {{"what", wrong.what()}});
    }
  }
}

}  // namespace baijin::db
