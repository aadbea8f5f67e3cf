// Live push: to whom, what, and when no longer (Z8, W1, W2).
#include <gmock/gmock.h>

#include "hub/test_node.h"

namespace baijin {
namespace {

using ::testing::ElementsAre;
using testing::Engine;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FakeLine final : public LiveLine {
 public:
  void send(std::shared_ptr<const std::string> text) override {
    std::lock_guard lock(mutex_);
    texts_.push_back(*text);
  }
  void close(int code, std::string_view) override {
    std::lock_guard lock(mutex_);
    code_ = code;
  }
  std::vector<std::string> take() {  // what came since the last call
    std::lock_guard lock(mutex_);
    return std::exchange(texts_, {});
  }
  int code() const {
    std::lock_guard lock(mutex_);
    return code_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> texts_;
  int code_ = 0;
};

struct Client {
  std::shared_ptr<FakeLine> line = std::make_shared<FakeLine>();
  std::unique_ptr<LiveListener> listener;
};

class LivePush : public Nodes {
 protected:
  Client connect(TestNode& node, const std::string& token) {
    Client client;
    client.listener = node.hub().live().connect({"", token, "192.0.2.1"}, client.line);
    return client;
  }
  void push() { first().hub().live().push(); }
  std::string news(std::int64_t seq, std::string kind, std::int64_t note) {
    return "{\"seq\":" + std::to_string(seq) + ",\"kind\":\"" + kind +
           "\",\"subject\":\"note:" + std::to_string(note) + "\"}";
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, LivePush, ::testing::Values(Engine::sqlite, Engine::postgres),
                         testing::engine_name);

TEST_P(LivePush, tells_what_happened_and_nothing_more) {
  auto& node = first();
  auto staff = connect(node, "staff");
  push();
  auto id = node.note("very secret title");
  push();
  EXPECT_THAT(staff.line->take(), ElementsAre(news(1, "notes.added", id)));
  push();
  EXPECT_THAT(staff.line->take(), IsEmpty());
}

TEST_P(LivePush, is_filtered_by_right_row_rule_and_audience) {
  auto& node = first();
  node.sign_in("no right", ActorKind::staff, Scope::all, 2, {{}});
  node.sign_in("own", ActorKind::staff, Scope::own, 7, {{"notes.read"}});
  node.sign_in("customer", ActorKind::contact, Scope::own, 7, {{"notes.read"}});
  node.sign_in("stranger", ActorKind::contact, Scope::own, 8, {{"notes.read"}});
  auto none = connect(node, "no right"), own = connect(node, "own"),
       customer = connect(node, "customer"), stranger = connect(node, "stranger");
  push();
  auto mine = node.note("mine", 7);
  node.note("other", 9);
  node.ask(Method::patch, "/notes/" + std::to_string(mine), R"({"title":"x"})");
  push();
  EXPECT_THAT(none.line->take(), IsEmpty());
  EXPECT_THAT(own.line->take(),
              ElementsAre(news(1, "notes.added", mine), news(3, "notes.changed", mine)));
  EXPECT_THAT(customer.line->take(), ElementsAre(news(1, "notes.added", mine)));
  EXPECT_THAT(stranger.line->take(), IsEmpty());
}

TEST_P(LivePush, ends_when_rights_are_taken_away_while_it_is_open_Z8) {
  auto& node = first();
  node.sign_in("person", ActorKind::staff, Scope::all, 2);
  auto client = connect(node, "person");
  push();
  node.note("a");
  push();
  EXPECT_EQ(client.line->take().size(), 1u);
  node.sign_in("person", ActorKind::staff, Scope::own, 2, {{"notes.read"}});
  node.clock().advance(milliseconds(600));
  node.note("b");
  push();
  EXPECT_THAT(client.line->take(), IsEmpty());
  node.note("c", 2);  // his own he still sees
  push();
  EXPECT_EQ(client.line->take().size(), 1u);
  node.sign_out("person");
  node.clock().advance(milliseconds(600));
  node.note("d", 2);
  push();
  EXPECT_THAT(client.line->take(), IsEmpty());
  EXPECT_EQ(client.line->code(), 4401);
  EXPECT_EQ(node.hub().live().lines(), 0u);
}

// The event of the sign-out comes at once after the line was looked at.
TEST_P(LivePush, ends_within_a_moment_although_nothing_else_happens_Z8) {
  auto& node = first();
  node.sign_in("person", ActorKind::staff, Scope::all, 2);
  auto client = connect(node, "person");
  push();
  node.sign_out("person");
  node.note("the event of it");
  push();
  EXPECT_EQ(client.line->code(), 0);
  node.clock().advance(milliseconds(600));
  push();
  EXPECT_EQ(client.line->code(), 4401);
}

TEST_P(LivePush, ends_a_quiet_line_whose_session_ran_out) {
  auto& node = first();
  node.sign_in("person", ActorKind::staff, Scope::all, 2);
  auto client = connect(node, "person");
  push();
  node.sign_out("person");
  node.clock().advance(seconds(31));
  push();
  EXPECT_EQ(client.line->code(), 4401);
}

TEST_P(LivePush, closes_who_shows_nothing_valid_W1) {
  auto nobody = connect(first(), "wrong");
  push();
  EXPECT_EQ(nobody.line->code(), 4401);
  EXPECT_EQ(first().hub().live().lines(), 0u);
}

TEST_P(LivePush, goes_on_after_a_break) {
  auto& node = first();
  auto before = connect(node, "staff");
  push();
  auto a = node.note("a");
  push();
  EXPECT_THAT(before.line->take(), ElementsAre(news(1, "notes.added", a)));
  before.listener->closed();
  push();
  EXPECT_EQ(node.hub().live().lines(), 0u);
  auto b = node.note("b"), c = node.note("c");
  auto after = connect(node, "staff");
  after.listener->received(R"({"after":1})");
  push();
  EXPECT_THAT(after.line->take(),
              ElementsAre(news(2, "notes.added", b), news(3, "notes.added", c)));
  push();
  EXPECT_THAT(after.line->take(), IsEmpty());
}

TEST_P(LivePush, resets_who_was_away_too_long_or_asks_for_what_never_was) {
  auto& node = first();
  node.hub().change(program_actor(), [](Change& change) {
    for (int i = 0; i < 1'002; ++i) change.tell_about("notes.ticked", {"note", 1}, {});
  });
  for (std::string after : {"1", "99999", "-1"}) {
    auto client = connect(node, "staff");
    client.listener->received("{\"after\":" + after + "}");
    push();
    EXPECT_THAT(client.line->take(), ElementsAre(R"({"reset":true})")) << after;
  }
}

TEST_P(LivePush, shows_presence_to_staff_only) {
  auto& node = first();
  node.note("a", 7);
  node.sign_in("second", ActorKind::staff, Scope::all, 2);
  node.sign_in("customer", ActorKind::contact, Scope::own, 7, {{"notes.read"}});
  auto one = connect(node, "staff"), two = connect(node, "second"),
       three = connect(node, "customer");
  for (auto* client : {&one, &two, &three}) client->listener->received(R"({"watch":"note:1"})");
  push();
  const std::string alone =
      R"({"subject":"note:1","present":[{"user":1,"name":"Nr. 1","writing":null}]})";
  const std::string both =
      R"({"subject":"note:1","present":[{"user":1,"name":"Nr. 1","writing":null},)"
      R"({"user":2,"name":"Nr. 2","writing":null}]})";
  EXPECT_THAT(one.line->take(), ElementsAre(both));
  EXPECT_THAT(two.line->take(), ElementsAre(both));
  EXPECT_THAT(three.line->take(), IsEmpty());
  two.listener->received(R"({"writing":"reply"})");
  push();
  EXPECT_THAT(one.line->take(), ElementsAre(HasSubstr(R"("writing":"reply")")));
  two.listener->closed();
  push();
  EXPECT_THAT(one.line->take(), ElementsAre(alone));
  one.listener->closed();
  push();
  auto again = connect(node, "staff");  // the same picture, but a new pair of eyes
  again.listener->received(R"({"watch":"note:1"})");
  push();
  EXPECT_THAT(again.line->take(), ElementsAre(alone));
  again.listener->received(R"({"leave":true})");
  push();
  EXPECT_THAT(again.line->take(), IsEmpty());
}

TEST_P(LivePush, hides_presence_on_what_one_no_longer_sees_Z8) {
  auto& node = first();
  node.note("a", 7);
  node.sign_in("second", ActorKind::staff, Scope::all, 2);
  auto one = connect(node, "staff"), two = connect(node, "second");
  for (auto* client : {&one, &two}) client->listener->received(R"({"watch":"note:1"})");
  push();
  two.line->take();
  node.sign_in("second", ActorKind::staff, Scope::own, 2, {{"notes.read"}});
  node.clock().advance(milliseconds(600));
  node.note("b");
  one.listener->received(R"({"writing":"note"})");
  push();
  EXPECT_THAT(two.line->take(), IsEmpty());
}

TEST_P(LivePush, refuses_hostile_messages_W2) {
  auto& node = first();
  node.note("foreign", 8);
  node.sign_in("customer", ActorKind::contact, Scope::own, 7, {{"notes.read"}});
  for (std::string message : {R"({"watch":"note:1"})",
                              R"({"watch":"note:2"})",
                              R"({"watch":"note:%"})",
                              R"({"watch":"note:*"})",
                              R"({"watch":"*"})",
                              R"({"watch":"%"})",
                              R"({"watch":"../note:1"})",
                              R"({"watch":"note:1/../2"})",
                              R"({"watch":["note:1"]})",
                              R"({"watch":{"note":1}})",
                              R"({"watch":null})",
                              R"({"watch":1})",
                              R"({"watch":"note:-1"})",
                              R"({"watch":"note:0"})",
                              R"({"watch":"note:99999999999999999999"})",
                              R"({"watch":"user:1"})",
                              R"({"watch":""})",
                              R"({"watch":"note:1'; DROP TABLE notes"})",
                              R"({"after":"1"})",
                              R"({"after":[1]})",
                              R"({"after":1e999})",
                              R"({"writing":"all"})",
                              R"({"subscribe":"all"})",
                              "[]",
                              "1",
                              "\"\"",
                              "",
                              "{",
                              "\xff\xfe",
                              R"({"watch":"note:1","watch":"note:1"})"}) {
    auto client = connect(node, "customer");
    client.listener->received(message);
    push();
    EXPECT_EQ(client.line->code(), 1008) << message;
    EXPECT_THAT(client.line->take(), IsEmpty()) << message;
  }
  EXPECT_EQ(node.hub().live().lines(), 0u);
  EXPECT_EQ(node.count("SELECT count(*) FROM notes"), 1);
}

TEST_P(LivePush, refuses_ten_thousand_watches_W2) {
  auto& node = first();
  for (int i = 0; i < 30; ++i) node.note("n" + std::to_string(i));
  auto few = connect(node, "staff"), many = connect(node, "staff"), flood = connect(node, "staff");
  for (int i = 1; i <= 20; ++i) {
    few.listener->received("{\"watch\":\"note:" + std::to_string(i) + "\"}");
  }
  for (int i = 1; i <= 21; ++i) {
    many.listener->received("{\"watch\":\"note:" + std::to_string(i) + "\"}");
  }
  for (int i = 0; i < 10'000; ++i) flood.listener->received(R"({"watch":"note:1"})");
  push();
  EXPECT_EQ(few.line->code(), 0);
  EXPECT_EQ(many.line->code(), 1008);
  EXPECT_EQ(flood.line->code(), 1008);
}

TEST_P(LivePush, does_not_suffer_from_one_line_that_is_trouble) {
  auto& node = first();
  auto& registry = const_cast<Registry&>(node.hub().registry());
  auto usual = registry.identify;
  registry.identify = [usual](Reader& reader, const Credentials& shown) {
    if (shown.bearer == "trouble") throw invalid("control_character");
    return usual(reader, shown);
  };
  auto good = connect(node, "staff");
  push();
  auto bad = connect(node, "trouble");
  node.note("a");
  EXPECT_ANY_THROW(push());
  push();
  EXPECT_EQ(bad.line->code(), 1011);
  EXPECT_THAT(good.line->take(), ElementsAre(HasSubstr("notes.added")));
}

TEST_P(LivePush, runs_by_itself_and_tells_within_a_moment) {
  auto& node = first();
  node.hub().start();
  auto client = connect(node, "staff");
  ASSERT_TRUE(comes_true([&] { return node.hub().live().lines() == 1; }));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  node.note("a");
  std::vector<std::string> got;
  EXPECT_TRUE(comes_true([&] {
    for (auto& text : client.line->take()) got.push_back(text);
    return got.size() >= 2;  // and the echo of the reaction
  }));
  node.hub().stop();
}

TEST_P(LivePush, crosses_nodes) {
  if (GetParam() == Engine::sqlite) GTEST_SKIP() << "SQLite serves one node";
  auto &a = first(), &b = second();
  b.hub().start();
  auto client = connect(b, "staff");
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  auto begin = std::chrono::steady_clock::now();
  a.note("from the other node");
  EXPECT_TRUE(comes_true([&] { return !client.line->take().empty(); }));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(900));
  b.hub().stop();
}

TEST_P(LivePush, handshakes_from_elsewhere_are_refused_W1) {
  struct Case {
    std::vector<std::pair<std::string, std::string>> headers;
    std::string query;
    int status;
  };
  for (const auto& [headers, query, status] : std::vector<Case>{
           {{}, "", 401},
           {{{"authorization", "Bearer x"}}, "", 0},
           {{{"authorization", "Bearer x"}}, "token=x", 400},
           {{{"cookie", "baijin=x"}, {"origin", "http://desk.test"}}, "", 0},
           {{{"cookie", "baijin=x"}}, "", 403},
           {{{"cookie", "baijin=x"}, {"origin", "https://evil.test"}}, "", 403},
           {{{"cookie", "baijin=x"}, {"origin", "null"}}, "", 403},
           {{{"cookie", "baijin=x"}, {"origin", "http://desk.test.evil.test"}}, "", 403},
           {{{"cookie", "baijin=x"},
             {"origin", "http://desk.test"},
             {"sec-fetch-site", "cross-site"}},
            "",
            403}}) {
    RequestHead head;
    head.path = "/api/v1/live";
    head.query = query;
    head.headers = headers;
    head.headers.emplace_back("host", "desk.test");
    auto refusal = first().serve().refuse_live(head);
    EXPECT_EQ(refusal ? refusal->status : 0, status) << ::testing::PrintToString(headers);
  }
  RequestHead elsewhere;
  elsewhere.path = "/api/v1/tickets/live";
  EXPECT_EQ(first().serve().refuse_live(elsewhere)->status, 404);
}

}  // namespace
}  // namespace baijin
