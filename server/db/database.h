#pragma once
// One door to two engines. One SQL text with $1 … works on both; the few places where the engines
// differ are in dialect.h. Results are read row by row while the statement runs.
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/cell.h"
#include "base/error.h"

namespace baijin::db {

enum class Engine { sqlite, postgres };

// SQL is written in the program, never made of somebody's input (I1): the only public way to make
// one is from a literal. `Assembled` is for hub/sql.cpp, which joins such literals.
class Sql {
 public:
  template <std::size_t N>
  consteval Sql(const char (&literal)[N]) : text_(literal, N - 1) {}  // NOLINT: meant to convert
  std::string_view text() const { return text_; }
  // `text` must outlive the database: hub/sql.cpp keeps what it assembles for ever.
  static Sql assembled(std::string_view text) { return Sql(text, 0); }

 private:
  Sql(std::string_view text, int) : text_(text) {}
  std::string_view text_;
};

// The current row; valid only inside the sink.
class Row {
 public:
  virtual int columns() const = 0;
  virtual void read(int column, Cell& cell) const = 0;  // cell.text points into the row
  virtual std::string_view name(int column) const = 0;

 protected:
  ~Row() = default;
};
using RowSink = std::function<void(const Row&)>;

// One connection, used by one thread at a time, inside a transaction that Database opened.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual Engine engine() const = 0;
  // Runs one statement, calls `sink` for each row and returns how many rows it changed.
  // Statements are prepared once per connection and kept, by their text.
  // Throws Error: conflict "already_exists" (unique), conflict "still_in_use" (foreign key),
  // busy "database_unavailable", busy "read_only", no_space "disk_full"; std::logic_error for SQL
  // that the engine refuses, with its message. Other busy reasons: "too_slow" (the statement, or
  // its wait for a lock). After a failed statement the transaction is over on both engines: work
  // that keeps quiet about it gets a std::logic_error.
  virtual std::int64_t run(Sql sql, std::span<const Cell> parameters, const RowSink& sink) = 0;
  // Several statements without parameters: migrations.
  virtual void script(std::string_view statements) = 0;
};

struct Options {
  // "sqlite:/path/to/baijin.db" (made when missing) or "postgresql://…" (libpq's forms, several
  // hosts allowed).
  std::string url;
  int connections = 16;       // PostgreSQL: the pool; SQLite: readers kept open at most
  int lock_wait_ms = 10'000;  // PostgreSQL lock_timeout; a waiting write past it is busy
  int statement_ms = 30'000;  // longest statement, then busy "too_slow"
  bool read_only = false;     // baijin check on a copy: nothing is created or changed
  // SQLite: a new file that counts only when it is whole, see filling.h. What lies at its path is
  // removed; foreign keys are not looked after, and only one thread uses it.
  bool filling = false;
};

// Faults for tests: called before the named step ("commit", "statement", "connect"); may throw.
struct Faults {
  std::function<void(std::string_view step)> before;
};

struct Figures {  // for /metrics; all since the start
  std::int64_t commits = 0;
  std::int64_t changes = 0;  // ≥ commits: a group commit carries several
  std::int64_t changes_refused = 0;
  std::int64_t retries = 0;  // serialisation failures and deadlocks tried again
  std::int64_t waiting = 0;  // changes queued now
};

class Filling;

class Database {
 public:
  // Opens (and for SQLite creates) the database; does not migrate. A file that is not a database or
  // is damaged is reported with std::runtime_error and left as it is; a PostgreSQL that cannot be
  // reached with Error busy "database_unavailable" or "read_only".
  static std::unique_ptr<Database> open(const Options& options, Faults faults = {});
  virtual ~Database() = default;  // finishes what is queued, then closes

  virtual Engine engine() const = 0;

  using Work = std::function<void(Connection&)>;
  using Done = std::function<void(std::exception_ptr)>;

  // Runs `work` in one read-only snapshot on the calling thread.
  virtual void read(const Work& work) = 0;

  // Runs `work` in one transaction and calls `done` once: with nothing when it is durable, else
  // with what went wrong (nothing of it is kept then).
  // SQLite: queued to the one writer thread, which takes all waiting changes and commits them
  // together with synchronous=FULL (group commit); `done` is called there after the commit.
  // When one fails that has written already, those before it are run again. More than 4,096
  // waiting: busy "too_many_changes", at once.
  // PostgreSQL: on the calling thread, REPEATABLE READ; run again up to 8 times after a
  // serialisation failure, deadlock or lost connection before COMMIT was sent. On both, then,
  // `work` must have no effect outside the database. If the connection is lost during COMMIT the
  // outcome is unknown: busy "outcome_unknown" (the caller repeats with its idempotency key).
  virtual void write(Work work, Done done) = 0;

  // write(), waiting for the end; rethrows.
  void write_now(const Work& work);

  // Rings the bell: tells every node that something was committed. Cheap and coalesced.
  // On SQLite only this process hears it. `listener` is called on a thread of the database's.
  virtual void ring() = 0;
  virtual void on_bell(std::function<void()> listener) = 0;

  // A consistent copy while in use: a SQLite file. PostgreSQL: throws conflict "use_pg_dump".
  // `progress` gets 0 … 1.
  virtual void copy_to(const std::string& path, const std::function<void(double)>& progress) = 0;
  // What the engine itself says about the file (integrity_check); empty when all is well.
  virtual std::string integrity() = 0;

  virtual Figures figures() const = 0;

  virtual Filling* filling() { return nullptr; }  // none unless Options::filling, on SQLite
};

}  // namespace baijin::db
