// Merging and splitting (TKT-6): nothing is lost, everything can be undone, nobody sees more.
#include "modules/tickets/test_desk.h"

namespace baijin::tickets {
namespace {

class TicketMerges : public TicketDesk {
 protected:
  testing::Answer merged(std::int64_t kept, std::int64_t other, const std::string& who,
                         const std::string& more = {}) {
    return desk->post(
        path(kept, "/merges"),
        R"({"other":)" + std::to_string(other) + R"(,"reason":"the same fault")" + more + "}", who);
  }
  testing::Answer undone(std::int64_t kept, std::int64_t merge, const std::string& who) {
    return desk->post(path(kept, "/merges/" + std::to_string(merge) + "/undo"), "", who);
  }
  std::vector<std::string> bodies(std::int64_t ticket, const std::string& who) {
    std::vector<std::string> found;
    auto answer = desk->get(path(ticket, "/messages"), who);
    if (answer.status != 200) return found;
    auto all = answer.at("items");
    for (const auto& item : all.as_array()) {
      found.emplace_back(item.at("body").as_string());
    }
    return found;
  }
  // Everything a merge may touch, but for the versions and change times of the two tickets.
  std::string canonical() {
    std::string text = desk->rows_of({"messages", "evidence", "work_logs", "checklist_items",
                                      "watchers", "ticket_tags", "ticket_links", "files",
                                      "drafts"});
    desk->read([&](Reader& reader) {
      auto tickets = reader.list<Ticket>(
          "SELECT {fields t} FROM tickets t WHERE TRUE ORDER BY t.id");
      for (auto& ticket : tickets) {
        ticket.version = {};
        ticket.updated_at = {};
        text += to_json(ticket) + "\n";
      }
    });
    return text;
  }
  // A ticket with one of everything that can hang on it.
  std::int64_t full(const std::string& who, const std::string& word) {
    auto ticket = opened(who);
    auto must = [](const testing::Answer& answer) { EXPECT_LT(answer.status, 300) << answer.body; };
    must(said(ticket, agent, "reply", word + " reply", R"("undo_seconds":0)"));
    must(said(ticket, agent, "note", word + " note"));
    must(desk->post(path(ticket, "/evidence"), R"({"kind":"diagnosis","body":")" + word + "\"}",
                    agent));
    must(desk->post(path(ticket, "/work-logs"),
                    R"({"kind":"remote","started_at":"2026-11-23T05:00:00Z","minutes":30})",
                    agent));
    must(desk->post(path(ticket, "/checklist"), R"({"title":")" + word + "\"}", agent));
    must(desk->post(path(ticket, "/watchers"), "{}", agent));
    must(desk->patch(path(ticket), R"({"tags":[")" + word + R"(","shared"]})", agent));
    return ticket;
  }
};
BAIJIN_ON_BOTH_ENGINES(TicketMerges)

TEST_P(TicketMerges, TKT_6_EverythingMovesAndComesBackExactly) {
  auto kept = full(clerk, "kept"), other = full(clerk, "other"), third = opened(clerk);
  desk->post(path(other, "/watchers"), R"({"member":)" + std::to_string(nothing_user) + "}", agent);
  desk->post(path(other, "/links"), R"({"to":)" + std::to_string(third) + R"(,"kind":"parent"})",
             agent);
  desk->advance(minutes(1));
  auto before = canonical();
  auto merge = merged(kept, other, agent);
  ASSERT_EQ(merge.status, 201) << merge.body;
  EXPECT_EQ(merge.at("moved.messages").as_int64(), 3);
  EXPECT_EQ(merge.at("messages").as_array().size(), 3u);
  for (auto kind : {"evidence", "work_logs", "checklist", "watchers", "tags", "links_from"}) {
    EXPECT_EQ(merge.at("moved").as_object().at(kind).as_int64(), 1) << kind;
  }
  EXPECT_EQ(bodies(kept, agent).size(), 6u);
  EXPECT_EQ(bodies(other, agent).size(), 0u);
  EXPECT_EQ(desk->get(path(kept), agent).at("tags").as_array().size(), 3u);
  EXPECT_EQ(desk->get(path(kept, "/checklist"), agent).text("items.1.title"), "other");
  EXPECT_EQ(desk->get(path(kept, "/work-logs"), agent).at("totals.minutes").as_int64(), 60);
  EXPECT_EQ(desk->get(path(kept, "/family"), agent).at("children.0.ticket").as_int64(), third);
  auto gone = desk->get(path(other), agent);
  EXPECT_EQ(gone.text("phase"), "closed");
  EXPECT_EQ(gone.at("merged_into").as_int64(), kept);
  EXPECT_EQ(said(other, agent, "note", "late").reason(), "ticket_was_merged");

  desk->advance(days(29));
  ASSERT_EQ(undone(kept, merge.id(), agent).status, 200);
  EXPECT_EQ(canonical(), before);
  EXPECT_EQ(undone(kept, merge.id(), agent).reason(), "already_undone");
  EXPECT_EQ(desk->get("/search?q=other&kinds=message", clerk).status, 200);
}

TEST_P(TicketMerges, TKT_6_WhatCameLaterStaysAndTimeRunsOut) {
  auto kept = full(clerk, "kept"), other = full(clerk, "other");
  auto merge = merged(kept, other, agent).id();
  said(kept, agent, "reply", "after the merge", R"("undo_seconds":0)");
  ASSERT_EQ(undone(kept, merge, agent).status, 200);
  EXPECT_EQ(bodies(kept, agent).size(), 4u);
  EXPECT_EQ(bodies(other, agent).size(), 3u);
  merge = merged(kept, other, agent).id();
  desk->advance(days(31));
  EXPECT_EQ(undone(kept, merge, agent).reason(), "too_late");
}

TEST_P(TicketMerges, TKT_6_ChainsAreUndoneFromTheirEnd) {
  auto a = full(clerk, "a"), b = full(clerk, "b"), c = full(clerk, "c"), d = opened(clerk);
  auto before = canonical();
  auto first = merged(b, a, agent).id();
  auto second = merged(c, b, agent).id();
  EXPECT_EQ(bodies(c, agent).size(), 9u);
  EXPECT_EQ(merged(b, c, agent).reason(), "ticket_was_merged");
  EXPECT_EQ(merged(c, a, agent).reason(), "ticket_was_merged");
  EXPECT_EQ(undone(b, first, agent).reason(), "ticket_was_merged");
  EXPECT_EQ(undone(d, second, agent).status, 404) << "it is a merge of c";
  ASSERT_EQ(undone(c, second, agent).status, 200);
  EXPECT_EQ(bodies(b, agent).size(), 6u);
  ASSERT_EQ(undone(b, first, agent).status, 200);
  EXPECT_EQ(canonical(), before);
}

TEST_P(TicketMerges, TKT_6_SilenceIsCountedAgainAfterAnUndo) {
  auto kept = opened(lead), other = opened(lead);
  bring_to_awaiting(other);
  auto merge = merged(kept, other, agent).id();
  desk->advance(hours(1));
  ASSERT_EQ(undone(kept, merge, agent).status, 200);
  EXPECT_EQ(state_of(other), "awaiting_customer");
  for (int day = 0; day < 6; ++day) desk->advance(days(1));
  EXPECT_EQ(state_of(other), "closed");
}

TEST_P(TicketMerges, Z4_RefusalsChangeNothing) {
  auto mine = full(clerk, "mine"), theirs = full(mate, "theirs");
  auto unknown = opened(agent);
  auto before = desk->rows_of({"tickets", "messages", "ticket_merges", "watchers", "events"});
  struct Row {
    std::int64_t kept, other;
    const std::string& who;
    const char* more;
    int status;
  };
  const Row rows[] = {{mine, theirs, north, "", 404},
                      {mine, theirs, north, R"(,"across_customers":true)", 404},
                      {theirs, mine, north, R"(,"across_customers":true)", 404},
                      {mine, theirs, agent, "", 409},
                      {mine, mine, agent, "", 400},
                      {unknown, mine, agent, "", 409},
                      {mine, theirs, nothing_much, R"(,"across_customers":true)", 403},
                      {mine, theirs, lead, R"(,"across_customers":true)", 403}};
  for (const auto& row : rows) {
    auto answer = merged(row.kept, row.other, row.who, row.more);
    EXPECT_EQ(answer.status, row.status) << answer.body;
  }
  EXPECT_EQ(desk->rows_of({"tickets", "messages", "ticket_merges", "watchers", "events"}), before);
}

TEST_P(TicketMerges, Z4_AcrossCustomersNobodySeesTheOthers) {
  auto mine = full(clerk, "mine"), theirs = full(mate, "theirs");
  auto before = canonical();
  auto mine_read = bodies(mine, clerk);
  auto merge = merged(theirs, mine, agent, R"(,"across_customers":true)");
  ASSERT_EQ(merge.status, 201) << merge.body;
  EXPECT_EQ(bodies(mine, clerk), mine_read) << "they still read what was theirs";
  EXPECT_EQ(bodies(theirs, clerk).size(), 0u);
  for (const auto& who : {clerk, lead}) {
    EXPECT_EQ(desk->get(path(theirs), who).status, 404);
    auto page = desk->get(path(mine), who);
    EXPECT_TRUE(page.at("merged_into").is_null());
    auto number = desk->get(path(theirs), agent).text("number");
    for (auto below : {"", "/timeline", "/archive", "/messages", "/links"}) {
      auto answer = desk->get(path(mine, below), who);
      EXPECT_EQ(answer.body.find(number), std::string::npos) << below;
      EXPECT_EQ(answer.body.find("theirs"), std::string::npos) << below;
    }
  }
  for (auto below : {"", "/timeline", "/archive", "/messages", "/evidence"}) {
    EXPECT_EQ(desk->get(path(theirs, below), mate).body.find("mine"), std::string::npos) << below;
  }
  ASSERT_EQ(undone(theirs, merge.id(), agent).status, 200);
  EXPECT_EQ(canonical(), before);
}

TEST_P(TicketMerges, Z4_NotesStayNotes) {
  auto kept = full(clerk, "kept"), other = full(clerk, "other");
  ASSERT_EQ(merged(kept, other, agent).status, 201);
  for (const auto& body : bodies(kept, clerk)) {
    EXPECT_EQ(body.find("note"), std::string::npos) << body;
  }
  EXPECT_EQ(bodies(kept, clerk).size(), 4u);
}

TEST_P(TicketMerges, TKT_6_ASplitTakesItsMessagesAlongAndComesBack) {
  auto ticket = full(clerk, "one");
  auto second = said(ticket, clerk, "reply", "and the scanner is broken too").id();
  auto before = bodies(ticket, agent);
  auto number = desk->get(path(ticket), agent).text("number");
  auto split = desk->post(path(ticket, "/splits"),
                          R"({"subject":"扫描仪","messages":[)" + std::to_string(second) + "]}",
                          agent);
  ASSERT_EQ(split.status, 201) << split.body;
  auto made = split.at("to_ticket").as_int64();
  EXPECT_NE(desk->get(path(made), agent).text("number"), number);
  EXPECT_EQ(desk->get(path(made), clerk).text("subject"), "扫描仪");
  EXPECT_EQ(bodies(made, clerk).size(), 1u);
  EXPECT_EQ(bodies(ticket, agent).size(), before.size() - 1);
  EXPECT_EQ(desk->get(path(made, "/links"), agent).at("items.0.ticket").as_int64(), ticket);
  said(made, agent, "note", "ordered a part");

  auto undo = path(ticket, "/splits/" + std::to_string(split.id()) + "/undo");
  ASSERT_EQ(desk->post(undo, "", agent).status, 200);
  before.push_back("<p>ordered a part</p>");
  EXPECT_EQ(bodies(ticket, agent), before) << "with what was added since";
  EXPECT_EQ(desk->get(path(made), agent).at("merged_into").as_int64(), ticket);
  EXPECT_EQ(desk->post(undo, "", agent).reason(), "already_undone");
}

TEST_P(TicketMerges, Z4_OnlyMessagesOfTheTicketAreSplitOff) {
  auto ticket = full(clerk, "one"), foreign = full(mate, "two");
  std::int64_t message = desk->get(path(foreign, "/messages"), agent).at("items.0.id").as_int64();
  auto body = R"({"subject":"x","messages":[)" + std::to_string(message) + "]}";
  auto before = canonical();
  EXPECT_EQ(desk->post(path(ticket, "/splits"), body, agent).reason(), "not_of_ticket");
  EXPECT_EQ(desk->post(path(ticket, "/splits"), body, north).status, 404);
  EXPECT_EQ(desk->post(path(foreign, "/splits"), body, north).status, 404);
  EXPECT_EQ(desk->post(path(ticket, "/splits"), R"({"subject":"x","messages":[]})", agent).status,
            400);
  EXPECT_EQ(canonical(), before);
}

}  // namespace
}  // namespace baijin::tickets
