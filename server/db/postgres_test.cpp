// What only a server at the other end of a connection can do to us (R9).
#include <atomic>
#include <thread>

#include "db/engines.h"
#include "db/test_databases.h"

namespace baijin::db {
namespace {

class PostgresTrouble : public testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why = peers::no_postgres(); !why.empty()) GTEST_SKIP() << why;
  }
  // For tests that hurt the whole server, which other tests share.
  void start_own_server() {
    own_ = std::make_unique<peers::Postgres>();
    options_.url = own_->fresh_database();
    open();
  }
  void start() {
    options_.url = peers::postgres().fresh_database();
    open();
  }
  void open() {
    database_ = Database::open(options_, {[this](std::string_view step) {
                                 if (on_step_) on_step_(step);
                               }});
    database_->write_now([](Connection& connection) {
      connection.script("CREATE TABLE numbers(n BIGINT PRIMARY KEY)");
    });
  }
  std::string add(int n) {
    return reason_of([&] {
      database_->write_now(
          [n](Connection& connection) { run(connection, "INSERT INTO numbers VALUES ($1)", n); });
    });
  }
  void end_connections(const std::string& url) {
    (own_ ? *own_ : peers::postgres())
        .run(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = "
            "current_database() AND pid <> pg_backend_pid()",
            url);
  }

  Options options_;
  std::function<void(std::string_view)> on_step_;
  std::unique_ptr<peers::Postgres> own_;
  std::unique_ptr<Database> database_;
};

TEST_F(PostgresTrouble, r9_idle_connections_that_were_ended_are_replaced) {
  start();
  for (int round = 0; round < 5; ++round) {
    end_connections(options_.url);
    EXPECT_EQ(add(round), "");
    end_connections(options_.url);
    EXPECT_EQ(number(*database_, "SELECT count(*) FROM numbers"), round + 1);
  }
}

TEST_F(PostgresTrouble, r9_a_change_that_loses_its_connection_before_commit_is_run_again) {
  start();
  int runs = 0;
  database_->write_now([&](Connection& connection) {
    run(connection, "INSERT INTO numbers VALUES (1)");
    if (++runs <= 2) end_connections(options_.url);
    run(connection, "INSERT INTO numbers VALUES (2)");
  });
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(database_->figures().retries, 2);
  // Lost between the last statement and COMMIT: known before COMMIT is sent.
  bool lost_once = false;
  on_step_ = [&](std::string_view step) {
    if (step != "commit" || std::exchange(lost_once, true)) return;
    end_connections(options_.url);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  };
  EXPECT_EQ(add(3), "");
  on_step_ = nullptr;
  EXPECT_EQ(number(*database_, "SELECT count(*) FROM numbers"), 3);
}

TEST_F(PostgresTrouble, r9_connections_ended_all_the_time_lose_and_double_nothing) {
  start();
  std::atomic<bool> stop{false};
  std::jthread killer([&] {
    while (!stop) {
      end_connections(options_.url);
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  });
  std::atomic<int> acknowledged{0}, unknown{0};
  std::mutex mutex;
  std::vector<std::string> others;
  std::vector<std::jthread> threads;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(3);
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; std::chrono::steady_clock::now() < end; ++i) {
        const std::string reason = add(thread * 1'000'000 + i);
        if (reason.empty()) ++acknowledged;
        else if (reason == "outcome_unknown") ++unknown;
        else if (reason != "database_unavailable") {
          std::lock_guard lock(mutex);
          others.push_back(reason);
        }
      }
    });
  }
  threads.clear();
  stop = true;
  killer.join();
  EXPECT_TRUE(others.empty()) << others.front();
  const auto found = number(*database_, "SELECT count(*) FROM numbers");
  EXPECT_GE(found, acknowledged);
  EXPECT_LE(found, acknowledged + unknown);
  EXPECT_GT(acknowledged, 100);
  EXPECT_EQ(add(-1), "");
}

TEST_F(PostgresTrouble, r9_a_server_that_crashes_is_found_again) {
  start_own_server();
  ASSERT_EQ(add(1), "");
  std::atomic<int> heard{0};
  database_->on_bell([&] { ++heard; });
  own_->crash_and_restart();
  std::string reason;
  for (int tries = 0; tries < 50 && (reason = add(100 + tries)) != ""; ++tries) {
    EXPECT_EQ(reason, "database_unavailable");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_EQ(reason, "");
  const int at_start = heard;
  database_->ring();
  for (int tries = 0; tries < 500 && heard == at_start; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_GT(heard, at_start);
}

TEST_F(PostgresTrouble, r9_a_server_that_hangs_does_not_hang_us) {
  options_.statement_ms = 300;
  start_own_server();
  ASSERT_EQ(add(1), "");
  own_->freeze();
  const auto start = std::chrono::steady_clock::now();
  std::thread thaw([&] {
    std::this_thread::sleep_for(std::chrono::seconds(5));
    own_->thaw();
  });
  const std::string reason = add(2);  // fails once, then waits for a new connection
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(12));
  EXPECT_TRUE(reason.empty() || reason == "database_unavailable") << reason;
  thaw.join();
  EXPECT_EQ(add(3), "");
}

TEST_F(PostgresTrouble, the_pool_never_exceeds_its_limit_and_says_when_it_is_full) {
  options_.connections = 2;
  options_.lock_wait_ms = 300;
  start();
  database_->read([&](Connection&) {
    database_->read([&](Connection&) {
      EXPECT_EQ(reason_of([&] { database_->read([](Connection&) {}); }), "database_unavailable");
    });
  });
  EXPECT_EQ(add(1), "");
}

TEST_F(PostgresTrouble, who_waits_too_long_for_a_row_is_told_so) {
  options_.lock_wait_ms = 200;
  start();
  ASSERT_EQ(add(1), "");
  database_->write_now([&](Connection& connection) {
    run(connection, "UPDATE numbers SET n = 2 WHERE n = 1");
    EXPECT_EQ(reason_of([&] {
                database_->write_now(
                    [](Connection& other) { run(other, "UPDATE numbers SET n = 3 WHERE n = 1"); });
              }),
              "too_slow");
  });
}

TEST_F(PostgresTrouble, r6_a_server_that_turned_read_only_refuses_changes_and_comes_back) {
  start();
  ASSERT_EQ(add(1), "");
  const std::string name = peers::postgres().run("SELECT current_database()", options_.url);
  peers::postgres().run("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
  end_connections(options_.url);
  EXPECT_EQ(add(2), "read_only");
  peers::postgres().run("ALTER DATABASE " + name + " RESET default_transaction_read_only");
  EXPECT_EQ(add(3), "");
}

TEST_F(PostgresTrouble, plans_made_before_another_node_migrated_are_made_anew) {
  start();
  ASSERT_EQ(add(1), "");
  const auto columns = [&] {
    int found = 0;
    database_->write_now([&](Connection& connection) {
      connection.run("SELECT * FROM numbers", {}, [&](const Row& row) { found = row.columns(); });
    });
    return found;
  };
  EXPECT_EQ(columns(), 1);
  peers::postgres().run("ALTER TABLE numbers ADD COLUMN note TEXT", options_.url);
  EXPECT_EQ(columns(), 2);
}

TEST_F(PostgresTrouble, a_copy_is_left_to_pg_dump) {
  start();
  EXPECT_EQ(reason_of([&] { database_->copy_to("/nowhere", {}); }), "use_pg_dump");
  EXPECT_EQ(database_->integrity(), "");
}

}  // namespace
}  // namespace baijin::db
