// The yardstick for creating: the rows that the server wrote, inserted once more by a bare loop
// over the SQLite C API, as many creates a transaction as the server reached. MADE is a desk with
// those rows, BASE a copy of it from before: the same tables, indexes and sizes. It is written to.
//   bare_loop MADE BASE BATCH
#include <sqlite3.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "db/sqlite_words.h"

namespace {

using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

struct Rows {
  std::string table;
  int columns = 0;
  std::vector<Value> values;
  std::string insert;
  std::size_t count() const { return values.size() / static_cast<std::size_t>(columns); }
};

class Connection {
 public:
  explicit Connection(const std::string& path) {
    check(sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                          nullptr));
    baijin::db::register_words(handle_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { sqlite3_close_v2(handle_); }

  void run(const std::string& sql) {
    check(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr));
  }
  sqlite3_stmt* prepare(const std::string& sql) {
    sqlite3_stmt* made = nullptr;
    check(sqlite3_prepare_v3(handle_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr));
    return made;
  }
  void check(int code) const {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
    throw std::runtime_error(sqlite3_errmsg(handle_));
  }

 private:
  sqlite3* handle_ = nullptr;
};

Value value_at(sqlite3_stmt* row, int column) {
  switch (sqlite3_column_type(row, column)) {
    case SQLITE_NULL: return {};
    case SQLITE_INTEGER: return std::int64_t{sqlite3_column_int64(row, column)};
    case SQLITE_FLOAT: return sqlite3_column_double(row, column);
    default: break;
  }
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  return std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
}

std::vector<Value> values_of(Connection& made, const std::string& sql, int& columns) {
  std::vector<Value> values;
  auto* select = made.prepare(sql);
  columns = sqlite3_column_count(select);
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(select)) == SQLITE_ROW) {
    for (int column = 0; column < columns; ++column) values.push_back(value_at(select, column));
  }
  made.check(code);
  sqlite3_finalize(select);
  return values;
}

std::string insert_into(const std::string& target, int columns) {
  std::string text = "INSERT INTO " + target + " VALUES (?";
  for (int i = 1; i < columns; ++i) text += ",?";
  return text + ")";
}

// The rows of every table that stand behind those of BASE; the index of words gets its own from
// the entries, as the server gives them to it.
std::vector<Rows> new_rows(const std::string& made_path, const std::string& base_path) {
  Connection made(made_path);
  made.run("ATTACH '" + base_path + "' AS base");
  int one = 0;
  auto names = values_of(made,
                         "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE "
                         "'sqlite_%' AND name NOT LIKE 'search\\_index%' ESCAPE '\\'",
                         one);
  std::vector<Rows> all;
  for (const auto& name : names) {
    Rows rows;
    rows.table = std::get<std::string>(name);
    auto behind = " FROM main." + rows.table +
                  " WHERE rowid > (SELECT coalesce(max(rowid), 0) "
                  "FROM base." +
                  rows.table + ") ORDER BY rowid";
    rows.values = values_of(made, "SELECT *" + behind, rows.columns);
    if (rows.values.empty()) continue;
    rows.insert = insert_into(rows.table, rows.columns);
    bool searchable = rows.table == "search_entries";
    all.push_back(std::move(rows));
    if (!searchable) continue;
    Rows words;
    words.table = "search_index";
    words.values = values_of(made, "SELECT id, title, body, scope" + behind, words.columns);
    words.insert = insert_into("search_index (rowid, title, body, scope)", words.columns);
    all.push_back(std::move(words));
  }
  return all;
}

class Inserter {
 public:
  Inserter(Connection& base, const Rows& rows) : base_(base), rows_(rows) {
    statement_ = base.prepare(rows.insert);
  }
  Inserter(const Inserter&) = delete;
  Inserter& operator=(const Inserter&) = delete;
  ~Inserter() { sqlite3_finalize(statement_); }

  // The part of the rows that belongs to the one of `creates`.
  void insert_part(std::size_t one, std::size_t creates) {
    auto begin = one * rows_.count() / creates, end = (one + 1) * rows_.count() / creates;
    for (auto row = begin; row < end; ++row) insert(row);
  }

 private:
  void insert(std::size_t row) {
    const auto* values = &rows_.values[row * static_cast<std::size_t>(rows_.columns)];
    for (int i = 0; i < rows_.columns; ++i) {
      if (const auto* integer = std::get_if<std::int64_t>(values + i)) {
        sqlite3_bind_int64(statement_, i + 1, *integer);
      } else if (const auto* real = std::get_if<double>(values + i)) {
        sqlite3_bind_double(statement_, i + 1, *real);
      } else if (const auto* text = std::get_if<std::string>(values + i)) {
        sqlite3_bind_text64(statement_, i + 1, text->data(), text->size(), SQLITE_STATIC,
                            SQLITE_UTF8);
      } else {
        sqlite3_bind_null(statement_, i + 1);
      }
    }
    base_.check(sqlite3_step(statement_));
    base_.check(sqlite3_reset(statement_));
  }

  Connection& base_;
  const Rows& rows_;
  sqlite3_stmt* statement_ = nullptr;
};

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  auto seconds = [](const timeval& t) { return double(t.tv_sec) + double(t.tv_usec) / 1e6; };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void insert_all(const std::string& base_path, const std::vector<Rows>& all, std::size_t creates,
                std::size_t batch) {
  Connection base(base_path);
  // As the server's writer has it; its checkpointer also begins at 4,000 pages.
  base.run(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; "
      "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000");
  std::vector<std::unique_ptr<Inserter>> inserters;
  for (const auto& rows : all) inserters.push_back(std::make_unique<Inserter>(base, rows));
  auto cpu = cpu_seconds();
  auto start = std::chrono::steady_clock::now();
  for (std::size_t one = 0; one < creates;) {
    base.run("BEGIN IMMEDIATE");
    for (auto end = std::min(creates, one + batch); one < end; ++one) {
      for (auto& inserter : inserters) inserter->insert_part(one, creates);
    }
    base.run("COMMIT");
  }
  std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  std::size_t rows = 0;
  for (const auto& some : all) rows += some.count();
  std::printf(
      "{\"creates\": %zu, \"rows_each\": %.2f, \"batch\": %zu, \"rate\": %.1f, "
      "\"cpu_us\": %.1f}\n",
      creates, double(rows) / double(creates), batch, double(creates) / took.count(),
      (cpu_seconds() - cpu) / double(creates) * 1e6);
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) {
    std::fprintf(stderr, "usage: bare_loop MADE BASE BATCH\n");
    return 2;
  }
  try {
    auto all = new_rows(words[1], words[2]);
    std::size_t creates = 0;
    for (const auto& rows : all) {
      if (rows.table == "tickets") creates = rows.count();
    }
    if (creates == 0) throw std::runtime_error("MADE has no tickets that BASE has not");
    insert_all(words[2], all, creates, std::strtoull(words[3], nullptr, 10));
    return 0;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "bare_loop: %s\n", problem.what());
    return 1;
  }
}
