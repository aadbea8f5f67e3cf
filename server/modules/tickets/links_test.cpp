// Links, families and incidents (TKT-6): both ends authorised.
#include "modules/tickets/test_desk.h"

namespace baijin::tickets {
namespace {

class TicketLinks : public TicketDesk {
 protected:
  testing::Answer linked(std::int64_t from, std::int64_t to, const std::string& kind,
                         const std::string& who) {
    return desk->post(path(from, "/links"),
                      R"({"to":)" + std::to_string(to) + R"(,"kind":")" + kind + "\"}", who);
  }
  std::size_t links_of(std::int64_t ticket, const std::string& who) {
    return desk->get(path(ticket, "/links"), who).at("items").as_array().size();
  }
};
BAIJIN_ON_BOTH_ENGINES(TicketLinks)

TEST_P(TicketLinks, TKT_6_EachKindIsSeenFromBothEnds) {
  auto a = opened(clerk), b = opened(lead);
  for (auto kind : {"relates", "duplicates", "blocks", "parent", "incident"}) {
    auto answer = linked(a, b, kind, agent);
    ASSERT_EQ(answer.status, 201) << answer.body;
    auto id = std::to_string(answer.id());
    EXPECT_TRUE(desk->get(path(a, "/links"), agent).at("items.0.outgoing").as_bool());
    EXPECT_FALSE(desk->get(path(b, "/links"), agent).at("items.0.outgoing").as_bool());
    EXPECT_EQ(linked(a, b, kind, agent).reason(), "already_linked");
    EXPECT_EQ(desk->del(path(b, "/links/" + id), agent).status, 204);
    EXPECT_EQ(links_of(a, agent), 0u);
  }
}

TEST_P(TicketLinks, TKT_6_NoRingsNoSelfNoSecondParent) {
  auto a = opened(clerk), b = opened(clerk), c = opened(clerk);
  EXPECT_EQ(linked(a, a, "relates", agent).reason(), "same_ticket");
  EXPECT_EQ(linked(a, b, "parent", agent).status, 201);
  EXPECT_EQ(linked(b, c, "parent", agent).status, 201);
  EXPECT_EQ(linked(c, a, "parent", agent).reason(), "would_be_a_ring");
  EXPECT_EQ(linked(a, c, "parent", agent).reason(), "has_a_parent");
  EXPECT_EQ(linked(a, c, "relates", agent).status, 201);
  EXPECT_EQ(linked(c, a, "relates", agent).reason(), "already_linked");
  EXPECT_EQ(linked(a, c, "blocks", agent).status, 201) << "another kind says something else";
  auto family = desk->get(path(b, "/family"), agent);
  EXPECT_EQ(family.at("parent.ticket").as_int64(), a);
  EXPECT_EQ(family.at("children.0.ticket").as_int64(), c);
  EXPECT_EQ(family.at("open").as_int64(), 1);
}

TEST_P(TicketLinks, Z4_BothEndsMustBeSeen) {
  auto mine = opened(clerk), theirs = opened(mate);
  auto before = desk->rows_of({"ticket_links", "tickets", "events"});
  EXPECT_EQ(linked(mine, theirs, "relates", north).status, 404);
  EXPECT_EQ(linked(theirs, mine, "relates", north).status, 404);
  EXPECT_EQ(linked(mine, mine + 999, "relates", north).status, 404);
  EXPECT_EQ(linked(mine, theirs, "relates", clerk).status, 403);
  EXPECT_EQ(desk->rows_of({"ticket_links", "tickets", "events"}), before);

  auto link = linked(mine, theirs, "relates", agent).id();
  EXPECT_EQ(links_of(mine, agent), 1u);
  for (const auto& who : {north, clerk}) EXPECT_EQ(links_of(mine, who), 0u);
  EXPECT_EQ(desk->del(path(mine, "/links/" + std::to_string(link)), north).status, 404);
  EXPECT_EQ(links_of(theirs, agent), 1u);
}

TEST_P(TicketLinks, TKT_6_CustomersSeeLinksAmongTheirOwnTicketsOnly) {
  auto a = opened(clerk), b = opened(clerk), not_theirs = opened(lead);
  linked(a, b, "relates", agent);
  linked(a, not_theirs, "duplicates", agent);
  EXPECT_EQ(links_of(a, clerk), 1u);
  EXPECT_EQ(links_of(a, lead), 2u);
  EXPECT_EQ(desk->get(path(not_theirs, "/links"), clerk).status, 404);
}

TEST_P(TicketLinks, TKT_6_TheTicketsOfAnIncidentAreAnsweredTogether) {
  auto incident = opened(agent), a = opened(clerk), b = opened(mate), closed = opened(lead);
  for (auto child : {a, b, closed}) {
    ASSERT_EQ(linked(incident, child, "incident", agent).status, 201);
  }
  ASSERT_EQ(moved(closed, "cancelled", agent, R"("reason":"not needed")").status, 200);
  auto answer = desk->post(
      path(incident, "/incident-replies"),
      R"({"body":"<p>{{ticket.number}}: 已恢复 {{7*7}}</p>","undo_seconds":0})", agent);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.at("ok").as_array().size(), 2u);
  EXPECT_EQ(answer.at("refused.0.ticket").as_int64(), closed);
  EXPECT_EQ(answer.text("refused.0.reason"), "ticket_is_closed");
  for (auto [child, who] : {std::pair{a, clerk}, {b, mate}}) {
    auto body = desk->get(path(child, "/messages"), who).text("items.1.body");
    auto number = desk->get(path(child), who).text("number");
    EXPECT_EQ(body, "<p>" + number + ": 已恢复 {{7*7}}</p>");
  }
  EXPECT_EQ(desk->get(path(incident, "/messages"), agent).at("items").as_array().size(), 1u);
}

TEST_P(TicketLinks, Z4_AnIncidentIsAnsweredOnlyWhereOneMay) {
  auto incident = opened(agent, R"("customer":)" + std::to_string(county));
  auto a = opened(clerk), b = opened(mate);
  EXPECT_EQ(
      desk->post(path(incident, "/incident-replies"), R"({"body":"<p>x</p>"})", agent).reason(),
      "no_children");
  linked(incident, a, "incident", agent);
  linked(incident, b, "incident", agent);
  auto answer = desk->post(
      path(incident, "/incident-replies"),
      R"({"body":"<p>x</p>","tickets":[)" + std::to_string(a) + "," + std::to_string(b) + "]}",
      north);
  EXPECT_EQ(answer.at("ok").as_array().size(), 1u) << answer.body;
  EXPECT_EQ(answer.text("refused.0.reason"), "not_a_child");
  EXPECT_EQ(desk->get(path(b, "/messages"), agent).at("items").as_array().size(), 1u);
}

}  // namespace
}  // namespace baijin::tickets
