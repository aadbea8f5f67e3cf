#pragma once
// The one writer: takes all waiting changes, runs each in a SAVEPOINT and commits them together, so
// that one fsync makes many changes durable.
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "db/sqlite_checkpointer.h"
#include "db/sqlite_connection.h"

namespace baijin::db {

class SqliteWriter {
 public:
  SqliteWriter(std::string file, const Options& options, const Faults& faults,
               Counters& counters);
  ~SqliteWriter();  // finishes what is queued

  void submit(Database::Work work, Database::Done done);

 private:
  struct Change {
    Database::Work work;
    Database::Done done;
    std::exception_ptr error;
    bool alone = false;  // an earlier batch broke down under it: it gets a transaction of its own
  };
  using Batch = std::vector<Change>;

  void loop();
  Batch take_waiting();
  void run_batch(Batch& batch);
  void start();
  // How many of the batch were run; what follows goes back to the queue.
  std::size_t run_changes(Batch& batch);
  void run_change(Change& change);
  bool has_success(const Batch& batch) const;
  void finish(Batch& batch);
  void put_back(Batch& batch, std::size_t first);
  void save_after_breakdown(Batch& batch, std::size_t culprit);
  void end_transaction(const char* command);
  void answer(Batch& batch);
  void look_after_log();

  std::string file_;
  int statement_ms_;
  const Faults& faults_;
  Counters& counters_;
  std::unique_ptr<SqliteConnection> connection_;  // null after trouble: opened anew when needed
  SqliteCheckpointer checkpointer_;
  int log_pages_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Change> waiting_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace baijin::db
