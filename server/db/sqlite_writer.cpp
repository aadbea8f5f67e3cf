#include "db/sqlite_writer.h"

#include <iterator>

#include "base/log.h"

namespace baijin::db {
namespace {

constexpr std::size_t waiting_at_most = 4'096;
constexpr std::size_t batch_at_most = 512;
// Whoever is first in a batch waits for its last: so a batch ends after this, however many wait.
constexpr std::chrono::milliseconds batch_time{50};
constexpr std::chrono::milliseconds longest_gathering{3};

int note_log_pages(void* out, sqlite3*, const char*, int pages) {
  *static_cast<int*>(out) = pages;
  return SQLITE_OK;
}

}  // namespace

SqliteWriter::SqliteWriter(std::string file, const Options& options, const Faults& faults,
                           Counters& counters)
    : file_(std::move(file)),
      role_(options.filling ? SqliteRole::filler : SqliteRole::writer),
      statement_ms_(options.statement_ms),
      faults_(faults),
      counters_(counters),
      checkpointer_(file_, faults) {
  // The first connection is made here, so that whoever opens the database learns what is wrong.
  start();
  end_transaction("ROLLBACK");
  thread_ = std::thread([this] { loop(); });
}

SqliteWriter::~SqliteWriter() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void SqliteWriter::submit(Database::Work work, Database::Done done) {
  {
    std::unique_lock lock(mutex_);
    if (waiting_.size() < waiting_at_most) {
      waiting_.push_back({std::move(work), std::move(done), nullptr});
      counters_.waiting = static_cast<std::int64_t>(waiting_.size());
      const bool enough = waiting_.size() >= wanted_;
      lock.unlock();
      if (enough) wake_.notify_one();
      return;
    }
  }
  ++counters_.refused;
  done(std::make_exception_ptr(
      unavailable("too_many_changes", "Too many changes are waiting to be written.")));
}

void SqliteWriter::loop() {
  for (;;) {
    Batch batch = take_waiting();
    if (batch.empty()) return;
    run_batch(batch);
    remember_company(batch);
    answer(batch);
    look_after_log();
  }
}

SqliteWriter::Batch SqliteWriter::take_waiting() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
  gather(lock);
  Batch batch;
  while (!waiting_.empty() && batch.size() < batch_at_most) {
    const bool alone = waiting_.front().alone;
    if (alone && !batch.empty()) break;
    batch.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
    if (alone) break;
  }
  counters_.waiting = static_cast<std::int64_t>(waiting_.size());
  return batch;
}

// Who was just answered often comes again at once. Without waiting for them two groups would take
// turns, each paying for its own commit; so they get as long as a commit takes.
void SqliteWriter::gather(std::unique_lock<std::mutex>& lock) {
  wanted_ = company_;
  const auto most = std::min<std::chrono::nanoseconds>(commit_took_, longest_gathering);
  wake_.wait_until(lock, committed_at_ + most,
                   [this] { return stopping_ || waiting_.size() >= wanted_; });
  wanted_ = 1;
}

void SqliteWriter::remember_company(const Batch& batch) {
  std::lock_guard lock(mutex_);
  company_ = std::min(batch.size() + waiting_.size(), batch_at_most);
  committed_at_ = std::chrono::steady_clock::now();
}

void SqliteWriter::run_batch(Batch& batch) {
  try {
    start();
  } catch (...) {
    for (Change& change : batch) change.error = std::current_exception();
    connection_.reset();
    return;
  }
  const std::size_t ran = run_changes(batch);
  if (broke_down()) {
    save_after_breakdown(batch, ran - 1);
  } else {
    put_back(batch, ran);
    finish(batch);
  }
  if (connection_ && connection_->broken()) connection_.reset();
}

void SqliteWriter::start() {
  if (!connection_) {
    connection_ = std::make_unique<SqliteConnection>(file_, role_, faults_, statement_ms_);
    sqlite3_wal_hook(connection_->handle(), note_log_pages, &log_pages_);
  }
  connection_->forget_failure();
  connection_->command("BEGIN IMMEDIATE");
}

std::size_t SqliteWriter::run_changes(Batch& batch) {
  const auto end = std::chrono::steady_clock::now() + batch_time;
  const bool careful = std::any_of(batch.begin(), batch.end(),
                                   [](const Change& one) { return one.careful; });
  std::size_t ran = 0;
  while (ran < batch.size()) {
    Change& change = batch[ran++];
    if (careful) run_in_savepoint(change);
    else run_change(change);
    if (broke_down() || std::chrono::steady_clock::now() > end) break;
  }
  return ran;
}

// Some errors (no space, no memory, interrupted) make SQLite give up the whole transaction.
bool SqliteWriter::broke_down() const { return !connection_ || !connection_->in_transaction(); }

void SqliteWriter::do_work(Change& change) {
  connection_->forget_failure();
  change.work(*connection_);
  if (connection_->failed()) refuse_to_go_on();
  if (connection_->has_open_foreign_keys()) throw conflict("still_in_use");
}

void SqliteWriter::run_change(Change& change) {
  connection_->take_touched();
  try {
    do_work(change);
    return;
  } catch (...) {
    change.error = std::current_exception();
  }
  // Most refusals come before anything was written and hurt nobody.
  if (connection_->take_touched() && !broke_down()) end_transaction("ROLLBACK");
}

void SqliteWriter::run_in_savepoint(Change& change) {
  try {
    connection_->command("SAVEPOINT change");
    do_work(change);
    connection_->command("RELEASE change");
    return;
  } catch (...) {
    change.error = std::current_exception();
  }
  if (broke_down()) return;
  try {
    connection_->command("ROLLBACK TO change");
    connection_->command("RELEASE change");
  } catch (const std::exception& wrong) {
    log::error("savepoint_not_rolled_back", {{"what", wrong.what()}});
    end_transaction("ROLLBACK");
  }
}

bool SqliteWriter::has_success(const Batch& batch) const {
  return std::any_of(batch.begin(), batch.end(), [](const Change& one) { return !one.error; });
}

void SqliteWriter::finish(Batch& batch) {
  if (!has_success(batch)) return end_transaction("ROLLBACK");
  try {
    connection_->forget_failure();
    before(faults_, "commit");
    const auto begun = std::chrono::steady_clock::now();
    connection_->command("COMMIT");
    commit_took_ = std::chrono::steady_clock::now() - begun;
    ++counters_.commits;
  } catch (...) {
    for (Change& change : batch) {
      if (!change.error) change.error = std::current_exception();
    }
    if (connection_->in_transaction()) end_transaction("ROLLBACK");
  }
}

void SqliteWriter::end_transaction(const char* command) {
  try {
    connection_->command(command);
  } catch (const std::exception& wrong) {
    log::error("transaction_not_ended", {{"what", wrong.what()}});
    connection_.reset();  // closing rolls back as well
  }
}

void SqliteWriter::put_back(Batch& batch, std::size_t first) {
  if (first >= batch.size()) return;
  const auto begin = batch.begin() + static_cast<std::ptrdiff_t>(first);
  std::lock_guard lock(mutex_);
  waiting_.insert(waiting_.begin(), std::make_move_iterator(begin),
                  std::make_move_iterator(batch.end()));
  batch.erase(begin, batch.end());
}

// The change at `culprit` took the whole transaction down: it keeps its error, those before it did
// nothing wrong and are run again with more care, those behind it run as if nothing had happened.
void SqliteWriter::save_after_breakdown(Batch& batch, std::size_t culprit) {
  put_back(batch, culprit + 1);
  const auto failed = std::stable_partition(batch.begin(), batch.end(),
                                            [](const Change& one) { return bool(one.error); });
  for (auto change = failed; change != batch.end(); ++change) {
    change->alone = change->careful;
    change->careful = true;
  }
  put_back(batch, static_cast<std::size_t>(failed - batch.begin()));
}

void SqliteWriter::answer(Batch& batch) {
  for (Change& change : batch) {
    ++(change.error ? counters_.refused : counters_.changes);
    change.work = nullptr;  // whoever is answered may take away what it refers to
    try {
      change.done(std::move(change.error));
    } catch (const std::exception& wrong) {
      log::error("change_not_answered", {{"what", wrong.what()}});
    }
  }
}

void SqliteWriter::look_after_log() {
  if (!connection_) return;
  checkpointer_.log_grew(log_pages_);
  if (!checkpointer_.take_rest()) return;
  try {
    connection_->checkpoint();
  } catch (const std::exception& wrong) {
    log::warn("checkpoint_failed", {{"what", wrong.what()}});
    connection_.reset();
  }
}

}  // namespace baijin::db
