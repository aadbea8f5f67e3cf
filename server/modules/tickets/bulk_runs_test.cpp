// Many tickets at once (PLT-4): each judged by itself, undone within ten minutes.
#include "modules/tickets/test_desk.h"

namespace baijin::tickets {
namespace {

class BulkRuns : public TicketDesk {
 protected:
  testing::Answer run(const std::vector<std::int64_t>& tickets, const std::string& action,
                      const std::string& fields, const std::string& who) {
    std::string list;
    for (auto ticket : tickets) list += (list.empty() ? "" : ",") + std::to_string(ticket);
    return desk->post(
        "/tickets/bulk",
        R"({"tickets":[)" + list + R"(],"action":")" + action + R"(","fields":{)" + fields + "}}",
        who);
  }
  testing::Answer undone(const testing::Answer& started, const std::string& who) {
    return desk->post("/bulk-runs/" + std::to_string(started.id()) + "/undo", "", who);
  }
  testing::Answer again(const testing::Answer& started) {
    return desk->get("/bulk-runs/" + std::to_string(started.id()), agent);
  }
  // Tickets, but for their versions and when they were changed.
  std::string canonical() {
    std::string text = desk->rows_of({"ticket_tags", "watchers"});
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
};
BAIJIN_ON_BOTH_ENGINES(BulkRuns)

TEST_P(BulkRuns, PLT_4_EveryActionIsDoneAndUndone) {
  auto a = opened(clerk), b = opened(mate);
  desk->patch(path(a), R"({"tags":["old","vip"]})", agent);
  struct Row {
    const char* action;
    std::string fields;
    const char* event;
  };
  const Row rows[] = {
      {"assign", R"("assignee":)" + std::to_string(north_user), "tickets.assigned"},
      {"assign", R"("without_assignee":true)", "tickets.assigned"},
      {"add_tag", R"("tag":"vip")", "tickets.changed"},
      {"remove_tag", R"("tag":"vip")", "tickets.changed"},
      {"set_priority", R"("priority":"P1","priority_reason":"the hospital stands still")",
       "tickets.changed"},
      {"transition", R"("to":"cancelled","reason":"entered twice")", "tickets.moved"},
      {"transition", R"("to":"waiting_customer","reason":"we asked")", "tickets.moved"},
      {"watch", R"("assignee":)" + std::to_string(nothing_user), "tickets.watched"}};
  for (const auto& row : rows) {
    auto before = canonical();
    auto done = run({b, a, a}, row.action, row.fields, agent);
    ASSERT_EQ(done.status, 201) << done.body;
    EXPECT_EQ(done.text("state"), "done");
    EXPECT_EQ(done.at("ok").as_int64(), 2) << done.body;
    EXPECT_EQ(done.text("allowed.0"), "undo");
    auto events = desk->events("ticket:" + std::to_string(b));
    if (std::string_view(row.action) != "remove_tag") {
      EXPECT_NE(std::find(events.begin(), events.end(), row.event), events.end()) << row.event;
    }
    auto back = undone(done, agent);
    EXPECT_EQ(back.text("state"), "undone") << back.body;
    EXPECT_EQ(back.at("undone").as_int64(), 2) << back.body;
    EXPECT_EQ(canonical(), before) << row.action;
    EXPECT_EQ(undone(done, agent).reason(), "already_undone");
  }
}

TEST_P(BulkRuns, Z4_EachTicketIsJudgedByItself) {
  auto a = opened(clerk), b = opened(mate), closed = opened(clerk);
  moved(closed, "cancelled", agent, R"("reason":"x")");
  auto done = run({a, b, closed, 999'999}, "assign", R"("assignee":)" + std::to_string(north_user),
                  north);
  EXPECT_EQ(done.at("ok").as_int64(), 1) << done.body;
  EXPECT_EQ(done.at("refused").as_int64(), 3);
  std::map<std::int64_t, std::string> reasons;
  auto all = done.at("results");
  for (const auto& result : all.as_array()) {
    reasons[result.at("ticket").as_int64()] = result.at("reason").as_string();
  }
  EXPECT_EQ(reasons[a], "");
  EXPECT_EQ(reasons[b], "not_found");
  EXPECT_EQ(reasons[closed], "ticket_is_closed");
  EXPECT_EQ(reasons[999'999], "not_found");
  EXPECT_TRUE(desk->get(path(b), agent).at("assignee").is_null());
}

TEST_P(BulkRuns, PLT_4_ARefusedTicketIsLeftAsItWas) {
  auto a = opened(clerk), b = opened(clerk);
  auto before = canonical();
  // The needed diagnosis is recorded before the guards refuse: that goes back as well.
  auto done = run({a, b}, "transition", R"("to":"assigned","fields":{"diagnosis":"x"})", agent);
  EXPECT_EQ(done.at("refused").as_int64(), 2) << done.body;
  EXPECT_EQ(canonical(), before);
  EXPECT_EQ(desk->get(path(a, "/evidence"), agent).at("items").as_array().size(), 0u);
  EXPECT_EQ(done.at("allowed").as_array().size(), 0u) << "there is nothing to undo";
}

TEST_P(BulkRuns, Z6_TheRightOfTheActionIsNeeded) {
  auto ticket = opened(clerk);
  auto few = desk->sign_in(
      desk->staff(Scope::all, {"tickets.read", "tickets.work", "tickets.bulk"}, south_user));
  auto refused = run({ticket}, "assign", R"("assignee":)" + std::to_string(north_user), few);
  EXPECT_EQ(refused.text("results.0.reason"), "missing_right") << refused.body;
  EXPECT_EQ(run({ticket}, "add_tag", R"("tag":"x")", few).at("ok").as_int64(), 1);
  EXPECT_EQ(run({ticket}, "add_tag", R"("tag":"x")", nothing_much).status, 403);
  EXPECT_EQ(run({ticket}, "add_tag", R"("tag":"x")", lead).status, 403);
  auto agents = run({ticket}, "add_tag", R"("tag":"y")", agent);
  EXPECT_EQ(desk->get("/bulk-runs/" + std::to_string(agents.id()), north).status, 404);
  EXPECT_EQ(undone(agents, north).status, 404);
  EXPECT_EQ(undone(agents, few).reason(), "not_the_author");
}

TEST_P(BulkRuns, PLT_4_WhatIsLackingIsSaidAtOnce) {
  auto ticket = opened(clerk);
  struct Row {
    const char *action, *fields;
  };
  const Row rows[] = {{"assign", ""},
                      {"transition", ""},
                      {"add_tag", ""},
                      {"remove_tag", ""},
                      {"set_priority", ""},
                      {"delete", ""},
                      {"add_tag", R"("tag":"")"},
                      {"set_priority", R"("priority":"P9")"},
                      {"assign", R"("assignee":0)"},
                      {"add_tag", R"("state":"closed")"}};
  for (const auto& row : rows) {
    EXPECT_EQ(run({ticket}, row.action, row.fields, agent).status, 400) << row.action;
  }
  EXPECT_EQ(run({}, "watch", "", agent).status, 400);
  EXPECT_EQ(run(std::vector<std::int64_t>(501, ticket), "watch", "", agent).status, 400);
}

TEST_P(BulkRuns, PLT_4_WhatSomebodyChangedSinceStays) {
  auto a = opened(clerk), b = opened(clerk);
  auto done = run({a, b}, "add_tag", R"("tag":"mass")", agent);
  desk->patch(path(a), R"({"subject":"changed since"})", agent);
  said(b, clerk, "reply", "talk does not matter");
  auto back = undone(done, agent);
  EXPECT_EQ(back.at("undone").as_int64(), 1) << back.body;
  EXPECT_EQ(back.at("conflicts").as_int64(), 1);
  EXPECT_EQ(back.text("results.0.reason"), "changed_meanwhile");
  EXPECT_EQ(desk->get(path(a), agent).at("tags").as_array().size(), 1u);
  EXPECT_EQ(desk->get(path(b), agent).at("tags").as_array().size(), 0u);
}

TEST_P(BulkRuns, PLT_4_AfterTenMinutesItStays) {
  auto ticket = opened(clerk);
  auto done = run({ticket}, "add_tag", R"("tag":"mass")", agent);
  desk->advance(minutes(10));
  EXPECT_EQ(again(done).text("allowed.0"), "undo");
  desk->advance(seconds(1));
  EXPECT_EQ(again(done).at("allowed").as_array().size(), 0u);
  EXPECT_EQ(undone(done, agent).reason(), "too_late");
}

// More than fifty go on as a job, with the rights their starter has by then (Z8).
class ManyTickets : public BulkRuns {
 protected:
  std::string real_agent() {
    Actor actor;
    desk->change([&](Change& change) {
      auto role = change.value<std::int64_t>("SELECT r.id FROM roles r WHERE r.key = 'admin'");
      change.execute("INSERT INTO user_roles (member, role) VALUES ($1, $2)", agent_user, *role);
      change.tell_about("tickets.views_ordered", {"user", agent_user}, {});
      actor = accounts::actor_for(change, {agent_user});
    });
    return desk->sign_in(actor);
  }
  std::vector<std::int64_t> sixty() {
    std::vector<std::int64_t> tickets;
    for (int i = 0; i < 60; ++i) tickets.push_back(opened(clerk));
    return tickets;
  }
};
BAIJIN_ON_BOTH_ENGINES(ManyTickets)

TEST_P(ManyTickets, PLT_4_GoOnAsAJobAndComeBack) {
  auto who = real_agent();
  auto tickets = sixty();
  auto before = canonical();
  auto started = run(tickets, "add_tag", R"("tag":"mass")", who);
  EXPECT_EQ(started.text("state"), "running") << started.body;
  EXPECT_EQ(started.at("pending").as_int64(), 60);
  EXPECT_EQ(undone(started, who).reason(), "still_running");
  desk->settle();
  auto done = again(started);
  EXPECT_EQ(done.text("state"), "done");
  EXPECT_EQ(done.at("ok").as_int64(), 60) << done.body;
  auto back = undone(started, who);
  EXPECT_EQ(back.text("state"), "undoing");
  EXPECT_EQ(back.at("undone").as_int64(), 50);
  desk->settle();
  EXPECT_EQ(again(started).at("undone").as_int64(), 60);
  EXPECT_EQ(canonical(), before);
}

TEST_P(ManyTickets, Z8_RightsTakenAwayMeanwhileCount) {
  auto who = real_agent();
  auto tickets = sixty();
  auto before = canonical();
  auto started = run(tickets, "add_tag", R"("tag":"mass")", who);
  desk->change([&](Change& change) {
    change.execute("DELETE FROM user_roles WHERE member = $1", agent_user);
    change.tell_about("tickets.views_ordered", {"user", agent_user}, {});
  });
  desk->settle();
  EXPECT_EQ(again(started).at("refused").as_int64(), 60);
  EXPECT_EQ(canonical(), before);
}

TEST_P(ManyTickets, Z8_ANarrowTokenDoesNotWiden) {
  auto admin = real_agent();
  auto tickets = sixty();
  auto narrow = desk->sign_in(
      desk->staff(Scope::all, {"tickets.read", "tickets.work", "tickets.bulk"}, agent_user));
  auto started = run(tickets, "assign", R"("assignee":)" + std::to_string(north_user), narrow);
  desk->settle();
  EXPECT_EQ(again(started).at("refused").as_int64(), 60);
  EXPECT_EQ(again(started).text("results.0.reason"), "missing_right");
}

}  // namespace
}  // namespace baijin::tickets
