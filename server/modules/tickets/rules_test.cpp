#include "modules/tickets/rules.h"

#include <gtest/gtest.h>

namespace baijin::tickets::rules {
namespace {

using catalogue::State;
using catalogue::Transition;
using catalogue::Workflow;

Workflow small_workflow() {
  Workflow workflow;
  workflow.start = {"received"};
  auto state = [&](const char* key, Phase phase) {
    State made;
    made.key = {key};
    made.phase = phase;
    workflow.states.push_back(made);
  };
  state("received", Phase::fresh);
  state("working", Phase::open);
  state("waiting_customer", Phase::waiting);
  state("offered", Phase::solved);
  state("closed", Phase::closed);
  auto way = [&](const char* key, std::vector<Slug> from, const char* to, bool customer_may) {
    Transition made;
    made.key = {key};
    made.from = std::move(from);
    made.to = {to};
    made.customer_may = customer_may;
    workflow.transitions.push_back(made);
  };
  way("begin", {{"received"}, {"waiting_customer"}}, "working", false);
  way("offer", {{"working"}}, "offered", false);
  way("accept", {{"offered"}}, "closed", true);
  way("close", {{"offered"}}, "closed", false);
  way("reject", {{"offered"}}, "working", true);
  way("reopen", {{"closed"}}, "working", true);
  return workflow;
}

TEST(TicketRules, APictureSaysSomethingWithoutAWord) {
  EXPECT_TRUE(shows_picture(R"(<p><img src="cid:file-3"></p>)"));
  EXPECT_FALSE(shows_picture("<p><br></p>"));
  EXPECT_FALSE(shows_picture("<p>&lt;img src=x&gt;</p>"));
}

TEST(TicketRules, TKT_3_FindWaysByStateOrByName) {
  auto workflow = small_workflow();
  struct Row {
    const char *state, *to;
    std::vector<std::string> keys;
  };
  const Row rows[] = {{"received", "working", {"begin"}},
                      {"offered", "closed", {"accept", "close"}},
                      {"offered", "close", {"close"}},
                      {"received", "closed", {}},
                      {"working", "accept", {}}};
  for (const auto& row : rows) {
    std::vector<std::string> keys;
    for (const auto* way : ways_to(workflow, row.state, row.to)) keys.push_back(way->key.value);
    EXPECT_EQ(keys, row.keys) << row.state << " → " << row.to;
  }
}

TEST(TicketRules, TKT_10_KnowTheCustomersWayAndTheWayOfSilence) {
  auto workflow = small_workflow();
  EXPECT_EQ(customers_way(workflow, "offered", Phase::closed)->key.value, "accept");
  EXPECT_EQ(customers_way(workflow, "offered", Phase::open)->key.value, "reject");
  EXPECT_EQ(customers_way(workflow, "closed", Phase::open)->key.value, "reopen");
  EXPECT_EQ(customers_way(workflow, "received", Phase::open), nullptr);
  EXPECT_EQ(closing_way(workflow, "offered")->key.value, "close");
  EXPECT_EQ(closing_way(workflow, "working"), nullptr);
}

TEST(TicketRules, TKT_10_RemindEvenlyAndCloseAtTheEnd) {
  const Time since{1'000'000};
  EXPECT_EQ(silence_step_at(since, 3, 2, 1), since + days(1));
  EXPECT_EQ(silence_step_at(since, 3, 2, 2), since + days(2));
  EXPECT_EQ(silence_step_at(since, 3, 2, 3), since + days(3));
  EXPECT_FALSE(silence_step_at(since, 3, 2, 4));
  EXPECT_EQ(silence_step_at(since, 5, 0, 1), since + days(5));
  EXPECT_FALSE(silence_step_at(since, 0, 2, 1));
}

TEST(TicketRules, EnteringAStateSetsItsTimes) {
  auto workflow = small_workflow();
  Ticket ticket;
  ticket.state = "working";
  ticket.phase = Phase::open;
  enter(ticket, catalogue::state_of(workflow, "waiting_customer"), Time{10}, 7);
  EXPECT_EQ(ticket.previous_state, "working");
  enter(ticket, catalogue::state_of(workflow, "working"), Time{20}, 7);
  EXPECT_FALSE(ticket.previous_state);
  enter(ticket, catalogue::state_of(workflow, "offered"), Time{30}, 7);
  EXPECT_EQ(ticket.resolved_at, Time{30});
  enter(ticket, catalogue::state_of(workflow, "closed"), Time{40}, 7);
  EXPECT_EQ(ticket.closed_at, Time{40});
  EXPECT_EQ(ticket.reopen_until, Time{40} + days(7));
  enter(ticket, catalogue::state_of(workflow, "working"), Time{50}, 7);
  EXPECT_FALSE(ticket.closed_at || ticket.reopen_until || ticket.resolved_at);
  EXPECT_EQ(ticket.reopened, 1);
  EXPECT_EQ(ticket.state_since, Time{50});
}

TEST(TicketRules, TKT_4_AnotherPriorityThanTheMatrixWantsAReason) {
  Ticket ticket;
  set_priority(ticket, {}, Priority::P2);
  EXPECT_EQ(ticket.priority, Priority::P2);
  set_priority(ticket, {Priority::P1, Lines<2'000>{"the mayor called"}}, Priority::P2);
  EXPECT_EQ(ticket.priority, Priority::P1);
  EXPECT_EQ(ticket.priority_reason.value, "the mayor called");
  EXPECT_THROW(set_priority(ticket, {Priority::P1, {}}, Priority::P2), Error);
  EXPECT_THROW(set_priority(ticket, {Priority::P1, Lines<2'000>{""}}, Priority::P2), Error);
  set_priority(ticket, {Priority::P2, Lines<2'000>{"as it is"}}, Priority::P2);
  EXPECT_EQ(ticket.priority_reason.value, "");
}

TEST(TicketRules, TagsAreKeptOnce) {
  EXPECT_EQ(distinct({{"a"}, {"b"}, {"a"}}).size(), 2U);
  EXPECT_THROW(distinct([] {
                 std::vector<Tag> many;
                 many.reserve(51);
                 for (int i = 0; i < 51; ++i) many.push_back({std::to_string(i)});
                 return many;
               }()),
               Error);
}

}  // namespace
}  // namespace baijin::tickets::rules
