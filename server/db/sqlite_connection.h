#pragma once
// One SQLite connection with its prepared statements.
#include <sqlite3.h>

#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "db/engines.h"

namespace baijin::db {

enum class SqliteRole {
  writer,     // the one that changes rows; the file exists already
  filler,     // the same in a file that counts only when it is whole (Options::filling)
  reader,     // query_only
  keeper,     // checkpoints and copies; small cache, may write
  inspector,  // opened read-only: a file that must stay as it is
};

struct SqliteCloser {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

struct SqliteStatement {
  std::string text;
  std::unique_ptr<sqlite3_stmt, SqliteCloser> handle;
  std::vector<int> numbers;  // numbers[i] = 7: SQLite's parameter i + 1 is written "$7"
  int highest = 0;           // of `numbers`
  bool gives_id = false;     // the text ends in RETURNING id, which the connection does itself
  bool in_use = false;
};

class SqliteConnection final : public Connection {
 public:
  // Throws as run() does; `statement_ms` 0 is no limit.
  SqliteConnection(const std::string& file, SqliteRole role, const Faults& faults,
                   int statement_ms);

  Engine engine() const override { return Engine::sqlite; }
  std::int64_t run(Sql sql, std::span<const Cell> parameters, const RowSink& sink) override;
  void script(std::string_view statements) override;

  // BEGIN, COMMIT, SAVEPOINT …: kept prepared, without limit of time and without fault.
  void command(std::string_view text);
  // A transaction or savepoint starts: an earlier failure no longer counts.
  void forget_failure() { failed_ = false; }
  bool failed() const { return failed_; }
  // Whether anything that may write was run since this was last called.
  bool take_touched() { return std::exchange(touched_, false); }
  bool broken() const { return broken_; }
  bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
  // Foreign keys checked at COMMIT only, and still violated.
  bool has_open_foreign_keys() const;
  // Copies what the log holds into the file, as far as nobody is in the way.
  void checkpoint();
  sqlite3* handle() const { return handle_.get(); }

 private:
  void set_up(SqliteRole role);
  void pragma(const char* text);
  void use_log();
  void fill_quickly();
  std::unique_ptr<SqliteStatement> prepare(std::string_view text, unsigned flags);
  SqliteStatement& kept(std::string_view text);
  std::int64_t step(SqliteStatement& statement, std::span<const Cell> parameters,
                    const RowSink& sink);
  void bind(SqliteStatement& statement, std::span<const Cell> parameters);
  [[noreturn]] void fail(int code, std::string_view sql);
  static int is_late(void* self);

  const Faults& faults_;
  int statement_ms_;
  std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
  bool failed_ = false;
  bool broken_ = false;
  bool touched_ = false;
  std::unique_ptr<sqlite3, SqliteCloser> handle_;
  // The keys point into the statements' own texts. Declared last: finalised before the close.
  std::unordered_map<std::string_view, std::unique_ptr<SqliteStatement>> statements_;
};

}  // namespace baijin::db
