#include "db/sqlite_checkpointer.h"

#include <memory>

#include "base/log.h"

namespace baijin::db {
namespace {

constexpr int pages_between = 4'000;  // 16 MB

}  // namespace

SqliteCheckpointer::SqliteCheckpointer(std::string file, const Faults& faults)
    : file_(std::move(file)), faults_(faults), thread_([this] { loop(); }) {}

SqliteCheckpointer::~SqliteCheckpointer() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void SqliteCheckpointer::log_grew(int pages) {
  {
    std::lock_guard lock(mutex_);
    if (pages < started_at_) started_at_ = 0;  // the log was begun anew
    if (asked_ || pages < started_at_ + pages_between) return;
    started_at_ = pages;
    asked_ = true;
  }
  wake_.notify_one();
}

void SqliteCheckpointer::loop() {
  std::unique_ptr<SqliteConnection> connection;
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return asked_ || stopping_; });
    if (stopping_) return;
    lock.unlock();
    try {
      if (!connection) {
        connection = std::make_unique<SqliteConnection>(file_, SqliteRole::keeper, faults_, 0);
      }
      connection->checkpoint();
      rest_is_due_ = true;
    } catch (const std::exception& wrong) {
      // The log keeps everything; it is tried again when it has grown further.
      log::warn("checkpoint_failed", {{"what", wrong.what()}});
      connection.reset();
    }
    lock.lock();
    asked_ = false;
  }
}

}  // namespace baijin::db
