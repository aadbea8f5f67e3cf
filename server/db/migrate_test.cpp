#include "db/migrate.h"

#include <thread>

#include "db/test_databases.h"

namespace baijin::db {
namespace {

constexpr Migration three[] = {
    {1, "0001_first",
     "CREATE TABLE first(id {id}, note TEXT);\n"
     "INSERT INTO first(note) VALUES ('a;b')"},
    {2, "0002_second", "CREATE TABLE second(id {id}, first BIGINT REFERENCES first(id));"},
    {3, "0003_third",
     "@sqlite CREATE TABLE third(engine TEXT DEFAULT 'sqlite');\n"
     "@postgres CREATE TABLE third(engine TEXT DEFAULT 'postgres');\n"
     "INSERT INTO third DEFAULT VALUES;"},
};
constexpr std::span<const Migration> all(three);

class Migrations : public OnEachEngine {
 protected:
  int tables() {
    int found = 0;
    database_->read([&](Connection& connection) {
      connection.run(is_sqlite()
                         ? Sql("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND "
                               "name IN ('first', 'second', 'third')")
                         : Sql("SELECT count(*) FROM information_schema.tables WHERE "
                               "table_name IN ('first', 'second', 'third')"),
                     {}, [&](const Row& row) {
                       Cell cell;
                       row.read(0, cell);
                       found = static_cast<int>(cell.as_integer());
                     });
    });
    return found;
  }
};
INSTANTIATE_TEST_SUITE_P(Db, Migrations, testing::Values(Engine::sqlite, Engine::postgres),
                         engine_name);

std::string failure(const std::function<void()>& function) {
  try {
    function();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

TEST_P(Migrations, an_empty_database_gets_all_and_needs_no_backup) {
  EXPECT_EQ(plan_migrations(*database_, all).at, 0);
  EXPECT_EQ(plan_migrations(*database_, all).newest, 3);
  int backups = 0;
  const auto backup = [&](const MigrationPlan&) { ++backups; };
  migrate(*database_, all, backup);
  EXPECT_EQ(backups, 0);
  EXPECT_EQ(tables(), 3);
  EXPECT_EQ(plan_migrations(*database_, all).at, 3);
  migrate(*database_, all, backup);  // again: nothing to do
  EXPECT_EQ(backups, 0);
  EXPECT_EQ(number(*database_, "SELECT count(*) FROM third"), 1);
}

TEST_P(Migrations, plt_7_what_is_missing_is_applied_after_one_backup) {
  migrate(*database_, all.first(1), nullptr);
  int backups = 0;
  migrate(*database_, all, [&](const MigrationPlan& plan) {
    ++backups;
    EXPECT_EQ(plan.at, 1);
    EXPECT_EQ(plan.newest, 3);
    EXPECT_EQ(tables(), 1);
  });
  EXPECT_EQ(backups, 1);
  EXPECT_EQ(tables(), 3);
}

TEST_P(Migrations, r20_a_newer_database_is_refused_with_clear_words) {
  migrate(*database_, all, nullptr);
  const auto words = failure([&] { migrate(*database_, all.first(2), nullptr); });
  EXPECT_NE(words.find("newer than this program"), words.npos) << words;
  EXPECT_NE(words.find("0003_third"), words.npos) << words;
}

TEST_P(Migrations, a_changed_text_is_refused) {
  migrate(*database_, all.first(2), nullptr);
  Migration changed[] = {three[0], three[1], three[2]};
  changed[1].text = "CREATE TABLE second(id {id})";
  const auto words = failure([&] { migrate(*database_, changed, nullptr); });
  EXPECT_NE(words.find("0002_second"), words.npos) << words;
  EXPECT_EQ(tables(), 2);
}

TEST_P(Migrations, one_that_fails_leaves_nothing_of_itself) {
  const Migration broken[] = {three[0],
                              {2, "0002_broken", "CREATE TABLE second(id {id});\nSELEKT"}};
  EXPECT_THROW(migrate(*database_, broken, nullptr), std::logic_error);
  EXPECT_EQ(tables(), 1);
  EXPECT_EQ(plan_migrations(*database_, all).at, 1);
  migrate(*database_, all, nullptr);
  EXPECT_EQ(tables(), 3);
}

TEST_P(Migrations, two_nodes_that_start_together_apply_each_once) {
  for (int round = 0; round < 3; ++round) {
    SetUp();
    const auto other = Database::open(options_);
    {
      std::jthread one([&] { migrate(*database_, all, nullptr); });
      std::jthread two([&] { migrate(*other, all, nullptr); });
    }
    EXPECT_EQ(number(*database_, "SELECT count(*) FROM schema_migrations"), 3);
    EXPECT_EQ(number(*database_, "SELECT count(*) FROM first"), 1);
    EXPECT_EQ(number(*database_, "SELECT count(*) FROM third"), 1);
    if (is_sqlite()) break;  // SetUp would open the same file again
  }
}

TEST_P(Migrations, the_programs_own_apply_to_both_engines) {
  int expected = 0;
  for (const Migration& migration : migrations()) {
    EXPECT_EQ(migration.number, ++expected) << migration.name << ": a number is left out";
  }
  migrate(*database_, migrations(), nullptr);
  EXPECT_EQ(number(*database_, "SELECT count(*) FROM schema_migrations"),
            static_cast<std::int64_t>(migrations().size()));
}

}  // namespace
}  // namespace baijin::db
