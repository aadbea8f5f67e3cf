#pragma once
// The connections to PostgreSQL: made when needed, at most as many as configured.
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "db/postgres_connection.h"

namespace baijin::db {

class PostgresPool {
 public:
  PostgresPool(const Options& options, const Faults& faults) : options_(options), faults_(faults) {}

  // Hands its connection back at its end, or closes it when it is no longer good.
  class Lease {
   public:
    Lease(PostgresPool& pool, std::unique_ptr<PostgresConnection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() { pool_.give_back(std::move(connection_)); }
    PostgresConnection& operator*() const { return *connection_; }
    PostgresConnection* operator->() const { return connection_.get(); }

   private:
    PostgresPool& pool_;
    std::unique_ptr<PostgresConnection> connection_;
  };

  // Waits for a free connection; throws busy "database_unavailable" when none comes in time or the
  // server cannot be reached.
  Lease take();

 private:
  void give_back(std::unique_ptr<PostgresConnection> connection);

  const Options& options_;
  const Faults& faults_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<PostgresConnection>> idle_;
  int made_ = 0;  // idle and lent
};

}  // namespace baijin::db
