// The database fails at every step: nothing is half there, and the same request may come again.
#include <gmock/gmock.h>

#include "hub/test_node.h"

namespace baijin {
namespace {

using testing::Engine;

class Faulty : public Nodes {
 protected:
  void SetUp() override {
    Nodes::SetUp();
    options_.faults.before = [this](std::string_view step) {
      if (left_ < 0 || step != step_ || left_-- > 0) return;
      Error error(Kind::busy, "database_unavailable");
      throw error;
    };
  }
  // The n-th such step from now on fails, once.
  void fail(std::string_view step, int nth) {
    step_ = step;
    left_ = nth;
  }
  void heal() { left_ = -1; }

 private:
  std::string_view step_;
  std::atomic<int> left_{-1};
};
INSTANTIATE_TEST_SUITE_P(Engines, Faulty, ::testing::Values(Engine::sqlite, Engine::postgres),
                         testing::engine_name);

TEST_P(Faulty, a_commit_that_fails_leaves_nothing_and_may_be_repeated) {
  auto& node = first();
  TestNode::Headers key{{"idempotency-key", "k"}};
  fail("commit", 0);
  auto refused = node.ask(Method::post, "/notes", R"({"title":"a"})", "staff", key);
  EXPECT_EQ(refused.status, 503) << refused.body;
  EXPECT_EQ(header_of(refused, "Retry-After"), "1");
  EXPECT_EQ(node.count("SELECT count(*) FROM notes"), 0);
  EXPECT_EQ(node.count("SELECT count(*) FROM events"), 0);
  EXPECT_EQ(node.count("SELECT count(*) FROM idempotency_keys"), 0);
  auto again = node.ask(Method::post, "/notes", R"({"title":"a"})", "staff", key);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(node.ask(Method::post, "/notes", R"({"title":"a"})", "staff", key).body, again.body);
  EXPECT_EQ(node.count("SELECT count(*) FROM notes"), 1);
}

TEST_P(Faulty, a_statement_that_fails_leaves_nothing_whichever_it_is) {
  auto& node = first();
  for (int nth = 0; nth < 12; ++nth) {
    TestNode::Headers key{{"idempotency-key", "k" + std::to_string(nth)}};
    auto body = "{\"title\":\"t" + std::to_string(nth) + "\"}";
    fail("statement", nth);
    auto answer = node.ask(Method::post, "/notes", body, "staff", key);
    heal();
    auto notes = node.count("SELECT count(*) FROM notes");
    EXPECT_EQ(node.count("SELECT count(*) FROM events"), notes) << nth;
    EXPECT_EQ(node.count("SELECT count(*) FROM idempotency_keys"), notes) << nth;
    EXPECT_TRUE(answer.status == 201 || answer.status == 503) << answer.body;
    auto again = node.ask(Method::post, "/notes", body, "staff", key);
    EXPECT_EQ(again.status, 201) << nth << again.body;
    EXPECT_EQ(node.count("SELECT count(*) FROM notes"), nth + 1) << nth;
  }
}

TEST_P(Faulty, reactions_and_jobs_are_done_once_whatever_fails) {
  auto& node = first();
  auto id = node.note("n");
  node.ask(Method::post, "/notes/" + std::to_string(id) + "/closings");
  node.ask(Method::post, "/notes/" + std::to_string(id) + "/rings");
  node.clock().advance(hours(2));
  for (std::string_view step : {"statement", "commit"}) {
    for (int nth = 0; nth < 40; ++nth) {
      fail(step, nth);
      try {
        node.hub().clockwork().settle();
      } catch (const Error& error) {
        EXPECT_EQ(error.kind, Kind::busy);
      }
      heal();
      node.clock().advance(minutes(20));
    }
  }
  node.hub().clockwork().settle();
  EXPECT_EQ(node.count("SELECT count(*) FROM echoes"), 1);
  EXPECT_EQ(node.count("SELECT count(*) FROM jobs WHERE kind IN ('notes.ring', 'notes.close')"), 0);
  EXPECT_EQ(node.count("SELECT count(*) FROM jobs WHERE stuck = TRUE"), 0);
  EXPECT_EQ(node.count("SELECT version FROM notes"), 3);  // closed once, rung once
}

TEST_P(Faulty, a_database_that_is_away_is_503_and_comes_back) {
  auto& node = first();
  node.note("n");
  options_.faults.before = nullptr;
  fail("statement", 0);
  auto read = node.ask(Method::get, "/notes");
  EXPECT_EQ(read.status, 503);
  EXPECT_EQ(header_of(read, "Retry-After"), "1");
  fail("statement", 0);
  EXPECT_EQ(node.ask(Method::get, "//readyz").status, 503);
  EXPECT_EQ(node.ask(Method::get, "//readyz").status, 200);
  EXPECT_EQ(node.ask(Method::get, "//healthz").status, 200);
  fail("statement", 0);
  auto figures = node.ask(Method::get, "//metrics");  // wanted most when something is wrong
  EXPECT_EQ(figures.status, 200);
  EXPECT_THAT(figures.body, ::testing::HasSubstr("baijin_database_reachable 0\n"));
  EXPECT_EQ(node.ask(Method::get, "/notes").status, 200);
}

TEST_P(Faulty, lost_connections_to_postgresql_cost_nothing_R9) {
  if (GetParam() == Engine::sqlite) GTEST_SKIP() << "there is no connection to lose";
  auto& node = first();
  node.hub().start();
  std::atomic<bool> done{false};
  std::thread killer([&] {
    while (!done) {
      peers::postgres().run(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
          "WHERE datname = current_database() AND pid <> pg_backend_pid()",
          options_.database_url);
      std::this_thread::sleep_for(std::chrono::milliseconds(60));
    }
  });
  int made = 0;
  for (int i = 0; i < 150; ++i) {
    auto body = "{\"title\":\"t" + std::to_string(i) + "\"}";
    TestNode::Headers key{{"idempotency-key", "k" + std::to_string(i)}};
    for (int tries = 0; tries < 50; ++tries) {
      auto answer = node.ask(Method::post, "/notes", body, "staff", key);
      if (answer.status == 201) {
        ++made;
        break;
      }
      EXPECT_EQ(answer.status, 503) << answer.body;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  done = true;
  killer.join();
  EXPECT_EQ(made, 150);
  EXPECT_EQ(node.count("SELECT count(*) FROM notes"), 150);
  EXPECT_TRUE(comes_true([&] { return node.count("SELECT count(*) FROM echoes") >= 150; }));
  node.hub().stop();
  EXPECT_EQ(node.count("SELECT count(*) FROM echoes"), 150);
  EXPECT_EQ(node.count("SELECT count(*) FROM jobs WHERE stuck = TRUE"), 0);
}

}  // namespace
}  // namespace baijin
