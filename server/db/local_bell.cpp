#include "db/local_bell.h"

namespace baijin::db {

LocalBell::~LocalBell() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void LocalBell::ring() {
  {
    std::lock_guard lock(mutex_);
    if (rung_) return;
    rung_ = true;
  }
  wake_.notify_one();
}

void LocalBell::listen(std::function<void()> listener) {
  listeners_.add(std::move(listener));
  std::lock_guard lock(mutex_);
  if (!thread_.joinable()) thread_ = std::thread([this] { loop(); });
}

void LocalBell::loop() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return rung_ || stopping_; });
    if (stopping_) return;
    rung_ = false;
    lock.unlock();
    listeners_.call();
    lock.lock();
  }
}

}  // namespace baijin::db
