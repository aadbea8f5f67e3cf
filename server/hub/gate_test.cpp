// Who may pass: foreign origins, missing tokens, and those who guess.
#include <gmock/gmock.h>

#include "hub/guessing.h"
#include "hub/test_desk.h"
#include "hub/test_node.h"

namespace baijin {
namespace {

class TheGate : public NotesDesk {};
BAIJIN_ON_BOTH_ENGINES(TheGate)

TEST_P(TheGate, refuses_unsafe_requests_from_elsewhere_U4) {
  auto cookie_actor = desk_->staff_with_all_rights();
  cookie_actor.by_cookie = true;
  cookie_actor.csrf_token = "right";
  auto token = desk_->sign_in(cookie_actor);
  using Headers = std::vector<std::pair<std::string, std::string>>;
  auto ask = [&](Headers headers) {
    return desk_->ask({Method::post, "/notes", R"({"title":"a"})", token, headers, "", false});
  };
  EXPECT_EQ(ask({}).reason(), "csrf");
  EXPECT_EQ(ask({{"x-csrf-token", "wrong"}}).reason(), "csrf");
  EXPECT_EQ(ask({{"x-csrf-token", "right"}, {"origin", "https://evil.test"}}).reason(),
            "foreign_origin");
  EXPECT_EQ(ask({{"x-csrf-token", "right"}, {"origin", "null"}}).reason(), "foreign_origin");
  EXPECT_EQ(ask({{"x-csrf-token", "right"}, {"sec-fetch-site", "cross-site"}}).reason(),
            "foreign_origin");
  EXPECT_EQ(ask({{"x-csrf-token", "right"}, {"content-type", "text/plain"}}).reason(),
            "not_json_content_type");
  EXPECT_EQ(ask({{"x-csrf-token", "right"}, {"origin", "http://desk.test"}}).status, 201);
}

class Guessed : public Nodes {};
INSTANTIATE_TEST_SUITE_P(Engines, Guessed, ::testing::Values(testing::Engine::sqlite),
                         testing::engine_name);

TEST_P(Guessed, ten_thousand_numbers_are_404_and_throttled_Z9) {
  options_.refusals_a_minute = 120;
  auto& node = first();
  node.sign_in("guesser", ActorKind::contact, Scope::own, 7, {{"notes.read"}});
  node.sign_in("other", ActorKind::contact, Scope::own, 8, {{"notes.read"}});
  auto mine = "/notes/" + std::to_string(node.note("mine", 7));
  for (int i = 0; i < 40; ++i) node.note("n" + std::to_string(i), 8);
  int not_found = 0, throttled = 0;
  for (int i = 2; i < 10'002; ++i) {
    auto answer = node.ask(Method::get, "/notes/" + std::to_string(i), "", "guesser");
    if (answer.status == 404) ++not_found;
    if (answer.status != 429) continue;
    if (throttled++ > 0) continue;
    EXPECT_EQ(reason_of(answer), "too_many_refusals");
    EXPECT_GT(std::stoi(header_of(answer, "Retry-After")), 0);
    EXPECT_LE(std::stoi(header_of(answer, "Retry-After")), 60);
  }
  EXPECT_EQ(not_found + throttled, 10'000);
  EXPECT_LE(not_found, 240);                                          // a minute may end in between
  EXPECT_EQ(node.ask(Method::get, mine, "", "guesser").status, 200);  // his own work goes on
  EXPECT_EQ(node.ask(Method::get, "/notes/999", "", "other").status, 404);
  node.clock().advance(minutes(1));
  EXPECT_EQ(node.ask(Method::get, "/notes/999", "", "guesser").status, 404);
}

TEST_P(Guessed, tokens_are_throttled_by_address_Z9) {
  options_.refusals_a_minute = 120;
  auto& node = first();
  int throttled = 0;
  for (int i = 0; i < 500; ++i) {
    auto answer = node.ask(Method::get, "/notes", "", "guess " + std::to_string(i));
    EXPECT_TRUE(answer.status == 401 || answer.status == 429);
    throttled += answer.status == 429 ? 1 : 0;
  }
  EXPECT_GE(throttled, 260);
  EXPECT_EQ(node.ask(Method::get, "/notes").status, 200);
  // Not to be signed in is no guess: a sign-in page in a crowded office asks often.
  EXPECT_EQ(node.ask(Method::get, "/notes", "", "").status, 401);
}

TEST(Guessing, counts_by_the_minute) {
  testing::FakeClock clock;
  Guessing guessing(clock, 3);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(guessing.refused("a"), 0);
  EXPECT_EQ(guessing.refused("a"), 60);
  EXPECT_EQ(guessing.refused("b"), 0);
  clock.advance(milliseconds(30'500));
  EXPECT_EQ(guessing.refused("a"), 30);
  clock.advance(milliseconds(29'499));
  EXPECT_EQ(guessing.refused("a"), 1);
  clock.advance(milliseconds(1));
  EXPECT_EQ(guessing.refused("a"), 0);
}

TEST(Guessing, can_be_switched_off) {
  testing::FakeClock clock;
  Guessing guessing(clock, 0);
  for (int i = 0; i < 1'000; ++i) EXPECT_EQ(guessing.refused("a"), 0);
  EXPECT_EQ(guessing.known(), 0u);
}

TEST(Guessing, remembers_so_many_and_those_who_guess_longest) {
  testing::FakeClock clock;
  Guessing guessing(clock, 2);
  for (int i = 0; i < 2; ++i) guessing.refused("guesser");
  for (int i = 0; i < 100'000; ++i) {
    guessing.refused("address " + std::to_string(i));
    ASSERT_LE(guessing.known(), Guessing::known_at_most);
  }
  EXPECT_GT(guessing.refused("guesser"), 0);  // a crowd does not wash him out
  clock.advance(minutes(1));
  guessing.refused("new");
  EXPECT_EQ(guessing.refused("guesser"), 0);
}

TEST(Guessing, knows_a_customer_by_the_network_he_owns) {
  for (const auto& [address, network] : std::vector<std::pair<std::string, std::string>>{
           {"192.0.2.7", "192.0.2.7"},
           {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
           {"2001:db8:1:2::9", "2001:db8:1:2::/64"},
           {"::1", "::/64"},
           {"", ""}}) {
    EXPECT_EQ(network_of(address), network);
  }
}

}  // namespace
}  // namespace baijin
