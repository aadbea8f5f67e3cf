// What holds for changes on both engines: durable before they are answered, each for itself.
#include <atomic>
#include <latch>
#include <thread>

#include "db/engines.h"
#include "db/test_databases.h"

namespace baijin::db {
namespace {

class Changes : public OnEachEngine {
 protected:
  void on_step(std::string_view step) override {
    if (step == "commit" && commits_fail_) throw unavailable("database_unavailable", "test");
    if (step == "statement" && statements_fail_) throw unavailable("database_unavailable", "test");
  }
  std::atomic<bool> commits_fail_{false};
  std::atomic<bool> statements_fail_{false};
};
INSTANTIATE_TEST_SUITE_P(Db, Changes, testing::Values(Engine::sqlite, Engine::postgres),
                         engine_name);

constexpr Sql insert = "INSERT INTO numbers VALUES ($1)";
constexpr Sql count = "SELECT count(*) FROM numbers";

TEST_P(Changes, one_bad_change_does_not_hurt_the_others_of_its_batch) {
  script("CREATE TABLE numbers(n BIGINT PRIMARY KEY)");
  std::atomic<int> well{0}, bad{0};
  std::latch all_done(40);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 40; ++i) {
    threads.emplace_back([&, i] {
      database_->write(
          [i](Connection& connection) {
            run(connection, insert, i);
            if (i % 4 == 1) run(connection, insert, i);         // breaks a rule
            if (i % 4 == 2) throw conflict("changed_my_mind");  // after having written
          },
          [&](std::exception_ptr wrong) {
            ++(wrong ? bad : well);
            all_done.count_down();
          });
    });
  }
  all_done.wait();
  EXPECT_EQ(well, 20);
  EXPECT_EQ(bad, 20);
  EXPECT_EQ(number(*database_, count), 20);
  EXPECT_EQ(number(*database_, "SELECT count(*) FROM numbers WHERE n % 4 IN (1, 2)"), 0);
  EXPECT_EQ(database_->figures().changes_refused, 20);
  EXPECT_EQ(database_->figures().waiting, 0);
}

// What is refused before it has written costs the others of its batch nothing; what has written and
// fails makes those before it run again, and everybody ends up written once.
TEST(SqliteBatch, runs_again_only_what_a_failed_change_undid) {
  struct Case {
    bool writes_first;
    int most_runs;
  };
  for (const auto [writes_first, most_runs] : {Case{false, 6}, Case{true, 12}}) {
    TestDirectory directory;
    const auto database = Database::open({.url = "sqlite:" + directory / "x.db"});
    database->write_now([](Connection& c) { c.script("CREATE TABLE numbers(n BIGINT)"); });
    std::latch gate(1), all_done(7);
    std::atomic<int> runs{0}, refused{0};
    const auto done = [&](std::exception_ptr wrong) {
      refused += wrong != nullptr;
      all_done.count_down();
    };
    database->write([&](Connection&) { gate.wait(); }, done);  // the others gather behind it
    for (int i = 0; i < 6; ++i) {
      database->write(
          [&, i](Connection& connection) {
            ++runs;
            if (i != 4 || writes_first) run(connection, insert, i);
            if (i == 4) throw conflict("changed_my_mind");
          },
          done);
    }
    gate.count_down();
    all_done.wait();
    EXPECT_EQ(refused, 1);
    EXPECT_EQ(number(*database, "SELECT sum(n) FROM numbers"), 0 + 1 + 2 + 3 + 5);
    EXPECT_GE(runs, 6);
    EXPECT_LE(runs, most_runs);
  }
}

TEST_P(Changes, done_is_called_when_others_can_see_the_change) {
  script("CREATE TABLE numbers(n BIGINT PRIMARY KEY)");
  std::atomic<int> unseen{0};
  std::latch all_done(50);
  for (int i = 0; i < 50; ++i) {
    database_->write([i](Connection& connection) { run(connection, insert, i); },
                     [&, i](std::exception_ptr) {
                       unseen += number(*database_, "SELECT count(*) FROM numbers WHERE n = $1",
                                        i) != 1;
                       all_done.count_down();
                     });
  }
  all_done.wait();
  EXPECT_EQ(unseen, 0);
}

TEST_P(Changes, eight_threads_write_without_losing_anything) {
  script(
      "CREATE TABLE numbers(n BIGINT PRIMARY KEY); CREATE TABLE sums(total BIGINT);"
      "INSERT INTO sums VALUES (0)");
  constexpr int each = 100;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < each; ++i) {
        database_->write_now(
            [&](Connection& connection) { run(connection, insert, thread * each + i); });
      }
    });
  }
  threads.clear();
  EXPECT_EQ(number(*database_, count), 8 * each);
  EXPECT_EQ(database_->figures().changes, 8 * each + 1);
  EXPECT_LE(database_->figures().commits, database_->figures().changes);
}

TEST_P(Changes, those_who_race_for_one_row_are_run_again_until_all_counted) {
  script("CREATE TABLE sums(total BIGINT); INSERT INTO sums VALUES (0)");
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i) {
        database_->write_now([&](Connection& connection) {
          const auto total = number(connection, "SELECT total FROM sums");
          run(connection, "UPDATE sums SET total = $1", total + 1);
        });
      }
    });
  }
  threads.clear();
  EXPECT_EQ(number(*database_, "SELECT total FROM sums"), 100);
  if (!is_sqlite()) {
    EXPECT_GT(database_->figures().retries, 0);
  }
}

TEST_P(Changes, r4_when_the_commit_fails_nothing_is_kept_and_the_next_works) {
  script("CREATE TABLE numbers(n BIGINT PRIMARY KEY)");
  const auto change = [&](int n) {
    return reason_of(
        [&] { database_->write_now([n](Connection& connection) { run(connection, insert, n); }); });
  };
  commits_fail_ = true;
  EXPECT_EQ(change(1), "database_unavailable");
  commits_fail_ = false;
  statements_fail_ = true;
  EXPECT_EQ(change(2), "database_unavailable");
  statements_fail_ = false;
  EXPECT_EQ(change(3), "");
  EXPECT_EQ(number(*database_, "SELECT sum(n) FROM numbers"), 3);
}

TEST_P(Changes, foreign_keys_checked_at_commit_hurt_only_who_broke_them) {
  script(
      "CREATE TABLE parents(id BIGINT PRIMARY KEY); CREATE TABLE children(parent BIGINT "
      "REFERENCES parents(id) DEFERRABLE INITIALLY DEFERRED)");
  std::latch both(2);
  std::string reasons[2];
  for (int i = 0; i < 2; ++i) {
    database_->write(
        [i](Connection& connection) {
          run(connection, "INSERT INTO children VALUES ($1)", i);
          if (i == 0) run(connection, "INSERT INTO parents VALUES ($1)", i);
        },
        [&, i](std::exception_ptr wrong) {
          reasons[i] = reason_of([&] {
            if (wrong) std::rethrow_exception(wrong);
          });
          both.count_down();
        });
  }
  both.wait();
  EXPECT_EQ(reasons[0], "");
  EXPECT_EQ(reasons[1], "still_in_use");
}

TEST_P(Changes, closing_finishes_what_is_queued) {
  script("CREATE TABLE numbers(n BIGINT PRIMARY KEY)");
  std::atomic<int> answered{0};
  for (int i = 0; i < 200; ++i) {
    database_->write([i](Connection& connection) { run(connection, insert, i); },
                     [&](std::exception_ptr wrong) { answered += wrong == nullptr; });
  }
  database_.reset();
  EXPECT_EQ(answered, 200);
  open();
  EXPECT_EQ(number(*database_, count), 200);
}

TEST_P(Changes, a_database_opened_to_be_read_is_not_written) {
  script("CREATE TABLE numbers(n BIGINT PRIMARY KEY); INSERT INTO numbers VALUES (1)");
  database_.reset();
  options_.read_only = true;
  open();
  EXPECT_EQ(number(*database_, count), 1);
  EXPECT_EQ(database_->integrity(), "");
  EXPECT_EQ(reason_of([&] {
              database_->write_now([](Connection& connection) { run(connection, insert, 2); });
            }),
            "read_only");
  if (is_sqlite()) {
    EXPECT_FALSE(std::filesystem::exists(directory_ / "test.db-wal"));
  }
}

TEST(WriteQueue, more_than_4096_waiting_changes_are_refused_at_once) {
  const TestDirectory directory;
  const auto database = Database::open({.url = "sqlite:" + (directory / "test.db")});
  std::latch open_gate(1);
  std::atomic<int> well{0}, refused{0};
  const auto note = [&](std::exception_ptr wrong) { ++(wrong ? refused : well); };
  std::atomic<bool> inside{false};
  database->write(
      [&](Connection&) {
        inside = true;
        open_gate.wait();
      },
      note);
  while (!inside) std::this_thread::yield();
  for (int i = 0; i < 4096; ++i) database->write([](Connection&) {}, note);
  EXPECT_EQ(database->figures().waiting, 4096);
  EXPECT_EQ(reason_of([&] { database->write_now([](Connection&) {}); }), "too_many_changes");
  EXPECT_EQ(refused, 0);
  open_gate.count_down();
  while (well < 4097) std::this_thread::yield();
  EXPECT_EQ(reason_of([&] { database->write_now([](Connection&) {}); }), "");
}

}  // namespace
}  // namespace baijin::db
