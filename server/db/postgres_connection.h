#pragma once
// One PostgreSQL connection with its prepared statements. Everything is sent without blocking and
// awaited with a limit, so that a server that hangs does not hang us.
#include <libpq-fe.h>

#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "db/engines.h"
#include "db/postgres_error.h"

namespace baijin::db {

struct PostgresCloser {
  void operator()(PGconn* connection) const { PQfinish(connection); }
  void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, PostgresCloser>;

class PostgresConnection final : public Connection {
 public:
  // Connects; throws busy "database_unavailable" or, when every host is read-only, "read_only".
  PostgresConnection(const Options& options, const Faults& faults);

  Engine engine() const override { return Engine::postgres; }
  std::int64_t run(Sql sql, std::span<const Cell> parameters, const RowSink& sink) override;
  void script(std::string_view statements) override;

  // ROLLBACK, LISTEN …; without fault.
  void command(const char* text);
  // Starts a transaction; what failed before no longer counts.
  void begin(const char* text);
  // Commits; throws busy "outcome_unknown" when the connection is lost meanwhile.
  void commit();

  bool failed() const { return failed_; }
  // The worst that happened on this connection since its last BEGIN.
  PostgresTrouble trouble() const { return trouble_; }
  // Outside any transaction, and nothing has come from the server: it did not hang up.
  bool is_fresh() const;
  PGconn* handle() const { return handle_.get(); }

 private:
  struct Prepared {
    std::string text;
    std::string types;  // one character per parameter
    std::string name;
  };
  struct Key {
    std::string_view text, types;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const {
      return std::hash<std::string_view>()(key.text) * 31 +
             std::hash<std::string_view>()(key.types);
    }
  };
  // The parameters as libpq wants them; kept to be used again without allocating.
  struct Bound {
    std::vector<Oid> oids;
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;
    std::vector<std::uint64_t> numbers;  // in network byte order
    std::string types;
    void take(std::span<const Cell> parameters);
  };

  void set_up(const Options& options);
  bool has_input() const;
  const Prepared& prepared(std::string_view text);
  // Sends by `sent` (libpq's 1 or 0) and waits; returns the first failure or the last result.
  PostgresResult await(int sent, std::string_view sql, std::chrono::milliseconds limit);
  bool await_input(std::chrono::steady_clock::time_point end);
  PostgresResult collect(std::chrono::steady_clock::time_point end, std::string_view sql);
  [[noreturn]] void fail(std::string_view sqlstate, std::string_view message, std::string_view sql);

  const Faults& faults_;
  std::chrono::milliseconds limit_;
  std::unique_ptr<PGconn, PostgresCloser> handle_;
  bool failed_ = false;
  PostgresTrouble trouble_ = PostgresTrouble::none;
  Bound bound_;
  std::int64_t names_ = 0;
  std::unordered_map<Key, std::unique_ptr<Prepared>, KeyHash> statements_;
};

}  // namespace baijin::db
