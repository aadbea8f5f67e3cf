// Who sees what of a ticket, and that nobody reaches it another way.
#include "modules/tickets/test_desk.h"

namespace baijin::tickets {
namespace {

class TicketVisibility : public TicketDesk {};
BAIJIN_ON_BOTH_ENGINES(TicketVisibility)

TEST_P(TicketVisibility, SEC_2_ScopesAndCustomers) {
  auto county_ticket = opened(clerk), harbour_ticket = opened(mate);
  struct Row {
    const std::string& who;
    bool sees_county, sees_harbour;
  };
  const Row rows[] = {{agent, true, true},          {north, true, false}, {south, false, true},
                      {nothing_much, false, false}, {lead, true, false},  {clerk, true, false},
                      {mate, false, true}};
  for (const auto& row : rows) {
    EXPECT_EQ(desk->get(path(county_ticket), row.who).status, row.sees_county ? 200 : 404);
    EXPECT_EQ(desk->get(path(harbour_ticket), row.who).status, row.sees_harbour ? 200 : 404);
    auto list = desk->get("/tickets?count=true", row.who);
    EXPECT_EQ(list.at("total").to_number<int>(), row.sees_county + row.sees_harbour);
  }
  auto lead_only = opened(lead);
  EXPECT_EQ(desk->get(path(lead_only), clerk).status, 404) << "own tickets only, unless one leads";
}

TEST_P(TicketVisibility, SEC_2_EveryDoorOfAForeignTicketIsTheSame404) {
  auto ticket = opened(mate);
  auto before = desk->rows_of({"tickets", "messages", "evidence"});
  auto missing = desk->get(path(999'999), clerk);
  for (auto below : {"", "/messages", "/evidence", "/timeline", "/archive"}) {
    auto answer = desk->get(path(ticket, below), clerk);
    EXPECT_EQ(answer.status, 404) << below;
    EXPECT_EQ(answer.reason(), missing.reason());
  }
  for (auto [below, body] : std::initializer_list<std::pair<const char*, const char*>>{
           {"/messages", R"({"kind":"reply","body":"<p>x</p>"})"},
           {"/transitions", R"({"to":"cancelled","reason":"x"})"},
           {"/confirmations", R"({"solved":true})"}}) {
    EXPECT_EQ(desk->post(path(ticket, below), body, clerk).status, 404) << below;
  }
  EXPECT_EQ(desk->patch(path(ticket), R"({"subject":"mine"})", clerk).status, 404);
  EXPECT_EQ(desk->rows_of({"tickets", "messages", "evidence"}), before);
}

TEST_P(TicketVisibility, Z4_BothEndsOfARelationMustBeVisible) {
  auto ticket = opened(clerk);
  // North sees the ticket; what is named must be visible and belong together as well.
  auto before = desk->rows_of({"tickets"});
  auto foreign = desk->patch(path(ticket), R"({"contact":)" + std::to_string(mate_contact) + "}",
                             north);
  EXPECT_GE(foreign.status, 400);
  EXPECT_EQ(desk->rows_of({"tickets"}), before);
  auto for_others = desk->post("/tickets",
                               R"({"service_type":)" + std::to_string(fault) +
                                   R"(,"subject":"x","customer":)" + std::to_string(county) + "}",
                               mate);
  EXPECT_GE(for_others.status, 400);
  auto for_another = desk->post("/tickets",
                                R"({"service_type":)" + std::to_string(fault) +
                                    R"(,"subject":"x","contact":)" + std::to_string(clerk_contact) +
                                    "}",
                                mate);
  EXPECT_EQ(for_another.status, 404);
  EXPECT_EQ(desk->rows_of({"tickets"}), before);
}

TEST_P(TicketVisibility, Z6_CustomersSetNothingThatIsTheDesks) {
  for (auto field : {R"("priority":"P1")", R"("assignee":1)", R"("team":1)", R"("tags":["x"])",
                     R"("internal":true)", R"("watchers":[1])"}) {
    auto answer = desk->post(
        "/tickets",
        R"({"service_type":)" + std::to_string(fault) + R"(,"subject":"x",)" + field + "}", clerk);
    EXPECT_EQ(answer.status, 403) << field << answer.body;
  }
  for (auto field : {R"("id":7)", R"("number":"2026-0000-0000")", R"("created_by":1)",
                     R"("state":"closed")", R"("entitlement":"covered")"}) {
    auto answer = desk->post(
        "/tickets",
        R"({"service_type":)" + std::to_string(fault) + R"(,"subject":"x",)" + field + "}", agent);
    EXPECT_EQ(answer.status, 400) << field << answer.body;
  }
  auto ticket = opened(clerk);
  EXPECT_EQ(desk->patch(path(ticket), R"({"subject":"clearer"})", clerk).status, 200);
  EXPECT_EQ(desk->patch(path(ticket), R"({"category":1})", clerk).status, 403);
  moved(ticket, "cancelled", agent, R"("reason":"x")");
  EXPECT_EQ(desk->patch(path(ticket), R"({"subject":"later"})", clerk).status, 409);
}

TEST_P(TicketVisibility, N1_NotesAndPendingRepliesNeverReachCustomers) {
  auto ticket = opened(clerk);
  const std::string canary = "CNRY-note-77";
  ASSERT_EQ(said(ticket, agent, "note", canary).status, 201);
  ASSERT_EQ(said(ticket, agent, "reply", "CNRY-pending-78", R"("undo_seconds":60)").status, 201);
  desk->post(path(ticket, "/evidence"), R"({"kind":"diagnosis","body":"CNRY-evidence-79"})", agent);
  for (auto below :
       {"", "/messages", "/messages?kind=note", "/evidence", "/timeline", "/archive"}) {
    auto answer = desk->get(path(ticket, below), clerk);
    EXPECT_EQ(answer.status, 200) << below;
    EXPECT_EQ(answer.body.find("CNRY"), std::string::npos) << below << answer.body;
  }
  for (auto query : {"77", "CNRY", "note", "pending"}) {
    auto answer = desk->get(std::string("/search?count=true&q=") + query, clerk);
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.at("items").as_array().size(), 0U) << answer.body;
    EXPECT_EQ(answer.at("total").to_number<int>(), 0);
  }
  EXPECT_GE(desk->get("/search?q=CNRY", agent).at("items").as_array().size(), 2U);
  auto story = desk->get(path(ticket, "/timeline"), agent);
  EXPECT_NE(story.body.find(canary), std::string::npos);
}

TEST_P(TicketVisibility, Z3_SearchNeverTellsOfForeignTickets) {
  auto ticket = opened(mate);
  said(ticket, mate, "reply", "zanzibar");
  auto number = desk->get(path(ticket), agent).text("number");
  for (const auto& who : {clerk, lead, north, nothing_much}) {
    for (const auto& word : {std::string("zanzibar"), std::string("z"), number,
                             std::string("%E5%B4%A9%E6%BA%83"), std::string("Harbour")}) {
      auto answer = desk->get("/search?count=true&kinds=ticket,message&q=" + word, who);
      EXPECT_EQ(answer.status, 200) << answer.body;
      EXPECT_EQ(answer.at("items").as_array().size(), 0U) << word << answer.body;
      EXPECT_EQ(answer.at("total").to_number<int>(), 0);
    }
  }
  EXPECT_EQ(desk->get("/search?q=zanzibar", mate).at("items").as_array().size(), 1U);
  EXPECT_EQ(desk->get("/search?q=" + number, south).at("items").as_array().size(), 1U);
}

}  // namespace
}  // namespace baijin::tickets
