#include <random>
#include <thread>

#include "base/log.h"
#include "db/engines.h"
#include "db/postgres_bell.h"
#include "db/postgres_pool.h"

namespace baijin::db {
namespace {

constexpr int repeats_at_most = 8;

class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(const Options& options, Faults faults)
      : options_(options),
        faults_(std::move(faults)),
        pool_(options_, faults_),
        bell_(options_, faults_) {
    // Connects once, so that whoever opens the database learns what is wrong.
    pool_.take();
  }

  Engine engine() const override { return Engine::postgres; }
  void read(const Work& work) override;
  void write(Work work, Done done) override;
  void ring() override { bell_.ring(); }
  void on_bell(std::function<void()> listener) override { bell_.listen(std::move(listener)); }
  void copy_to(const std::string&, const std::function<void(double)>&) override {
    throw conflict("use_pg_dump", "A PostgreSQL database is copied with pg_dump.");
  }
  std::string integrity() override;
  Figures figures() const override { return counters_.figures(); }

 private:
  void change(const Work& work);
  // Runs and commits once. False: it may be run again, and `wrong` says why.
  bool attempt(const Work& work, std::exception_ptr& wrong);

  Options options_;
  Faults faults_;
  Counters counters_;
  PostgresPool pool_;
  PostgresBell bell_;
};

void end(PostgresConnection& connection) {
  if (connection.trouble() == PostgresTrouble::lost) return;
  try {
    connection.command("ROLLBACK");
  } catch (const std::exception& wrong) {
    // The connection is closed by the pool; what the work threw is the error to tell.
    log::warn("transaction_not_ended", {{"what", wrong.what()}});
  }
}

void read_once(PostgresConnection& connection, const Database::Work& work) {
  try {
    work(connection);
    if (connection.failed()) refuse_to_go_on();
    connection.command("COMMIT");
  } catch (...) {
    end(connection);
    throw;
  }
}

void PostgresDatabase::read(const Work& work) {
  for (int tries = 0;; ++tries) {
    const auto connection = pool_.take();
    try {
      connection->begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    } catch (const Error&) {
      // Nothing has been read yet, so another connection will do.
      if (tries == repeats_at_most) throw;
      continue;
    }
    return read_once(*connection, work);
  }
}

bool PostgresDatabase::attempt(const Work& work, std::exception_ptr& wrong) {
  const auto connection = pool_.take();
  bool is_committing = false;
  try {
    connection->begin("BEGIN ISOLATION LEVEL REPEATABLE READ");
    work(*connection);
    if (connection->failed()) refuse_to_go_on();
    before(faults_, "commit");
    is_committing = true;
    connection->commit();
    return true;
  } catch (const Error& error) {
    wrong = std::current_exception();
    // Whether it was committed is not known: then it must not be run again.
    if (is_committing && error.reason == "outcome_unknown") throw;
  } catch (...) {
    wrong = std::current_exception();
  }
  end(*connection);
  // Asked of the connection, not of the error: the work may have thrown something else instead.
  const PostgresTrouble trouble = connection->trouble();
  if (trouble != PostgresTrouble::again && trouble != PostgresTrouble::lost) {
    std::rethrow_exception(wrong);
  }
  return false;
}

// Those who disturbed each other come back at different times.
void pause(int repeats) {
  thread_local std::minstd_rand random(std::random_device{}());
  const int most_us = 1'000 << std::min(repeats, 6);
  std::this_thread::sleep_for(
      std::chrono::microseconds(std::uniform_int_distribution(0, most_us)(random)));
}

void PostgresDatabase::change(const Work& work) {
  std::exception_ptr wrong;
  for (int repeats = 0; !attempt(work, wrong); ++repeats) {
    if (repeats == repeats_at_most) std::rethrow_exception(wrong);
    ++counters_.retries;
    pause(repeats);
  }
}

void PostgresDatabase::write(Work work, Done done) {
  std::exception_ptr wrong;
  ++counters_.waiting;
  try {
    if (options_.read_only) {
      throw unavailable("read_only", "The database was opened to be read.");
    }
    change(work);
    ++counters_.commits;
    ++counters_.changes;
  } catch (...) {
    wrong = std::current_exception();
    ++counters_.refused;
  }
  --counters_.waiting;
  done(wrong);
}

std::string PostgresDatabase::integrity() {
  std::int64_t failures = 0;
  read([&](Connection& connection) {
    connection.run("SELECT coalesce(sum(checksum_failures), 0) FROM pg_stat_database", {},
                   [&](const Row& row) {
                     Cell cell;
                     row.read(0, cell);
                     failures = cell.as_integer();
                   });
  });
  if (failures == 0) return {};
  return "PostgreSQL counted " + std::to_string(failures) + " pages with a wrong checksum";
}

}  // namespace

std::unique_ptr<Database> open_postgres(const Options& options, Faults faults) {
  return std::make_unique<PostgresDatabase>(options, std::move(faults));
}

}  // namespace baijin::db
