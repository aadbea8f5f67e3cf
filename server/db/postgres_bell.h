#pragma once
// The bell between nodes: LISTEN and NOTIFY on a connection of its own.
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <thread>

#include "db/postgres_connection.h"

namespace baijin::db {

class PostgresBell {
 public:
  PostgresBell(const Options& options, const Faults& faults);
  ~PostgresBell();
  void ring();
  // After every reconnection the listeners are called once: they may have missed something.
  void listen(std::function<void()> listener);

 private:
  using Clock = std::chrono::steady_clock;

  void start();  // with the first ring or listener
  void wake();
  void loop();
  bool connect();
  void wait();
  void send();
  void receive();

  const Options& options_;
  const Faults& faults_;
  Listeners listeners_;
  std::atomic<bool> rung_{false};
  std::atomic<bool> stopping_{false};
  std::unique_ptr<PostgresConnection> connection_;  // the thread's
  Clock::time_point sent_at_{};
  int wake_file_;
  std::once_flag started_;
  std::thread thread_;
};

}  // namespace baijin::db
