// Checklists, work logs and watchers.
#include "modules/tickets/test_desk.h"

namespace baijin::tickets {
namespace {

class DeskWork : public TicketDesk {
 protected:
  std::int64_t item(std::int64_t ticket, const std::string& title) {
    return desk->post(path(ticket, "/checklist"), R"({"title":")" + title + "\"}", agent).id();
  }
  testing::Answer log(std::int64_t ticket, const std::string& fields, const std::string& who) {
    return desk->post(
        path(ticket, "/work-logs"),
        R"({"started_at":"2026-11-23T05:00:00Z",)" +
            std::string(fields.find("kind") == fields.npos ? R"("kind":"phone",)" : "") + fields +
            "}",
        who);
  }
};
BAIJIN_ON_BOTH_ENGINES(DeskWork)

TEST_P(DeskWork, TKT_6_ChecklistsAreOrderedAndTicked) {
  auto ticket = opened(clerk);
  auto a = item(ticket, "backup"), b = item(ticket, "update"), c = item(ticket, "test");
  auto ids = [](std::initializer_list<std::int64_t> list) {
    std::string text = R"({"items":[)";
    for (auto id : list) text += (text.back() == '[' ? "" : ",") + std::to_string(id);
    return text + "]}";
  };
  EXPECT_EQ(desk->put(path(ticket, "/checklist"), ids({c, a}), agent).reason(), "items_differ");
  auto ordered = desk->put(path(ticket, "/checklist"), ids({c, a, b}), agent);
  EXPECT_EQ(ordered.text("items.0.title"), "test") << ordered.body;
  auto one = "/checklist-items/" + std::to_string(a);
  auto ticked = desk->patch(one, R"({"done":true})", agent);
  EXPECT_EQ(ticked.at("done_by").as_int64(), agent_user);
  EXPECT_FALSE(ticked.at("done_at").is_null());
  EXPECT_EQ(desk->get(path(ticket, "/checklist"), agent).text("items.1.done_by_name"), "agent");
  EXPECT_TRUE(desk->patch(one, R"({"done":false})", agent).at("done_by").is_null());
  EXPECT_EQ(desk->patch(one, R"({"position":1})", agent).status, 400) << "mass assignment";
  EXPECT_EQ(desk->del(one, agent).status, 204);
  for (const auto& who : {clerk, lead}) {
    EXPECT_EQ(desk->get(path(ticket, "/checklist"), who).status, 403);
    EXPECT_EQ(desk->patch("/checklist-items/" + std::to_string(b), R"({"done":true})", who).status,
              403);
  }
  EXPECT_EQ(desk->patch("/checklist-items/" + std::to_string(b), R"({"done":true})", south).status,
            404);
}

TEST_P(DeskWork, TKT_5_ADraftIsKeptForItsAuthorAlone) {
  auto draft = path(opened(clerk), "/draft");
  EXPECT_EQ(desk->get(draft, agent).at("version").to_number<int>(), 0);
  EXPECT_EQ(desk->del(draft, agent).status, 204) << "nothing to throw away";
  auto kept = desk->put(draft, R"({"kind":"note","body":"<p>先查许可证</p>"})", agent);
  EXPECT_EQ(kept.status, 200) << kept.body;
  EXPECT_EQ(desk->put(draft, R"({"kind":"reply","body":"<p>您好<script>x</script></p>"})", agent)
                .text("body"),
            "<p>您好</p>");
  EXPECT_EQ(desk->get(draft, agent).text("kind"), "reply");
  EXPECT_EQ(desk->get(draft, clerk).text("body"), "") << "another's draft";
  EXPECT_EQ(desk->get(draft, south).status, 404);
  EXPECT_EQ(desk->put(draft, R"({"kind":"note","body":"x"})", clerk).reason(), "not_for_customers");
  EXPECT_EQ(desk->put(draft, R"({"kind":"reply","body":"x","files":[999]})", agent).status, 404);
  EXPECT_EQ(desk->put(draft, R"({"kind":"reply","body":"x"})", south).status, 404);
  EXPECT_EQ(desk->del(draft, agent).status, 204);
  EXPECT_EQ(desk->get(draft, agent).at("version").to_number<int>(), 0);
}

TEST_P(DeskWork, TKT_7_MinutesHaveLimits) {
  auto ticket = opened(clerk);
  struct Row {
    const char* fields;
    int status;
  };
  const Row rows[] = {{R"("minutes":1)", 201},
                      {R"("minutes":10080)", 201},
                      {R"("minutes":0)", 400},
                      {R"("minutes":10081)", 400},
                      {R"("minutes":-5)", 400},
                      {R"("minutes":1.5)", 400},
                      {R"("minutes":"5")", 400},
                      {R"("minutes":5,"kind":"nap")", 400},
                      {R"("minutes":5,"customer":1)", 400},
                      {R"("minutes":5,"travel_minutes":-1)", 400},
                      {R"("minutes":5,"member":999999)", 400}};
  for (const auto& row : rows) {
    EXPECT_EQ(log(ticket, row.fields, agent).status, row.status) << row.fields;
  }
  EXPECT_EQ(log(ticket, R"("minutes":5)", clerk).status, 403);
  EXPECT_EQ(log(ticket, R"("minutes":5)", south).status, 404);
}

TEST_P(DeskWork, TKT_7_SumsPerTicketCustomerAndPerson) {
  auto here = opened(clerk), there = opened(mate);
  log(here, R"("minutes":30,"kind":"remote","billable":true)", agent);
  log(here, R"("minutes":60,"kind":"onsite","travel_minutes":45)", agent);
  log(there, R"("minutes":90,"kind":"training")", agent);
  log(here, R"("minutes":15,"member":)" + std::to_string(north_user), agent);
  auto sums = [&](const std::string& query, const std::string& who) {
    auto answer = desk->get(query, who);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return boost::json::serialize(answer.at("totals"));
  };
  auto of_county = "/work-logs?customer=" + std::to_string(county);
  EXPECT_EQ(sums(path(here, "/work-logs"), agent),
            R"({"entries":3,"minutes":105,"billable_minutes":30,"travel_minutes":45})");
  EXPECT_EQ(sums(of_county, agent), sums(path(here, "/work-logs"), agent));
  EXPECT_EQ(sums("/work-logs?limit=1", agent),
            R"({"entries":4,"minutes":195,"billable_minutes":30,"travel_minutes":45})");
  EXPECT_EQ(sums("/work-logs?member=" + std::to_string(north_user), agent),
            R"({"entries":1,"minutes":15,"billable_minutes":0,"travel_minutes":0})");
  EXPECT_EQ(sums("/work-logs", north), sums(of_county, agent)) << "what one does not see";
  EXPECT_EQ(sums("/work-logs?from=2026-11-23T05:00:01Z", agent),
            R"({"entries":0,"minutes":0,"billable_minutes":0,"travel_minutes":0})");
  for (auto query : {"/work-logs", "/work-logs?minutes=3"}) {
    EXPECT_GE(desk->get(query, clerk).status, 400);
  }
}

TEST_P(DeskWork, TKT_7_OneChangesOnesOwnEntries) {
  auto ticket = opened(clerk);
  desk->post(path(ticket, "/watchers"), R"({"member":)" + std::to_string(nothing_user) + "}",
             agent);
  auto one = "/work-logs/" + std::to_string(log(ticket, R"("minutes":30)", agent).id());
  auto own = "/work-logs/" + std::to_string(log(ticket, R"("minutes":5)", nothing_much).id());
  EXPECT_EQ(desk->patch(one, R"({"minutes":1})", nothing_much).reason(), "not_the_author");
  EXPECT_EQ(desk->del(one, nothing_much).reason(), "not_the_author");
  EXPECT_EQ(desk->patch(own, R"({"minutes":6})", nothing_much).at("minutes").as_int64(), 6);
  EXPECT_EQ(desk->patch(own, R"({"minutes":0})", nothing_much).status, 400);
  EXPECT_EQ(desk->del(own, agent).status, 204) << "who assigns work also corrects it";
}

TEST_P(DeskWork, WatchersSeeWhatTheyWatch) {
  auto ticket = opened(clerk);
  EXPECT_EQ(desk->get(path(ticket), nothing_much).status, 404);
  auto member = R"({"member":)" + std::to_string(nothing_user) + "}";
  auto watchers = desk->post(path(ticket, "/watchers"), member, agent);
  EXPECT_EQ(watchers.text("items.0.name"), "nothing_much") << watchers.body;
  EXPECT_EQ(desk->post(path(ticket, "/watchers"), member, agent).status, 200) << "once is enough";
  EXPECT_EQ(desk->get(path(ticket), nothing_much).status, 200);
  EXPECT_EQ(desk->get(path(ticket, "/watchers"), clerk).status, 403);
  auto away = path(ticket, "/watchers/" + std::to_string(nothing_user));
  EXPECT_EQ(desk->del(away, agent).status, 204);
  EXPECT_EQ(desk->del(away, agent).status, 404);
  EXPECT_EQ(desk->get(path(ticket), nothing_much).status, 404);
}

}  // namespace
}  // namespace baijin::tickets
