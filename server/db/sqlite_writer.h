#pragma once
// The one writer: takes all waiting changes and commits them together, so that one fsync makes many
// changes durable. They are run one behind the other; only when one fails that has written already,
// those before it are run again, each in a SAVEPOINT. FTS5 writes out its words at every SAVEPOINT,
// so that having one for every change would cost a third of the time.
#include <chrono>
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
  SqliteWriter(std::string file, const Options& options, const Faults& faults, Counters& counters);
  ~SqliteWriter();  // finishes what is queued

  void submit(Database::Work work, Database::Done done);

 private:
  struct Change {
    Database::Work work;
    Database::Done done;
    std::exception_ptr error;
    bool careful = false;  // an earlier batch was rolled back over it: savepoints from now on
    bool alone = false;    // even then one broke down: it gets a transaction of its own
  };
  using Batch = std::vector<Change>;

  void loop();
  Batch take_waiting();
  void gather(std::unique_lock<std::mutex>& lock);
  void remember_company(const Batch& batch);
  void run_batch(Batch& batch);
  void start();
  // How many of the batch were run; what follows goes back to the queue.
  std::size_t run_changes(Batch& batch);
  void run_change(Change& change);
  void run_in_savepoint(Change& change);
  void do_work(Change& change);
  bool broke_down() const;
  bool has_success(const Batch& batch) const;
  void finish(Batch& batch);
  void put_back(Batch& batch, std::size_t first);
  void save_after_breakdown(Batch& batch, std::size_t culprit);
  void end_transaction(const char* command);
  void answer(Batch& batch);
  void look_after_log();

  std::string file_;
  SqliteRole role_;
  int statement_ms_;
  const Faults& faults_;
  Counters& counters_;
  std::unique_ptr<SqliteConnection> connection_;  // null after trouble: opened anew when needed
  SqliteCheckpointer checkpointer_;
  int log_pages_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Change> waiting_;
  std::size_t wanted_ = 1;   // how many must wait before the writer is woken
  std::size_t company_ = 1;  // how many were on their way at the last commit
  std::chrono::steady_clock::time_point committed_at_{};
  std::chrono::nanoseconds commit_took_{};
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace baijin::db
