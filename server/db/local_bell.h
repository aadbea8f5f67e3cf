#pragma once
// The bell of a database that only this process uses.
#include <condition_variable>
#include <mutex>
#include <thread>

#include "db/engines.h"

namespace baijin::db {

class LocalBell {
 public:
  LocalBell() = default;
  ~LocalBell();
  void ring();  // many rings before the listeners ran are one
  void listen(std::function<void()> listener);

 private:
  void loop();

  Listeners listeners_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool rung_ = false;
  bool stopping_ = false;
  std::thread thread_;  // started with the first listener
};

}  // namespace baijin::db
