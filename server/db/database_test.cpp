#include "db/database.h"

#include <atomic>
#include <thread>

#include "db/test_databases.h"

namespace baijin::db {
namespace {

class Statements : public OnEachEngine {};
INSTANTIATE_TEST_SUITE_P(Db, Statements, testing::Values(Engine::sqlite, Engine::postgres),
                         engine_name);

TEST_P(Statements, every_type_comes_back_as_it_went_in) {
  script(
      "CREATE TABLE kinds(id BIGINT, amount BIGINT, ratio DOUBLE PRECISION, note TEXT, "
      "flag BOOLEAN)");
  struct Line {
    std::int64_t amount;
    double ratio;
    std::string note;
    bool flag;
  };
  const Line lines[] = {
      {0, 0.0, "", false},
      {std::numeric_limits<std::int64_t>::max(), 0.1, "软件崩溃 😀𠮷", true},
      {std::numeric_limits<std::int64_t>::min(), -1e300, "'; DROP TABLE kinds; --", false},
      {1'700'000'000'123'456, 1.0 / 3, std::string(100'000, 'x'), true},
  };
  database_->write_now([&](Connection& connection) {
    std::int64_t id = 0;
    for (const Line& line : lines) {
      EXPECT_EQ(run(connection, "INSERT INTO kinds VALUES ($1, $2, $3, $4, $5)", id++, line.amount,
                    line.ratio, line.note, line.flag),
                1);
    }
  });
  std::size_t at = 0;
  database_->read([&](Connection& connection) {
    connection.run("SELECT amount, ratio, note, flag FROM kinds ORDER BY id", {},
                   [&](const Row& row) {
                     Cell amount, ratio, note, flag;
                     row.read(0, amount), row.read(1, ratio), row.read(2, note), row.read(3, flag);
                     EXPECT_EQ(row.columns(), 4);
                     EXPECT_EQ(row.name(2), "note");
                     EXPECT_EQ(amount.as_integer(), lines[at].amount);
                     EXPECT_EQ(ratio.as_real(), lines[at].ratio);
                     EXPECT_EQ(note.text, lines[at].note);
                     EXPECT_FALSE(note.null);
                     EXPECT_EQ(flag.as_boolean(), lines[at].flag);
                     ++at;
                   });
  });
  EXPECT_EQ(at, std::size(lines));
}

TEST_P(Statements, nulls_of_every_type_are_null_and_can_be_asked_for) {
  script("CREATE TABLE kinds(a BIGINT, b DOUBLE PRECISION, c TEXT, d BOOLEAN)");
  using enum Cell::Type;
  database_->write_now([&](Connection& connection) {
    run(connection, "INSERT INTO kinds VALUES ($1, $2, $3, $4)", integer, real, text, boolean);
    int nulls = 0;
    connection.run("SELECT a, b, c, d FROM kinds", {}, [&](const Row& row) {
      for (int column = 0; column < 4; ++column) {
        Cell value = cell("old");
        row.read(column, value);
        nulls += value.null;
      }
    });
    EXPECT_EQ(nulls, 4);
    for (const auto type : {integer, real, text, boolean}) {
      EXPECT_EQ(number(connection, "SELECT count(*) FROM kinds WHERE $1 IS NULL", type), 1);
    }
    EXPECT_EQ(number(connection, "SELECT count(*) FROM kinds WHERE $1 IS NULL OR a = $1", 7), 0);
  });
}

TEST_P(Statements, one_parameter_may_stand_in_several_places_and_out_of_order) {
  script("CREATE TABLE pairs(a BIGINT, b BIGINT, c BIGINT)");
  database_->write_now([](Connection& connection) {
    run(connection, "INSERT INTO pairs(a, b, c) VALUES ($2, $1, $2)", 1, 2);
    EXPECT_EQ(number(connection, "SELECT a * 100 + b * 10 + c FROM pairs"), 212);
    // More than nine, as SQLite numbers them by their first appearance.
    EXPECT_EQ(number(connection,
                     "SELECT $10 * 1000 + $1 * 100 + $9 + $2 + $3 + $4 + $5 + $6 + "
                     "$7 + $8",
                     1, 0, 0, 0, 0, 0, 0, 0, 5, 7),
              7105);
  });
}

TEST_P(Statements, a_statement_prepared_for_one_type_works_for_another) {
  database_->read([](Connection& connection) {
    for (int round = 0; round < 3; ++round) {
      EXPECT_EQ(number(connection, "SELECT CASE WHEN $1 IS NULL THEN 1 ELSE 0 END", 5), 0);
      EXPECT_EQ(number(connection, "SELECT CASE WHEN $1 IS NULL THEN 1 ELSE 0 END", "five"), 0);
      EXPECT_EQ(
          number(connection, "SELECT CASE WHEN $1 IS NULL THEN 1 ELSE 0 END", Cell::Type::text), 1);
    }
  });
}

TEST_P(Statements, changed_rows_are_counted_and_found_rows_are_not) {
  script("CREATE TABLE numbers(n BIGINT)");
  database_->write_now([](Connection& connection) {
    EXPECT_EQ(run(connection, "INSERT INTO numbers VALUES (1), (2), (3)"), 3);
    EXPECT_EQ(run(connection, "SELECT n FROM numbers"), 0);
    EXPECT_EQ(run(connection, "UPDATE numbers SET n = n + 1 WHERE n > $1", 1), 2);
    EXPECT_EQ(run(connection, "UPDATE numbers SET n = 0 WHERE n > $1", 100), 0);
    EXPECT_EQ(run(connection, "INSERT INTO numbers VALUES (9) RETURNING n"), 1);
    EXPECT_EQ(run(connection, "DELETE FROM numbers"), 4);
  });
}

TEST_P(Statements, more_texts_than_are_kept_still_work) {
  // Sql outlives the database: the texts are kept.
  std::vector<std::string> texts;
  for (int i = 0; i < 1200; ++i) texts.push_back("SELECT " + std::to_string(i));
  database_->read([&](Connection& connection) {
    for (int round = 0; round < 2; ++round) {
      for (int i = 0; i < 1200; ++i) {
        const auto& text = texts[static_cast<std::size_t>(i)];
        ASSERT_EQ(number(connection, Sql::assembled(text)), i);
      }
    }
  });
}

TEST_P(Statements, a_sink_may_run_statements_even_the_same_one) {
  script("CREATE TABLE numbers(n BIGINT); INSERT INTO numbers VALUES (1), (2), (3)");
  database_->read([](Connection& connection) {
    int pairs = 0;
    connection.run("SELECT n FROM numbers", {}, [&](const Row&) {
      connection.run("SELECT n FROM numbers", {}, [&](const Row&) { ++pairs; });
    });
    EXPECT_EQ(pairs, 9);
  });
}

TEST_P(Statements, a_sink_that_throws_leaves_the_connection_usable) {
  script("CREATE TABLE numbers(n BIGINT); INSERT INTO numbers VALUES (1), (2), (3)");
  const auto look = [&] {
    database_->read([](Connection& connection) {
      connection.run("SELECT n FROM numbers", {}, [](const Row&) { throw conflict("enough"); });
    });
  };
  for (int round = 0; round < 20; ++round) EXPECT_EQ(reason_of(look), "enough");
  EXPECT_EQ(number(*database_, "SELECT count(*) FROM numbers"), 3);
}

TEST_P(Statements, text_with_nul_is_refused_before_it_reaches_the_engine) {
  script("CREATE TABLE notes(note TEXT)");
  database_->write_now([](Connection& connection) {
    EXPECT_EQ(reason_of([&] {
                run(connection, "INSERT INTO notes VALUES ($1)", std::string_view("a\0b", 3));
              }),
              "control_character");
    run(connection, "INSERT INTO notes VALUES ($1)", "kept");
  });
  EXPECT_EQ(number(*database_, "SELECT count(*) FROM notes"), 1);
}

struct Refused {
  Sql sql;
  std::string_view reason;
};

class Refusals : public OnEachEngine {};
INSTANTIATE_TEST_SUITE_P(Db, Refusals, testing::Values(Engine::sqlite, Engine::postgres),
                         engine_name);

TEST_P(Refusals, engines_agree_on_what_is_wrong) {
  script(
      "CREATE TABLE parents(id BIGINT PRIMARY KEY, name TEXT UNIQUE);"
      "CREATE TABLE children(parent BIGINT NOT NULL REFERENCES parents(id), n BIGINT "
      "CHECK (n > 0));"
      "INSERT INTO parents VALUES (1, 'a'); INSERT INTO children VALUES (1, 1)");
  const Refused table[] = {
      {"INSERT INTO parents VALUES (1, 'b')", "already_exists"},
      {"INSERT INTO parents VALUES (2, 'a')", "already_exists"},
      {"DELETE FROM parents WHERE id = 1", "still_in_use"},
      {"INSERT INTO children VALUES (7, 1)", "still_in_use"},
      {"INSERT INTO children VALUES (NULL, 1)", "logic_error"},
      {"INSERT INTO children VALUES (1, -1)", "logic_error"},
      {"SELECT nothing FROM nowhere", "logic_error"},
      {"SELEKT 1", "logic_error"},
      {"SELECT 1; SELECT 2", "logic_error"},
      {"SELECT $1 IS NULL", "logic_error"},  // a parameter that was not given
  };
  for (const auto& [sql, reason] : table) {
    EXPECT_EQ(reason_of([&] {
                database_->write_now([&](Connection& connection) { run(connection, sql); });
              }),
              reason)
        << sql.text();
  }
  EXPECT_EQ(number(*database_, "SELECT count(*) FROM parents"), 1);
  EXPECT_EQ(number(*database_, "SELECT count(*) FROM children"), 1);
}

TEST_P(Refusals, reads_cannot_write) {
  script("CREATE TABLE numbers(n BIGINT)");
  EXPECT_EQ(reason_of([&] {
              database_->read([](Connection& connection) {
                run(connection, "INSERT INTO numbers VALUES (1)");
              });
            }),
            "read_only");
  EXPECT_EQ(number(*database_, "SELECT count(*) FROM numbers"), 0);
}

TEST_P(Refusals, a_change_cannot_go_on_after_a_failed_statement) {
  script("CREATE TABLE numbers(n BIGINT PRIMARY KEY); INSERT INTO numbers VALUES (1)");
  const auto quiet = [](Connection& connection) {
    run(connection, "INSERT INTO numbers VALUES (2)");
    EXPECT_EQ(reason_of([&] { run(connection, "INSERT INTO numbers VALUES (1)"); }),
              "already_exists");
  };
  EXPECT_EQ(reason_of([&] { database_->write_now(quiet); }), "logic_error");
  EXPECT_EQ(reason_of([&] {
              database_->write_now([&](Connection& connection) {
                quiet(connection);
                run(connection, "INSERT INTO numbers VALUES (3)");
              });
            }),
            "logic_error");
  EXPECT_EQ(number(*database_, "SELECT count(*) FROM numbers"), 1);
}

TEST_P(Refusals, a_statement_that_never_ends_is_too_slow_and_hurts_nobody) {
  options_.statement_ms = 200;
  open();
  script("CREATE TABLE numbers(n BIGINT)");
  constexpr Sql endless =
      "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100000000000) "
      "SELECT max(n) FROM c";
  EXPECT_EQ(reason_of([&] {
              database_->read([&](Connection& connection) { run(connection, endless); });
            }),
            "too_slow");
  std::atomic<int> well{0}, slow{0};
  std::atomic<int> waiting{5};
  const auto count = [&](std::exception_ptr wrong) {
    ++(wrong ? slow : well);
    --waiting;
  };
  std::vector<std::jthread> threads;  // on PostgreSQL a write runs on its caller's thread
  for (int i = 0; i < 5; ++i) {
    threads.emplace_back([&, i] {
      database_->write(
          [&, i](Connection& connection) {
            run(connection, "INSERT INTO numbers VALUES ($1)", i);
            if (i == 2) {
              run(connection,
                  "INSERT INTO numbers WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL "
                  "SELECT n + 1 FROM c WHERE n < 100000000000) SELECT max(n) FROM c");
            }
          },
          count);
    });
  }
  threads.clear();
  while (waiting > 0) std::this_thread::yield();
  EXPECT_EQ(well, 4);
  EXPECT_EQ(slow, 1);
  EXPECT_EQ(number(*database_, "SELECT count(*) FROM numbers"), 4);
}

class Snapshots : public OnEachEngine {};
INSTANTIATE_TEST_SUITE_P(Db, Snapshots, testing::Values(Engine::sqlite, Engine::postgres),
                         engine_name);

TEST_P(Snapshots, a_read_sees_one_moment) {
  script("CREATE TABLE numbers(n BIGINT); INSERT INTO numbers VALUES (1)");
  database_->read([&](Connection& connection) {
    EXPECT_EQ(number(connection, "SELECT count(*) FROM numbers"), 1);
    database_->write_now([](Connection& other) { run(other, "INSERT INTO numbers VALUES (2)"); });
    EXPECT_EQ(number(connection, "SELECT count(*) FROM numbers"), 1);
    EXPECT_EQ(number(*database_, "SELECT count(*) FROM numbers"), 2);
  });
}

TEST_P(Snapshots, more_reads_at_once_than_are_kept_open) {
  script("CREATE TABLE numbers(n BIGINT); INSERT INTO numbers VALUES (1)");
  std::atomic<int> inside{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 14; ++i) {
    threads.emplace_back([&] {
      database_->read([&](Connection& connection) {
        ++inside;
        while (inside < 14) std::this_thread::yield();
        EXPECT_EQ(number(connection, "SELECT n FROM numbers"), 1);
      });
    });
  }
}

class Bells : public OnEachEngine {};
INSTANTIATE_TEST_SUITE_P(Db, Bells, testing::Values(Engine::sqlite, Engine::postgres), engine_name);

bool comes_true(const std::function<bool()>& condition) {
  for (int tries = 0; tries < 500; ++tries) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

TEST_P(Bells, ringing_is_heard_and_many_rings_become_few) {
  std::atomic<int> heard{0};
  database_->on_bell([&] { ++heard; });
  EXPECT_TRUE(is_sqlite() || comes_true([&] { return heard > 0; }));  // PostgreSQL: connected
  const int at_start = heard;
  for (int i = 0; i < 10'000; ++i) database_->ring();
  EXPECT_TRUE(comes_true([&] { return heard > at_start; }));
  database_.reset();
  EXPECT_LT(heard - at_start, 5'000);
}

TEST_P(Bells, other_nodes_of_the_same_database_hear_it) {
  if (is_sqlite()) GTEST_SKIP() << "A SQLite database has one node.";
  const auto other = Database::open(options_);
  std::atomic<int> heard{0};
  other->on_bell([&] { ++heard; });
  ASSERT_TRUE(comes_true([&] { return heard > 0; }));
  const int at_start = heard;
  database_->ring();
  EXPECT_TRUE(comes_true([&] { return heard > at_start; }));
}

}  // namespace
}  // namespace baijin::db
