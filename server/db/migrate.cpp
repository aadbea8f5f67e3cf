#include "db/migrate.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "base/log.h"
#include "db/dialect.h"

namespace baijin::db {
namespace {

constexpr std::chrono::seconds patience{60};

// FNV-1a: must stay the same in every release, so not the standard library's hash.
std::string checksum(std::string_view text) {
  std::uint64_t sum = 0xcbf29ce484222325;
  for (const char letter : text) {
    sum = (sum ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
  }
  return fmt::format("{:016x}", sum);
}

int newest(std::span<const Migration> all) { return all.empty() ? 0 : all.back().number; }

// Compares what was applied with the program's migrations; returns the newest number applied.
int check_applied(Connection& connection, std::span<const Migration> all) {
  int at = 0;
  const auto look = [&](const Row& row) {
    Cell number, name, sum;
    row.read(0, number);
    row.read(1, name);
    row.read(2, sum);
    at = static_cast<int>(number.as_integer());
    const auto ours = std::find_if(all.begin(), all.end(),
                                   [at](const Migration& one) { return one.number == at; });
    if (ours == all.end()) {
      throw std::runtime_error(fmt::format(
          "The database is newer than this program: it has migration {}, the program knows {}. "
          "Install the newer release or restore a backup made before it.",
          name.text, newest(all)));
    }
    if (sum.text != checksum(ours->text)) {
      throw std::runtime_error(fmt::format(
          "Migration {} was applied to this database with another text than this program's {}.",
          name.text, ours->name));
    }
  };
  connection.run("SELECT number, name, checksum FROM schema_migrations ORDER BY number", {}, look);
  return at;
}

void write_line(Connection& connection, const Migration& migration) {
  using namespace std::chrono;
  std::array<Cell, 4> line;
  line[0].set(static_cast<std::int64_t>(migration.number));
  line[1].set(migration.name);
  line[2].own(checksum(migration.text));
  line[3].set(static_cast<std::int64_t>(
      duration_cast<microseconds>(system_clock::now().time_since_epoch()).count()));
  connection.run(
      "INSERT INTO schema_migrations(number, name, checksum, applied_at) "
      "VALUES ($1, $2, $3, $4)",
      line, nullptr);
}

// Another node that starts at the same time may hold the one SQLite file for a while.
void write_patiently(Database& database, const Database::Work& work) {
  const auto end = std::chrono::steady_clock::now() + patience;
  for (;;) {
    try {
      return database.write_now(work);
    } catch (const Error& error) {
      const bool passes = error.kind == Kind::busy && error.reason == "database_unavailable";
      if (!passes || std::chrono::steady_clock::now() > end) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

void apply(Database& database, std::span<const Migration> all, const Migration& migration) {
  const Engine engine = database.engine();
  bool applied = false;
  write_patiently(database, [&](Connection& connection) {
    connection.script(lock_migrations_table(engine));
    applied = check_applied(connection, all) < migration.number;
    if (!applied) return;
    connection.script(migration_text(migration.text, engine));
    write_line(connection, migration);
  });
  if (applied) log::info("migrated", {{"migration", migration.name}});
}

}  // namespace

MigrationPlan plan_migrations(Database& database, std::span<const Migration> all) {
  MigrationPlan plan{.at = 0, .newest = newest(all)};
  database.read([&](Connection& connection) {
    bool exists = false;
    connection.run(has_migrations_table(database.engine()), {}, [&](const Row& row) {
      Cell cell;
      row.read(0, cell);
      exists = cell.as_boolean();
    });
    if (exists) plan.at = check_applied(connection, all);
  });
  return plan;
}

void migrate(Database& database, std::span<const Migration> all,
             const std::function<void(const MigrationPlan&)>& before) {
  const MigrationPlan plan = plan_migrations(database, all);
  if (plan.at == plan.newest) return;
  if (plan.at > 0 && before) before(plan);
  write_patiently(database, [&](Connection& connection) {
    connection.script(make_migrations_table(database.engine()));
  });
  for (const Migration& migration : all) {
    if (migration.number > plan.at) apply(database, all, migration);
  }
}

}  // namespace baijin::db
