#include <filesystem>
#include <optional>
#include <stdexcept>
#include <thread>

#include "base/log.h"
#include "db/engines.h"
#include "db/local_bell.h"
#include "db/sqlite_connection.h"
#include "db/sqlite_file.h"
#include "db/sqlite_filling.h"
#include "db/sqlite_writer.h"

namespace baijin::db {
namespace {

constexpr std::size_t readers_kept = 8;  // 2 MB of cache each
constexpr std::chrono::seconds patience{5};

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(std::string path, const Options& options, Faults faults);

  Engine engine() const override { return Engine::sqlite; }
  void read(const Work& work) override;
  void write(Work work, Done done) override;
  void ring() override { bell_.ring(); }
  void on_bell(std::function<void()> listener) override { bell_.listen(std::move(listener)); }
  void copy_to(const std::string& path, const std::function<void(double)>& progress) override;
  std::string integrity() override;
  Figures figures() const override { return counters_.figures(); }
  Filling* filling() override { return filling_ ? &*filling_ : nullptr; }

 private:
  std::unique_ptr<SqliteConnection> open_reader(int statement_ms);
  std::unique_ptr<SqliteConnection> take_reader();
  void give_back(std::unique_ptr<SqliteConnection> reader);
  void open_writer();

  Options options_;
  Faults faults_;
  std::string path_;
  std::string file_;  // as SQLite is told
  Counters counters_;
  LocalBell bell_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<SqliteConnection>> idle_;
  std::unique_ptr<SqliteWriter> writer_;  // none in a read-only database
  std::optional<SqliteFilling> filling_;
};

std::string file_address(const std::string& path, bool read_only) {
  // A file without a log is opened so that none is made beside it.
  const bool immutable = read_only && !std::filesystem::exists(path + "-wal");
  return sqlite_address(path, immutable ? "immutable=1" : "");
}

SqliteDatabase::SqliteDatabase(std::string path, const Options& options, Faults faults)
    : options_(options),
      faults_(std::move(faults)),
      path_(std::move(path)),
      file_(file_address(path_, options.read_only)) {
  if (options_.filling) remove_sqlite_file(path_);
  inspect_sqlite_file(path_);
  try {
    if (!options_.read_only) {
      make_sqlite_file(path_);
      open_writer();
    }
    give_back(take_reader());
    read([](Connection& c) { c.run("SELECT count(*) FROM sqlite_schema", {}, nullptr); });
    if (options_.filling) filling_.emplace(path_);
  } catch (const Error& error) {
    throw std::runtime_error("The database file " + path_ + " cannot be opened: " + error.reason +
                             (error.detail.empty() ? "" : " (" + error.detail + ")"));
  }
}

void SqliteDatabase::open_writer() {
  const auto end = std::chrono::steady_clock::now() + patience;
  for (;;) {
    try {
      writer_ = std::make_unique<SqliteWriter>(file_, options_, faults_, counters_);
      return;
    } catch (const Error& error) {
      // Two programs that start together on a new file disturb each other for a moment.
      const bool passes = error.kind == Kind::busy && error.reason == "database_unavailable";
      if (!passes || std::chrono::steady_clock::now() > end) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

std::unique_ptr<SqliteConnection> SqliteDatabase::open_reader(int statement_ms) {
  const auto role = options_.read_only ? SqliteRole::inspector : SqliteRole::reader;
  return std::make_unique<SqliteConnection>(file_, role, faults_, statement_ms);
}

std::unique_ptr<SqliteConnection> SqliteDatabase::take_reader() {
  {
    std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto reader = std::move(idle_.back());
      idle_.pop_back();
      return reader;
    }
  }
  return open_reader(options_.statement_ms);
}

void SqliteDatabase::give_back(std::unique_ptr<SqliteConnection> reader) {
  if (reader->broken() || reader->in_transaction()) return;
  const auto most = std::min(readers_kept, static_cast<std::size_t>(options_.connections));
  std::lock_guard lock(mutex_);
  if (idle_.size() < most) idle_.push_back(std::move(reader));
}

void SqliteDatabase::read(const Work& work) {
  auto reader = take_reader();
  reader->forget_failure();
  reader->command("BEGIN");
  try {
    work(*reader);
  } catch (...) {
    try {
      if (reader->in_transaction()) reader->command("ROLLBACK");
    } catch (const std::exception& wrong) {
      // What the work threw is the error to tell; this connection is closed by give_back.
      log::warn("read_not_ended", {{"what", wrong.what()}});
    }
    give_back(std::move(reader));
    throw;
  }
  if (reader->in_transaction()) reader->command("COMMIT");
  const bool failed = reader->failed();
  give_back(std::move(reader));
  if (failed) refuse_to_go_on();
}

void SqliteDatabase::write(Work work, Done done) {
  if (writer_) return writer_->submit(std::move(work), std::move(done));
  ++counters_.refused;
  done(std::make_exception_ptr(unavailable("read_only", "The database was opened to be read.")));
}

void SqliteDatabase::copy_to(const std::string& path, const std::function<void(double)>& progress) {
  // In a read transaction the copy is of one moment, and changes meanwhile do not start it again.
  const auto source = open_reader(0);
  source->command("BEGIN");
  source->run("SELECT count(*) FROM sqlite_schema", {}, nullptr);
  copy_sqlite(*source, path, progress);
}

std::string SqliteDatabase::integrity() { return sqlite_integrity(*open_reader(0)); }

}  // namespace

std::unique_ptr<Database> open_sqlite(const Options& options, Faults faults) {
  std::string path = options.url.substr(std::string_view("sqlite:").size());
  if (path.empty()) throw std::runtime_error("The database address names no file");
  return std::make_unique<SqliteDatabase>(std::move(path), options, std::move(faults));
}

}  // namespace baijin::db
