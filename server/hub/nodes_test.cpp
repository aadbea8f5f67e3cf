// Several threads and several nodes at once: everything happens exactly once (R11, R17).
#include <gmock/gmock.h>

#include "hub/seal.h"
#include "hub/test_node.h"

namespace baijin {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using testing::Engine;

class Together : public Nodes {
 protected:
  void TearDown() override {
    toys::knobs().in_reaction = toys::knobs().in_errand = toys::knobs().in_command = nullptr;
    Nodes::TearDown();
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Together, ::testing::Values(Engine::sqlite, Engine::postgres),
                         testing::engine_name);
class TwoNodes : public Together {};
INSTANTIATE_TEST_SUITE_P(Engines, TwoNodes, ::testing::Values(Engine::postgres),
                         testing::engine_name);

TEST_P(Together, eight_identical_requests_have_one_effect_R17) {
  auto& node = first();
  for (int round = 0; round < 10; ++round) {
    auto body = "{\"title\":\"r" + std::to_string(round) + "\"}";
    std::vector<std::future<Response>> answers;
    answers.reserve(8);
    for (int i = 0; i < 8; ++i) {
      answers.push_back(node.begin(Method::post, "/notes", body, "staff",
                                   {{"idempotency-key", "key " + std::to_string(round)}}));
    }
    std::vector<std::string> bodies, places;
    for (auto& answer : answers) {
      auto got = answer.get();
      EXPECT_EQ(got.status, 201) << got.body;
      bodies.push_back(got.body);
      places.push_back(header_of(got, "Location") + header_of(got, "ETag"));
    }
    EXPECT_THAT(bodies, Each(bodies.front()));
    EXPECT_THAT(places, Each(places.front()));
  }
  EXPECT_EQ(node.count("SELECT count(*) FROM notes"), 10);
  EXPECT_EQ(node.count("SELECT count(*) FROM events"), 10);
}

TEST_P(Together, the_same_key_with_another_body_is_a_conflict) {
  auto& node = first();
  TestNode::Headers key{{"idempotency-key", "k"}};
  EXPECT_EQ(node.ask(Method::post, "/notes", R"({"title":"a"})", "staff", key).status, 201);
  auto other = node.ask(Method::post, "/notes", R"({"title":"b"})", "staff", key);
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(reason_of(other), "idempotency_key_reused");
  node.sign_in("other", ActorKind::staff, Scope::all, 2);  // somebody else's key is another
  EXPECT_EQ(node.ask(Method::post, "/notes", R"({"title":"c"})", "other", key).status, 201);
}

// An answer may hold a secret that is shown once: it is not kept in the clear.
TEST_P(Together, answers_kept_for_replays_are_sealed) {
  auto& node = first();
  node.ask(Method::post, "/notes", R"({"title":"a"})", "staff", {{"idempotency-key", "k"}});
  EXPECT_THAT(node.texts("SELECT k.body FROM idempotency_keys k"),
              ElementsAre(::testing::Not(::testing::HasSubstr("CNRY"))));
}

TEST_P(Together, a_refused_request_may_be_tried_again_with_its_key) {
  auto& node = first();
  node.note("taken");
  TestNode::Headers key{{"idempotency-key", "k"}};
  EXPECT_EQ(node.ask(Method::post, "/notes", R"({"title":"taken"})", "staff", key).status, 409);
  EXPECT_EQ(node.ask(Method::post, "/notes", R"({"title":"free"})", "staff", key).status, 201);
}

TEST_P(Together, nobodys_change_is_lost_to_another) {
  auto& node = first();
  auto path = "/notes/" + std::to_string(node.note("n"));
  std::atomic<int> changed{0}, refused{0};
  std::vector<std::thread> people;
  people.reserve(8);
  for (int person = 0; person < 8; ++person) {
    people.emplace_back([&, person] {
      for (int i = 0; i < 20; ++i) {
        auto read = node.ask(Method::get, path);
        auto title = "p" + std::to_string(person) + " " + std::to_string(i);
        auto answer = node.ask(Method::patch, path, "{\"title\":\"" + title + "\"}", "staff",
                               {{"if-match", header_of(read, "ETag")}});
        if (answer.status == 200) ++changed;
        else if (answer.status == 409 && reason_of(answer) == "changed_meanwhile") ++refused;
        else ADD_FAILURE() << answer.status << " " << answer.body;
      }
    });
  }
  for (auto& person : people) person.join();
  EXPECT_EQ(changed + refused, 160);
  EXPECT_GE(changed, 20);
  auto version = parse_json(node.ask(Method::get, path).body).at("version").as_int64();
  EXPECT_EQ(version, changed + 1);
  // Every event goes on from the title before it.
  std::string title = "n";
  for (const auto& data : node.texts("SELECT e.data FROM events e WHERE e.kind = 'notes.changed' "
                                     "ORDER BY e.tx, e.seq")) {
    auto value = parse_json(data);
    const auto& pair = value.at("changed").at("title").as_array();
    EXPECT_EQ(pair[0].as_string(), title);
    title = pair[1].as_string();
  }
}

TEST_P(Together, without_a_version_all_changes_come_one_after_the_other) {
  auto& node = first();
  auto path = "/notes/" + std::to_string(node.note("n"));
  std::vector<std::future<Response>> answers;
  answers.reserve(24);
  for (int i = 0; i < 24; ++i) {
    answers.push_back(
        node.begin(Method::patch, path, "{\"title\":\"t" + std::to_string(i) + "\"}"));
  }
  for (auto& answer : answers) EXPECT_EQ(answer.get().status, 200);
  EXPECT_EQ(parse_json(node.ask(Method::get, path).body).at("version").as_int64(), 25);
}

TEST_P(Together, running_clockwork_does_what_requests_bring) {
  auto& node = first();
  node.hub().start();
  for (int i = 0; i < 30; ++i) node.note("n" + std::to_string(i));
  EXPECT_TRUE(comes_true([&] { return node.count("SELECT count(*) FROM echoes") == 30; }));
  node.hub().stop();
  EXPECT_EQ(node.count("SELECT count(DISTINCT event) FROM echoes"), 30);
}

TEST_P(TwoNodes, run_each_reaction_once_between_them) {
  auto &a = first(), &b = second();
  a.hub().start();
  b.hub().start();
  std::vector<std::thread> writers;
  writers.reserve(4);
  for (int w = 0; w < 4; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < 40; ++i) {
        (w % 2 ? a : b).note("w" + std::to_string(w) + " " + std::to_string(i));
      }
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_TRUE(comes_true([&] { return a.count("SELECT count(*) FROM echoes") >= 160; }));
  a.hub().stop();
  b.hub().stop();
  EXPECT_EQ(a.count("SELECT count(*) FROM echoes"), 160);
  EXPECT_EQ(a.count("SELECT count(DISTINCT event) FROM echoes"), 160);
}

TEST_P(TwoNodes, run_reactions_once_although_they_fail_now_and_then) {
  auto &a = first(), &b = second();
  std::atomic<int> calls{0};
  toys::knobs().in_reaction = [&] {
    if (++calls % 5 == 0) throw std::runtime_error("now and then");
  };
  for (int i = 0; i < 20; ++i) a.note("n" + std::to_string(i));
  a.hub().start();
  b.hub().start();
  EXPECT_TRUE(comes_true([&] { return a.count("SELECT count(*) FROM echoes") >= 20; }));
  a.hub().stop();
  b.hub().stop();
  EXPECT_EQ(a.count("SELECT count(DISTINCT event) FROM echoes"), 20);
  EXPECT_EQ(a.count("SELECT count(*) FROM echoes"), 20);
}

TEST_P(TwoNodes, run_each_job_once_between_them) {
  auto &a = first(), &b = second();
  for (int i = 0; i < 40; ++i) {
    auto id = a.note("n" + std::to_string(i));
    a.ask(Method::post, "/notes/" + std::to_string(id) + "/closings");
    a.ask(Method::post, "/notes/" + std::to_string(id) + "/rings");
  }
  a.clock().advance(hours(2));
  b.clock().advance(hours(2));
  auto before = a.count("SELECT count(*) FROM events WHERE kind = 'notes.changed'");
  a.hub().start();
  b.hub().start();
  EXPECT_TRUE(comes_true(
      [&] { return a.count("SELECT count(*) FROM jobs WHERE key <> 'repeating'") == 0; }));
  a.hub().stop();
  b.hub().stop();
  EXPECT_EQ(toys::knobs().calls_outside, 40);
  EXPECT_EQ(a.count("SELECT count(*) FROM events WHERE kind = 'notes.changed'") - before, 80);
  EXPECT_EQ(a.count("SELECT count(*) FROM notes WHERE state IN ('closed', 'rung')"), 40);
}

// R11: a node hangs while it talks; another takes the errand over; the first one comes back.
TEST_P(TwoNodes, let_a_zombie_that_lost_its_lease_settle_nothing) {
  auto &a = first(), &b = second();
  auto id = a.note("n");
  a.ask(Method::post, "/notes/" + std::to_string(id) + "/rings");
  a.hub().clockwork().run_reactions();
  Gate hung;
  std::atomic<int> calls{0};
  toys::knobs().in_errand = [&] {
    if (++calls == 1) hung.wait();
  };
  std::thread zombie([&] { a.hub().clockwork().run_jobs(); });
  hung.wait_for_visitors(1);
  EXPECT_EQ(b.hub().clockwork().run_jobs(), 0);  // the lease holds
  b.clock().advance(minutes(6));
  EXPECT_GE(b.hub().clockwork().run_jobs(), 1);  // and has run out
  EXPECT_EQ(a.texts("SELECT n.state FROM notes n"), (std::vector<std::string>{"rung"}));
  hung.open();
  zombie.join();
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(a.texts("SELECT n.state FROM notes n"), (std::vector<std::string>{"rung"}));
  EXPECT_EQ(a.count("SELECT count(*) FROM jobs WHERE kind = 'notes.ring'"), 0);
}

TEST_P(Together, an_errand_moved_while_it_talks_is_done_anew) {
  auto& node = first();
  auto id = node.note("n");
  auto rings = "/notes/" + std::to_string(id) + "/rings";
  node.ask(Method::post, rings);
  toys::knobs().in_errand = [&, once = std::make_shared<bool>(true)] {
    if (std::exchange(*once, false)) node.ask(Method::post, rings);
  };
  node.hub().clockwork().settle();
  EXPECT_EQ(toys::knobs().calls_outside, 2);
  EXPECT_EQ(node.texts("SELECT n.state FROM notes n"), (std::vector<std::string>{"rung"}));
}

TEST_P(TwoNodes, seal_the_log_together) {
  auto &a = first(), &b = second();
  std::atomic<bool> done{false};
  std::atomic<int> sealed{0};
  auto seal = [&](TestNode& node) {
    while (!done) {
      try {
        sealed += seal_events(node.hub());
      } catch (const Error& error) {
        EXPECT_EQ(error.reason, "already_exists");
      }
    }
  };
  std::thread one([&] { seal(a); }), two([&] { seal(b); });
  std::vector<std::thread> writers;
  writers.reserve(3);
  for (int w = 0; w < 3; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < 60; ++i) a.note(std::to_string(w) + " " + std::to_string(i));
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_TRUE(comes_true([&] { return sealed == 180; }));
  done = true;
  one.join();
  two.join();
  EXPECT_EQ(a.count("SELECT SUM(events) FROM event_seals"), 180);
  a.hub().read(program_actor(), [](Reader& reader) { EXPECT_TRUE(check_seals(reader).empty()); });
}

TEST_P(TwoNodes, start_together_on_a_new_desk) {
  auto &a = first(), &b = second();
  EXPECT_EQ(a.count("SELECT count(*) FROM jobs WHERE kind = 'notes.nightly'"), 1);
  EXPECT_EQ(b.count("SELECT count(*) FROM settings WHERE name = 'presets_filled'"), 1);
}

TEST_P(TwoNodes, hear_each_others_bell) {
  auto &a = first(), &b = second();
  b.hub().start();
  std::this_thread::sleep_for(std::chrono::milliseconds(700));  // b has come to rest
  auto begin = std::chrono::steady_clock::now();
  a.note("n");
  ASSERT_TRUE(comes_true([&] { return b.count("SELECT count(*) FROM echoes") == 1; }));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(450))
      << "it was found by looking, not by hearing";
}

}  // namespace
}  // namespace baijin
