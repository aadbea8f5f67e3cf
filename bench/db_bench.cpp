// What the database layer costs over the bare engine, and how many changes a second it makes
// durable. Prints text; run it on a quiet machine:
//   db_bench DIRECTORY [postgresql://…]
#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "db/database.h"

namespace {

using namespace baijin;
using Clock = std::chrono::steady_clock;

double seconds_of(const std::function<void()>& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + std::ssize(values) / 2, values.end());
  return values[values.size() / 2];
}

const std::string body(200, 'x');

std::vector<Cell> line(std::int64_t number) {
  std::vector<Cell> cells(4);
  cells[0].set(number);
  cells[1].set(std::int64_t{1'700'000'000'000'000} + number);
  cells[2].set(std::string_view("ticket"));
  cells[3].set(std::string_view(body));
  return cells;
}

constexpr const char* table =
    "CREATE TABLE lines(id BIGINT PRIMARY KEY, at BIGINT NOT NULL, kind TEXT NOT NULL, "
    "body TEXT NOT NULL)";

void bind_line(sqlite3_stmt* insert, std::int64_t number) {
  sqlite3_bind_int64(insert, 1, number);
  sqlite3_bind_int64(insert, 2, 1'700'000'000'000'000 + number);
  sqlite3_bind_text(insert, 3, "ticket", 6, SQLITE_STATIC);
  sqlite3_bind_text(insert, 4, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
}

// The bare engine: one thread, `batch` rows a transaction.
double bare_changes_per_second(const std::string& path, int rows, int batch) {
  std::filesystem::remove(path);
  sqlite3* database = nullptr;
  sqlite3_open(path.c_str(), &database);
  sqlite3_exec(database,
               "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
               "PRAGMA cache_size=-16000",
               nullptr, nullptr, nullptr);
  sqlite3_exec(database, table, nullptr, nullptr, nullptr);
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(database, "INSERT INTO lines VALUES (?1, ?2, ?3, ?4)", -1, &insert, nullptr);
  const double seconds = seconds_of([&] {
    for (int row = 0; row < rows;) {
      sqlite3_exec(database, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
      for (int end = std::min(rows, row + batch); row < end; ++row) {
        bind_line(insert, row);
        sqlite3_step(insert);
        sqlite3_reset(insert);
      }
      sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
    }
  });
  sqlite3_finalize(insert);
  sqlite3_close(database);
  return rows / seconds;
}

struct Measured {
  double per_second = 0, p50_ms = 0, p99_ms = 0, worst_ms = 0, batch = 0;
};

Measured changes(db::Database& database, int submitters, int rows, std::int64_t first) {
  std::vector<std::vector<double>> waits(static_cast<std::size_t>(submitters));
  const auto at_start = database.figures();
  std::atomic<std::int64_t> next{first};
  const double seconds = seconds_of([&] {
    std::vector<std::jthread> threads;
    for (auto& mine : waits) {
      threads.emplace_back([&] {
        for (std::int64_t row; (row = next++) < first + rows;) {
          const auto cells = line(row);
          mine.push_back(seconds_of([&] {
            database.write_now([&](db::Connection& connection) {
              connection.run("INSERT INTO lines VALUES ($1, $2, $3, $4)", cells, nullptr);
            });
          }));
        }
      });
    }
  });
  std::vector<double> all;
  for (const auto& mine : waits) all.insert(all.end(), mine.begin(), mine.end());
  std::sort(all.begin(), all.end());
  const auto commits = database.figures().commits - at_start.commits;
  return {rows / seconds, all[all.size() / 2] * 1e3, all[all.size() * 99 / 100] * 1e3,
          all.back() * 1e3, double(rows) / double(std::max<std::int64_t>(1, commits))};
}

void measure_changes(const std::string& directory, db::Database& database) {
  std::int64_t first = 0;
  for (const int submitters : {1, 16, 64}) {
    const int rows = submitters == 1 ? 3'000 : 40'000;
    const Measured ours = changes(database, submitters, rows, first);
    first += rows;
    std::printf(
        "  %2d submitters: %7.0f changes/s, %5.1f a commit, p50 %.2f ms, p99 %.2f ms, "
        "worst %.1f ms",
        submitters, ours.per_second, ours.batch, ours.p50_ms, ours.p99_ms, ours.worst_ms);
    if (database.engine() == db::Engine::sqlite) {
      const int batch = std::max(1, static_cast<int>(ours.batch + 0.5));
      const double bare = bare_changes_per_second(directory + "/bare.db", rows, batch);
      std::printf("; bare loop %7.0f/s, ratio %.2f", bare, bare / ours.per_second);
    }
    std::printf("\n");
  }
}

constexpr int columns = 15;

std::string wide_table() {
  std::string text = "CREATE TABLE wide(id BIGINT PRIMARY KEY, team BIGINT";
  for (int i = 0; i < columns - 2; ++i) text += ", c" + std::to_string(i) + " TEXT";
  return text + "); CREATE INDEX wide_team ON wide(team, id)";
}

void fill_wide(db::Database& database, int rows) {
  database.write_now([](db::Connection& connection) { connection.script(wide_table()); });
  for (int row = 0; row < rows;) {
    database.write_now([&](db::Connection& connection) {
      for (int end = std::min(rows, row + 20'000); row < end; ++row) {
        std::vector<Cell> cells(columns);
        cells[0].set(std::int64_t{row});
        cells[1].set(std::int64_t{row % (rows / 50)});
        for (std::size_t i = 2; i < columns; ++i) cells[i].set(std::string_view("value of a cell"));
        connection.run(
            "INSERT INTO wide VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,"
            "$15)",
            cells, nullptr);
      }
    });
  }
}

std::size_t sink_bytes = 0;  // so that nothing read is optimised away

void read_through_layer(db::Database& database, std::int64_t team) {
  database.read([team](db::Connection& connection) {
    std::vector<Cell> cells(1);
    cells[0].set(team);
    Cell cell;
    connection.run("SELECT * FROM wide WHERE team = $1 ORDER BY id", cells,
                   [&](const db::Row& row) {
                     for (int column = 0; column < columns; ++column) {
                       row.read(column, cell);
                       sink_bytes += cell.text.size() + static_cast<std::size_t>(cell.integer & 1);
                     }
                   });
  });
}

class BareReader {
 public:
  explicit BareReader(const std::string& path) {
    sqlite3_open_v2(path.c_str(), &database_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    prepare("BEGIN", begin_);
    prepare("SELECT * FROM wide WHERE team = ?1 ORDER BY id", select_);
    prepare("COMMIT", commit_);
  }
  ~BareReader() {
    for (sqlite3_stmt* statement : {begin_, select_, commit_}) sqlite3_finalize(statement);
    sqlite3_close(database_);
  }
  void read(std::int64_t team) {
    sqlite3_step(begin_), sqlite3_reset(begin_);
    sqlite3_bind_int64(select_, 1, team);
    while (sqlite3_step(select_) == SQLITE_ROW) {
      for (int column = 0; column < columns; ++column) {
        if (sqlite3_column_type(select_, column) == SQLITE_INTEGER) {
          sink_bytes += static_cast<std::size_t>(sqlite3_column_int64(select_, column) & 1);
        } else {
          sqlite3_column_text(select_, column);
          sink_bytes += static_cast<std::size_t>(sqlite3_column_bytes(select_, column));
        }
      }
    }
    sqlite3_reset(select_);
    sqlite3_step(commit_), sqlite3_reset(commit_);
  }

 private:
  void prepare(const char* text, sqlite3_stmt*& statement) {
    sqlite3_prepare_v2(database_, text, -1, &statement, nullptr);
  }
  sqlite3* database_ = nullptr;
  sqlite3_stmt *begin_ = nullptr, *select_ = nullptr, *commit_ = nullptr;
};

void measure_reads(const std::string& path, db::Database& database) {
  constexpr int rows = 200'000, rounds = 7, reads = 2'000;
  fill_wide(database, rows);
  const bool has_bare = database.engine() == db::Engine::sqlite;
  BareReader bare(has_bare ? path : ":memory:");
  std::vector<double> ours, theirs;
  for (int round = 0; round < rounds; ++round) {
    ours.push_back(seconds_of([&] {
      for (int i = 0; i < reads; ++i) read_through_layer(database, i * 7 % (rows / 50));
    }));
    if (!has_bare) continue;
    theirs.push_back(seconds_of([&] {
      for (int i = 0; i < reads; ++i) bare.read(i * 7 % (rows / 50));
    }));
  }
  const double ours_us = median(ours) / reads * 1e6;
  std::printf("  50 rows x %d columns: %.1f us", columns, ours_us);
  if (has_bare) {
    const double bare_us = median(theirs) / reads * 1e6;
    std::printf(", bare %.1f us, ratio %.2f", bare_us, ours_us / bare_us);
  }
  std::printf("\n");
}

void measure(const std::string& directory, const std::string& url) {
  const auto database = db::Database::open({.url = url, .connections = 32});
  database->write_now([](db::Connection& connection) { connection.script(table); });
  measure_changes(directory, *database);
  measure_reads(directory + "/bench.db", *database);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "db_bench DIRECTORY [postgresql://…]\n");
    return 2;
  }
  const std::string directory = arguments[1];
  std::filesystem::remove(directory + "/bench.db");
  std::printf("SQLite, synchronous=FULL\n");
  measure(directory, "sqlite:" + directory + "/bench.db");
  if (count > 2) {
    std::printf("PostgreSQL\n");
    measure(directory, arguments[2]);
  }
  return sink_bytes == 0 ? 1 : 0;
}
