#include <condition_variable>
#include <deque>
#include <mutex>

#include "db/filling.h"
#include "hub/hub.h"
#include "modules/search/index.h"

namespace baijin::search {

// The other thread takes what is handed over in one transaction, because FTS5 writes a piece at
// every end of one.
class Gathering::Aside {
 public:
  explicit Aside(db::Filling& filling)
      : filling_(filling), words_(filling.set_aside("search_index")) {
    words_.write([this](db::Connection& connection) { gather(connection); },
                 [this](std::exception_ptr problem) { rest(std::move(problem)); });
  }
  ~Aside() { end(); }

  // Where the next entry is to be put.
  index::Stored& next() {
    if (used_ == batch_size) hand_over();
    if (used_ == batch_.size()) batch_.emplace_back();
    return batch_[used_++];
  }
  void no_more() {
    hand_over();
    std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }
  void finish() {
    end();
    if (problem_) std::rethrow_exception(problem_);
    words_.write_now(index::expect_few);
    filling_.bring_back();
  }

 private:
  using Batch = std::vector<index::Stored>;
  static constexpr std::size_t batch_size = 4'000;
  static constexpr std::size_t batches_ahead = 16;
  static constexpr std::size_t batches_for_levels = 100;

  // The writer's side; it waits when the other is behind.
  void hand_over() {
    if (used_ == 0) return;
    batch_.resize(used_);
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return at_rest_ || waiting_.size() < batches_ahead; });
    if (at_rest_) std::rethrow_exception(problem_);
    waiting_.push_back(std::exchange(batch_, {}));
    used_ = 0;
    // Used ones come back, so that their strings are freed where they were made: that is cheaper.
    if (!spent_.empty()) {
      batch_ = std::move(spent_.back());
      spent_.pop_back();
    }
    changed_.notify_all();
  }
  void end() {
    std::unique_lock lock(mutex_);
    ended_ = true;
    changed_.notify_all();
    changed_.wait(lock, [&] { return at_rest_; });
  }

  // The other thread's.
  void gather(db::Connection& connection) {
    index::make_levels(connection);
    std::unique_lock lock(mutex_);
    for (std::size_t batches = 0;; ++batches) {
      if (batches == batches_for_levels) index::expect_many(connection);
      changed_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
      if (waiting_.empty()) break;
      auto batch = std::move(waiting_.front());
      waiting_.pop_front();
      changed_.notify_all();
      lock.unlock();
      for (const auto& entry : batch) index::add_words(connection, entry);
      lock.lock();
      spent_.push_back(std::move(batch));
    }
    lock.unlock();
    // Into one piece, rather than later in the way of those who write.
    connection.run("INSERT INTO search_index (search_index) VALUES ('optimize')", {}, {});
  }
  void rest(std::exception_ptr problem) {
    std::lock_guard lock(mutex_);
    problem_ = std::move(problem);
    at_rest_ = true;
    changed_.notify_all();
  }

  db::Filling& filling_;
  db::Database& words_;
  Batch batch_;  // its first `used_` are filled
  std::size_t used_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> waiting_;
  std::vector<Batch> spent_;
  bool ended_ = false, at_rest_ = false;
  std::exception_ptr problem_;
};

Gathering::Gathering(Hub& hub) : hub_(hub) {
  auto* filling = hub.database().filling();
  if (filling) aside_ = std::make_unique<Aside>(*filling);
  else hub.database().write_now(index::expect_many);
}

Gathering::~Gathering() = default;

void Gathering::put(Change& change, const Entry& entry) {
  if (!aside_) return search::put(change, entry);
  auto& now = aside_->next();
  now = index::cut(entry);
  if (!index::insert_row(change, entry, now)) throw conflict("already_exists");
}

void Gathering::no_more() {
  if (aside_) aside_->no_more();
}

void Gathering::finish() {
  no_more();
  if (aside_) aside_->finish();
  else hub_.database().write_now(index::expect_few);
}

}  // namespace baijin::search
