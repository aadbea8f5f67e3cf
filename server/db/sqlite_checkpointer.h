#pragma once
// Moves what the write-ahead log holds into the database file, off the writer's way.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "db/sqlite_connection.h"

namespace baijin::db {

// A checkpoint beside a busy writer never reaches the log's end, and only a log that was copied to
// its end is begun anew. So this thread copies nearly all of it, and then asks the writer to copy
// the short rest between two commits.
class SqliteCheckpointer {
 public:
  SqliteCheckpointer(std::string file, const Faults& faults);
  ~SqliteCheckpointer();

  // The writer tells after a commit how many pages the log holds.
  void log_grew(int pages);
  // True once after each of this thread's checkpoints: the writer checkpoints the rest.
  bool take_rest() { return rest_is_due_.exchange(false); }

 private:
  void loop();

  std::string file_;
  const Faults& faults_;
  std::atomic<bool> rest_is_due_{false};
  std::mutex mutex_;
  std::condition_variable wake_;
  int started_at_ = 0;  // pages in the log when the last checkpoint was asked for
  bool asked_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace baijin::db
