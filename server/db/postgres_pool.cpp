#include "db/postgres_pool.h"

namespace baijin::db {

PostgresPool::Lease PostgresPool::take() {
  std::unique_lock lock(mutex_);
  const bool free = freed_.wait_for(lock, std::chrono::milliseconds(options_.lock_wait_ms), [this] {
    return !idle_.empty() || made_ < options_.connections;
  });
  if (!free) throw unavailable("database_unavailable", "All database connections are in use.");
  std::unique_ptr<PostgresConnection> connection;
  // The latest used first, so that the server's memory of it is warm.
  while (!connection && !idle_.empty()) {
    connection = std::move(idle_.back());
    idle_.pop_back();
    if (connection->is_fresh()) continue;
    connection.reset();
    --made_;
  }
  if (connection) return {*this, std::move(connection)};
  ++made_;
  lock.unlock();
  try {
    return {*this, std::make_unique<PostgresConnection>(options_, faults_)};
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void PostgresPool::give_back(std::unique_ptr<PostgresConnection> connection) {
  const bool good = connection && connection->trouble() != PostgresTrouble::lost &&
                    connection->is_fresh();
  {
    std::lock_guard lock(mutex_);
    if (good) {
      idle_.push_back(std::move(connection));
    } else {
      --made_;
    }
  }
  freed_.notify_one();
}

}  // namespace baijin::db
