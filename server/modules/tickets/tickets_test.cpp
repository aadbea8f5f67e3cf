#include "modules/tickets/number.h"
#include "modules/tickets/test_desk.h"

namespace baijin::tickets {
namespace {

class Tickets : public TicketDesk {};
BAIJIN_ON_BOTH_ENGINES(Tickets)

bool has(const boost::json::value& list, std::string_view text) {
  for (const auto& item : list.as_array()) {
    if (item.as_string() == text) return true;
  }
  return false;
}

TEST_P(Tickets, TKT_1_INT_2_AreNumberedAndShownWithNames) {
  auto answer = desk->post("/tickets",
                           R"({"service_type":)" + std::to_string(fault) +
                               R"(,"subject":"打不开","channel":"phone","severity":"S1",)"
                               R"("impact":"I1","tags":["print","print"],"contact":)" +
                               std::to_string(clerk_contact) + "}",
                           agent);
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_TRUE(number::is_well_formed(answer.text("number"))) << answer.body;
  EXPECT_TRUE(answer.text("number").starts_with("2026-"));
  EXPECT_EQ(answer.at("customer").to_number<std::int64_t>(), county);
  auto view = desk->get(path(answer.id()), agent);
  ASSERT_EQ(view.status, 200) << view.body;
  EXPECT_EQ(view.text("names.customer"), "永安县医院");
  EXPECT_EQ(view.text("names.contact"), "Clerk Chen");
  EXPECT_EQ(view.text("names.region"), "North");
  EXPECT_EQ(view.text("names.service_type_zh"), "故障");
  EXPECT_EQ(view.text("state"), "received");
  EXPECT_EQ(view.text("phase"), "new");
  EXPECT_EQ(view.at("tags").as_array().size(), 1U);
  EXPECT_TRUE(has(view.at("allowed"), "assign"));
  auto second = opened(agent);
  EXPECT_NE(desk->get(path(second), agent).text("number"), view.text("number"));
  EXPECT_EQ(desk->events("ticket:" + std::to_string(second)),
            std::vector<std::string>{"tickets.opened"});
}

TEST_P(Tickets, TKT_4_PriorityComesFromTheMatrixOrAReason) {
  auto ticket = opened(agent, R"("severity":"S1","impact":"I1")");
  auto by_matrix = desk->get(path(ticket), agent).text("priority");
  EXPECT_EQ(by_matrix, "P1");
  auto refused = desk->patch(path(ticket), R"({"priority":"P4"})", agent);
  EXPECT_EQ(refused.status, 400) << refused.body;
  EXPECT_EQ(refused.reason(), "wants_a_reason");
  auto changed = desk->patch(path(ticket), R"({"priority":"P4","priority_reason":"a toy"})", agent);
  EXPECT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.text("priority"), "P4");
}

TEST_P(Tickets, TKT_3_WholeLife) {
  auto ticket = opened(clerk);
  bring_to_resolving(ticket);
  ASSERT_EQ(moved(ticket, "verifying", agent, R"("fields":{"solution":"new driver"})").status, 200);
  auto untested = moved(ticket, "awaiting_customer", agent);
  EXPECT_EQ(untested.status, 409);
  EXPECT_EQ(untested.reason(), "test_missing") << "TKT-9";
  ASSERT_EQ(moved(ticket, "awaiting_customer", agent,
                  R"("fields":{"test_result":"still broken","test_passed":false})")
                .reason(),
            "test_failed");
  ASSERT_EQ(
      moved(ticket, "awaiting_customer", agent, R"("fields":{"test_result":"ten pages printed"})")
          .status,
      200);
  auto closed = desk->post(path(ticket, "/confirmations"),
                           R"({"solved":true,"rating":5,"comment":"thank you"})", clerk);
  ASSERT_EQ(closed.status, 200) << closed.body;
  EXPECT_EQ(closed.text("state"), "evaluated");
  EXPECT_EQ(closed.at("rating").to_number<int>(), 5);
  ASSERT_EQ(moved(ticket, "archived", agent).status, 200);
  EXPECT_EQ(state_of(ticket), "archived");
  auto events = desk->events("ticket:" + std::to_string(ticket));
  EXPECT_EQ(std::count(events.begin(), events.end(), "tickets.moved"), 10);
  EXPECT_EQ(std::count(events.begin(), events.end(), "tickets.closed"), 1);
}

TEST_P(Tickets, TKT_3_TransitionsAreGuardedAndSayWhy) {
  auto ticket = opened(agent);  // nobody is named
  EXPECT_EQ(moved(ticket, "confirmed", agent).reason(), "customer_missing");
  EXPECT_EQ(moved(ticket, "closed", agent).reason(), "no_such_transition");
  EXPECT_EQ(moved(ticket, "nowhere", agent).reason(), "no_such_transition");
  EXPECT_EQ(moved(ticket, "cancelled", agent).reason(), "required");
  auto view = desk->get(path(ticket), agent);
  bool told = false;
  const auto transitions = view.at("transitions");
  for (const auto& way : transitions.as_array()) {
    if (way.at("key").as_string() != "confirm") continue;
    told = has(way.at("refused_because"), "customer_missing") &&
           has(way.at("refused_by"), "customer_named");
  }
  EXPECT_TRUE(told) << view.body;
  EXPECT_EQ(moved(ticket, "cancelled", nothing_much, R"("reason":"x")").status, 404);
}

TEST_P(Tickets, TKT_8_OriginalsAndBackupComeFirstOrAreWaived) {
  auto ticket = opened(clerk);
  said(ticket, agent, "reply", "tomorrow");
  moved(ticket, "confirmed", agent);
  moved(ticket, "assigned", agent, R"("fields":{"assignee":)" + std::to_string(nothing_user) + "}");
  moved(ticket, "responded", nothing_much);
  moved(ticket, "diagnosing", nothing_much);
  const std::string diagnosis = R"("fields":{"diagnosis":"driver"})";
  EXPECT_EQ(moved(ticket, "resolving", nothing_much, diagnosis).reason(), "original_missing");
  auto evidence = path(ticket, "/evidence");
  EXPECT_EQ(
      desk->post(evidence, R"({"kind":"original_configuration","body":"v1"})", nothing_much).status,
      201);
  EXPECT_EQ(moved(ticket, "resolving", nothing_much, diagnosis).reason(), "backup_missing");
  const std::string waiver =
      R"({"kind":"waiver","guard":"backup_evidenced","body":"disk is full"})";
  EXPECT_EQ(desk->post(evidence, waiver, nothing_much).status, 403);
  EXPECT_EQ(desk->post(evidence, R"({"kind":"waiver","guard":"backup_evidenced","body":""})", agent)
                .reason(),
            "wants_a_reason");
  EXPECT_EQ(desk->post(evidence, R"({"kind":"waiver","guard":"test_recorded","body":"no"})", agent)
                .reason(),
            "not_waivable");
  EXPECT_EQ(desk->post(evidence, waiver, agent).status, 201);
  auto done = moved(ticket, "resolving", nothing_much, diagnosis);
  EXPECT_EQ(done.status, 200) << done.body;
}

TEST_P(Tickets, TKT_10_SilenceIsRemindedTwiceThenCloses) {
  auto ticket = opened(clerk);
  bring_to_awaiting(ticket);
  auto reminders = [&] {
    auto events = desk->events("ticket:" + std::to_string(ticket));
    return std::count(events.begin(), events.end(), "tickets.confirmation_reminded");
  };
  desk->advance(hours(23));
  EXPECT_EQ(reminders(), 0);
  desk->advance(hours(1));
  EXPECT_EQ(reminders(), 1);
  desk->advance(days(1));
  EXPECT_EQ(reminders(), 2);
  EXPECT_EQ(state_of(ticket), "awaiting_customer");
  desk->advance(days(1));
  EXPECT_EQ(reminders(), 2);
  EXPECT_EQ(state_of(ticket), "closed");
}

TEST_P(Tickets, TKT_10_AnAnswerEndsTheSilence) {
  auto ticket = opened(clerk);
  bring_to_awaiting(ticket);
  desk->advance(days(1));
  ASSERT_EQ(said(ticket, clerk, "reply", "not yet").status, 201);
  EXPECT_EQ(state_of(ticket), "resolving");
  desk->advance(days(30));
  EXPECT_EQ(state_of(ticket), "resolving");
}

TEST_P(Tickets, TKT_10_ReopensWithinTheWindowUnderItsNumber) {
  auto ticket = opened(clerk);
  bring_to_closed(ticket);
  auto number = desk->get(path(ticket), agent).text("number");
  desk->advance(days(6));
  ASSERT_EQ(said(ticket, clerk, "reply", "again").status, 201);
  auto view = desk->get(path(ticket), agent);
  EXPECT_EQ(view.text("state"), "reopened");
  EXPECT_EQ(view.text("number"), number);
  EXPECT_EQ(view.at("reopened").to_number<int>(), 1);

  auto other = opened(clerk);
  bring_to_closed(other);
  desk->advance(days(7));
  desk->advance(seconds(1));
  auto before = desk->rows_of({"tickets", "messages"});
  auto late = said(other, clerk, "reply", "too late");
  EXPECT_EQ(late.status, 409);
  EXPECT_EQ(late.reason(), "reopen_window_passed");
  EXPECT_EQ(moved(other, "reopened", clerk, R"("reason":"again")").reason(),
            "reopen_window_passed");
  EXPECT_EQ(desk->rows_of({"tickets", "messages"}), before);
}

TEST_P(Tickets, TKT_10_NotSolvedTakesItBackToWork) {
  auto ticket = opened(clerk);
  bring_to_awaiting(ticket);
  auto answer = desk->post(path(ticket, "/confirmations"), R"({"solved":false})", clerk);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.text("state"), "resolving");
  EXPECT_EQ(desk->post(path(ticket, "/confirmations"), R"({"solved":true})", clerk).reason(),
            "nothing_to_confirm");
}

TEST_P(Tickets, WaitingForTheCustomerEndsWithTheAnswer) {
  auto ticket = opened(clerk);
  bring_to_resolving(ticket);
  ASSERT_EQ(moved(ticket, "waiting_customer", agent, R"("reason":"which printer?")").status, 200);
  ASSERT_EQ(said(ticket, clerk, "reply", "the red one").status, 201);
  EXPECT_EQ(state_of(ticket), "resolving");
}

TEST_P(Tickets, TKT_6_AssignmentHandsOverWithANote) {
  auto ticket = opened(clerk);
  auto answer = desk->post(
      path(ticket, "/assignments"),
      R"({"assignee":)" + std::to_string(nothing_user) + R"(,"hand_over_note":"mind the dog"})",
      agent);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(desk->get(path(ticket), nothing_much).status, 200);
  auto notes = desk->get(path(ticket, "/messages?kind=note"), nothing_much);
  EXPECT_NE(notes.body.find("mind the dog"), std::string::npos);
  EXPECT_EQ(desk->post(path(ticket, "/assignments"), R"({"assignee":null})", nothing_much).status,
            403);
  auto free = opened(clerk);
  EXPECT_EQ(desk->post(path(free, "/assignments"),
                       R"({"assignee":)" + std::to_string(nothing_user) + "}", nothing_much)
                .status,
            404)
      << "what one does not see cannot be taken";
}

TEST_P(Tickets, ListsFilterSortAndCount) {
  auto first = opened(clerk), second = opened(mate), third = opened(agent, R"("tags":["vip"])");
  desk->post(path(first, "/assignments"), R"({"assignee":)" + std::to_string(agent_user) + "}",
             agent);
  auto ids = [&](const std::string& query, const std::string& token) {
    auto answer = desk->get("/tickets?" + query, token);
    EXPECT_EQ(answer.status, 200) << answer.body;
    std::vector<std::int64_t> found;
    const auto items = answer.at("items");
    for (const auto& item : items.as_array()) {
      found.push_back(item.at("id").to_number<std::int64_t>());
    }
    return found;
  };
  using List = std::vector<std::int64_t>;
  EXPECT_EQ(ids("", agent), (List{third, second, first}));
  EXPECT_EQ(ids("sort=created_at", agent), (List{first, second, third}));
  EXPECT_EQ(ids("sort=assignee", agent), (List{second, third, first}));
  EXPECT_EQ(ids("sort=-assignee", agent).front(), first);
  EXPECT_EQ(ids("sort=state", agent).size(), 3u);
  EXPECT_EQ(ids("assignee=me&open=true", agent), (List{first}));
  EXPECT_EQ(ids("assignee=none", agent), (List{third, second}));
  EXPECT_EQ(ids("tag=vip", agent), (List{third}));
  EXPECT_EQ(ids("tag=vip&created_from=2020-01-01T00:00:00Z&sort=-updated_at", agent),
            (List{third}));
  EXPECT_EQ(ids("watched=true&state=received", agent), List{});
  EXPECT_EQ(ids("phase=new&state=received&customer=" + std::to_string(harbour), agent),
            (List{second}));
  EXPECT_EQ(ids("q="
                "%E5%B4%A9%E6%BA%83",
                agent),
            (List{third, second, first}));
  EXPECT_EQ(desk->get("/tickets?limit=1&count=true", agent).at("total").to_number<int>(), 3);
  for (auto bad : {"assignee=you", "sort=custom", "state=a%20b", "phase=old", "nothing=1"}) {
    EXPECT_EQ(desk->get(std::string("/tickets?") + bad, agent).status, 400) << bad;
  }
}

TEST_P(Tickets, CUS_4_MergedCustomersTakeTheirTicketsAlongAndBack) {
  auto ticket = opened(mate);
  ASSERT_EQ(said(ticket, mate, "reply", "unforgettable").status, 201);
  auto merges = "/customers/" + std::to_string(county) + "/merges";
  auto merged = desk->post(merges, R"({"other":)" + std::to_string(harbour) + "}", agent);
  ASSERT_EQ(merged.status, 201) << merged.body;
  desk->settle();
  EXPECT_EQ(desk->get(path(ticket), agent).at("customer").to_number<std::int64_t>(), county);
  EXPECT_EQ(desk->get("/search?q=unforgettable", lead).at("items").as_array().size(), 1U);
  auto undone = desk->post(merges + "/" + std::to_string(merged.id()) + "/undo", "", agent);
  ASSERT_EQ(undone.status, 200) << undone.body;
  desk->settle();
  EXPECT_EQ(desk->get(path(ticket), agent).at("customer").to_number<std::int64_t>(), harbour);
  EXPECT_EQ(desk->get("/search?q=unforgettable", lead).at("items").as_array().size(), 0U);
}

TEST_P(Tickets, CUS_4_MergedContactsTakeTheirTicketsAlongAndBack) {
  auto ticket = opened(clerk);
  auto merges = "/contacts/" + std::to_string(lead_contact) + "/merges";
  auto merged = desk->post(merges, R"({"other":)" + std::to_string(clerk_contact) + "}", agent);
  ASSERT_EQ(merged.status, 201) << merged.body;
  desk->settle();
  EXPECT_EQ(desk->get(path(ticket), agent).at("contact").to_number<std::int64_t>(), lead_contact);
  auto undone = desk->post(merges + "/" + std::to_string(merged.id()) + "/undo", "", agent);
  ASSERT_EQ(undone.status, 200) << undone.body;
  desk->settle();
  EXPECT_EQ(desk->get(path(ticket), agent).at("contact").to_number<std::int64_t>(), clerk_contact);
}

}  // namespace
}  // namespace baijin::tickets
