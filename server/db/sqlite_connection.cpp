#include "db/sqlite_connection.h"

#include <cerrno>
#include <charconv>
#include <stdexcept>

#include "db/sqlite_error.h"
#include "db/sqlite_words.h"

namespace baijin::db {
namespace {

constexpr std::size_t statements_kept = 256;
constexpr int steps_between_looks = 20'000;  // some milliseconds of SQLite's virtual machine

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

  int columns() const override { return sqlite3_column_count(statement_); }

  std::string_view name(int column) const override {
    return sqlite3_column_name(statement_, column);
  }

  void read(int column, Cell& cell) const override {
    switch (sqlite3_column_type(statement_, column)) {
      case SQLITE_NULL: cell.null = true; return;
      case SQLITE_INTEGER:
        cell.set(static_cast<std::int64_t>(sqlite3_column_int64(statement_, column)));
        return;
      case SQLITE_FLOAT: cell.set(sqlite3_column_double(statement_, column)); return;
      default: break;
    }
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    cell.set(text == nullptr ? std::string_view() : std::string_view(text, size));
  }

 private:
  sqlite3_stmt* statement_;
};

// The only row of an INSERT … RETURNING id.
class IdRow final : public Row {
 public:
  explicit IdRow(std::int64_t id) : id_(id) {}
  int columns() const override { return 1; }
  std::string_view name(int) const override { return "id"; }
  void read(int, Cell& cell) const override { cell.set(id_); }

 private:
  std::int64_t id_;
};

// SQLite runs RETURNING as a trigger, inside a savepoint of its own at which FTS5 writes out all
// the words it has gathered. The id of one inserted row is known without it.
constexpr std::string_view returning_id = "RETURNING id";
bool returns_id_of_one_row(std::string_view text) {
  return text.starts_with("INSERT ") && text.ends_with(returning_id) &&
         text.find("DO UPDATE") == text.npos && text.find("SELECT") == text.npos;
}

// Leaves the statement ready for its next run, whatever happened.
class Use {
 public:
  explicit Use(SqliteStatement& statement) : statement_(statement) { statement_.in_use = true; }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  ~Use() {
    sqlite3_reset(statement_.handle.get());
    if (!statement_.numbers.empty()) sqlite3_clear_bindings(statement_.handle.get());
    statement_.in_use = false;
  }

 private:
  SqliteStatement& statement_;
};

int open_flags(SqliteRole role) {
  const int access = role == SqliteRole::inspector ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  return access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
}

void read_numbers(SqliteStatement& statement) {
  const int count = sqlite3_bind_parameter_count(statement.handle.get());
  for (int index = 1; index <= count; ++index) {
    const char* name = sqlite3_bind_parameter_name(statement.handle.get(), index);
    const std::string_view digits = name == nullptr ? "" : name + 1;
    int number = 0;
    const auto end = digits.data() + digits.size();
    if (std::from_chars(digits.data(), end, number).ptr != end || number < 1) {
      throw std::logic_error("A parameter is not written $1, $2 … in: " + statement.text);
    }
    statement.numbers.push_back(number);
    statement.highest = std::max(statement.highest, number);
  }
}

// SQLite counts its memory under one lock for all threads unless it is told not to before its
// first use.
void count_no_memory() {
  static const int told = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(told);  // refused when somebody else in the process was first: only slower
}

}  // namespace

SqliteConnection::SqliteConnection(const std::string& file, SqliteRole role, const Faults& faults,
                                   int statement_ms)
    : faults_(faults), statement_ms_(statement_ms) {
  before(faults_, "connect");
  count_no_memory();
  sqlite3* opened = nullptr;
  errno = 0;
  const int code = sqlite3_open_v2(file.c_str(), &opened, open_flags(role), nullptr);
  handle_.reset(opened);  // SQLite hands out a handle even when it fails, to tell why
  if (code != SQLITE_OK) fail(code, "open");
  set_up(role);
}

void SqliteConnection::set_up(SqliteRole role) {
  sqlite3_extended_result_codes(handle_.get(), 1);
  sqlite3_busy_timeout(handle_.get(), 500);
  sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  if (statement_ms_ > 0) {
    sqlite3_progress_handler(handle_.get(), steps_between_looks, is_late, this);
  }
  register_words(handle_.get());
  if (role == SqliteRole::writer) use_log();
  pragma("PRAGMA synchronous=FULL");
  pragma("PRAGMA foreign_keys=ON");
  pragma("PRAGMA temp_store=MEMORY");
  pragma("PRAGMA wal_autocheckpoint=0");  // the checkpointer does it, off the writer's way
  pragma("PRAGMA journal_size_limit=67108864");
  pragma(role == SqliteRole::writer ? "PRAGMA cache_size=-16000" : "PRAGMA cache_size=-2000");
  if (role == SqliteRole::reader) pragma("PRAGMA query_only=ON");
  if (role == SqliteRole::filler) fill_quickly();
}

// If the process or the machine dies meanwhile, the file is thrown away.
void SqliteConnection::fill_quickly() {
  sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);  // bring_back()
  pragma("PRAGMA journal_mode=MEMORY");
  pragma("PRAGMA synchronous=OFF");
  pragma("PRAGMA foreign_keys=OFF");
  pragma("PRAGMA cache_size=-64000");
}

void SqliteConnection::pragma(const char* text) {
  errno = 0;
  const int code = sqlite3_exec(handle_.get(), text, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code, text);
}

void SqliteConnection::use_log() {
  std::string mode;
  const auto note = [](void* out, int, char** values, char**) {
    *static_cast<std::string*>(out) = values[0];
    return 0;
  };
  const int code = sqlite3_exec(handle_.get(), "PRAGMA journal_mode=WAL", note, &mode, nullptr);
  if (code != SQLITE_OK) fail(code, "journal_mode");
  // SQLite keeps the old mode without an error where the file system cannot share memory.
  if (mode != "wal") {
    throw std::runtime_error("This file system cannot hold a SQLite database with a WAL");
  }
}

int SqliteConnection::is_late(void* self) {
  return std::chrono::steady_clock::now() > static_cast<SqliteConnection*>(self)->deadline_;
}

void SqliteConnection::fail(int code, std::string_view sql) {
  failed_ = true;
  broken_ = broken_ || breaks_sqlite_connection(code);
  throw_sqlite_error(handle_.get(), code, sql);
}

std::unique_ptr<SqliteStatement> SqliteConnection::prepare(std::string_view text, unsigned flags) {
  auto statement = std::make_unique<SqliteStatement>();
  statement->text = text;
  statement->gives_id = returns_id_of_one_row(text);
  auto size = text.size() - (statement->gives_id ? returning_id.size() : 0);
  sqlite3_stmt* made = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), statement->text.c_str(),
                                      static_cast<int>(size), flags, &made, &rest);
  statement->handle.reset(made);
  if (code != SQLITE_OK) fail(code, text);
  const auto end = statement->text.c_str() + size;
  const std::string_view unread(rest, static_cast<std::size_t>(end - rest));
  if (made == nullptr || unread.find_first_not_of(" \t\n;") != text.npos) {
    failed_ = true;
    throw std::logic_error("Not exactly one statement: " + statement->text);
  }
  read_numbers(*statement);
  return statement;
}

SqliteStatement& SqliteConnection::kept(std::string_view text) {
  if (auto found = statements_.find(text); found != statements_.end()) return *found->second;
  if (statements_.size() >= statements_kept) {
    // Rare and cheap enough: what is needed comes back with its next use.
    std::erase_if(statements_, [](const auto& entry) { return !entry.second->in_use; });
  }
  auto made = prepare(text, SQLITE_PREPARE_PERSISTENT);
  SqliteStatement& statement = *made;
  statements_.emplace(statement.text, std::move(made));
  return statement;
}

void SqliteConnection::bind(SqliteStatement& statement, std::span<const Cell> parameters) {
  if (statement.highest > static_cast<int>(parameters.size())) {
    failed_ = true;
    throw std::logic_error("Too few parameters for: " + statement.text);
  }
  sqlite3_stmt* handle = statement.handle.get();
  int index = 0;
  for (const int number : statement.numbers) {
    const Cell& cell = parameters[static_cast<std::size_t>(number - 1)];
    ++index;
    int code = SQLITE_OK;
    if (cell.null) {
      code = sqlite3_bind_null(handle, index);
    } else if (cell.type == Cell::Type::text) {
      // The bytes outlive the run, and Use takes the binding away after it. An empty view may
      // have no address, which SQLite would take for NULL.
      const char* bytes = cell.text.data() == nullptr ? "" : cell.text.data();
      code = sqlite3_bind_text64(handle, index, bytes, cell.text.size(), SQLITE_STATIC,
                                 SQLITE_UTF8);
    } else if (cell.type == Cell::Type::real) {
      code = sqlite3_bind_double(handle, index, cell.real);
    } else {
      code = sqlite3_bind_int64(handle, index, cell.integer);
    }
    if (code != SQLITE_OK) fail(code, statement.text);
  }
}

std::int64_t SqliteConnection::step(SqliteStatement& statement, std::span<const Cell> parameters,
                                    const RowSink& sink) {
  Use use(statement);
  bind(statement, parameters);
  sqlite3_stmt* handle = statement.handle.get();
  const bool writes = sqlite3_stmt_readonly(handle) == 0;
  touched_ = touched_ || writes;
  const auto changes_before = sqlite3_total_changes64(handle_.get());
  const SqliteRow row(handle);
  errno = 0;  // an old one must not explain a new failure
  int code;
  while ((code = sqlite3_step(handle)) == SQLITE_ROW) {
    if (sink) sink(row);
  }
  if (code != SQLITE_DONE) fail(code, statement.text);
  // sqlite3_changes64 keeps its old value after statements that cannot change rows.
  const bool changed = writes && sqlite3_total_changes64(handle_.get()) != changes_before;
  if (!changed) return 0;
  if (statement.gives_id && sink) sink(IdRow(sqlite3_last_insert_rowid(handle_.get())));
  return sqlite3_changes64(handle_.get());
}

std::int64_t SqliteConnection::run(Sql sql, std::span<const Cell> parameters, const RowSink& sink) {
  if (failed_) refuse_to_go_on();
  check_parameters(parameters);
  before(faults_, "statement");
  if (statement_ms_ > 0) {
    deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(statement_ms_);
  }
  SqliteStatement& statement = kept(sql.text());
  if (!statement.in_use) return step(statement, parameters, sink);
  // A sink runs the statement whose rows it is reading.
  const auto second = prepare(sql.text(), 0);
  return step(*second, parameters, sink);
}

void SqliteConnection::script(std::string_view statements) {
  if (failed_) refuse_to_go_on();
  before(faults_, "statement");
  deadline_ = std::chrono::steady_clock::time_point::max();
  const std::string text(statements);
  touched_ = true;
  errno = 0;
  const int code = sqlite3_exec(handle_.get(), text.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code, text);
}

void SqliteConnection::command(std::string_view text) {
  deadline_ = std::chrono::steady_clock::time_point::max();
  step(kept(text), {}, nullptr);
}

bool SqliteConnection::has_open_foreign_keys() const {
  int open = 0;
  int unused = 0;
  sqlite3_db_status(handle_.get(), SQLITE_DBSTATUS_DEFERRED_FKS, &open, &unused, 0);
  return open != 0;
}

void SqliteConnection::checkpoint() {
  errno = 0;
  const int code = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                             nullptr, nullptr);
  // BUSY: somebody else is at it, which is as good.
  if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) fail(code, "checkpoint");
}

}  // namespace baijin::db
