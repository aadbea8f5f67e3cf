// Saved views (PLT-4): the list's own questions, kept.
#include "modules/tickets/views.h"

#include "modules/tickets/test_desk.h"

namespace baijin::tickets {
namespace {

TEST(Views, RelativeTimes) {
  const auto now = *parse_time("2026-11-23T06:00:00Z"), today = *parse_time("2026-11-22T16:00:00Z");
  struct Row {
    const char* text;
    std::optional<Time> time;
  };
  const Row rows[] = {{"today", today},
                      {"-7d", now - days(7)},
                      {"+12h", now + hours(12)},
                      {"-0h", now},
                      {"7d", {}},
                      {"-d", {}},
                      {"-99999d", {}},
                      {"-1x", {}},
                      {"", {}},
                      {"2026-11-23T06:00:00Z", {}},
                      {"--1d", {}},
                      {"yesterday", {}}};
  for (const auto& row : rows) EXPECT_EQ(relative_time(row.text, now, today), row.time) << row.text;
}

class SavedViews : public TicketDesk {
 protected:
  testing::Answer saved(const std::string& fields, const std::string& who) {
    return desk->post("/views", R"({"name_zh":"一个",)" + fields + "}", who);
  }
  std::map<std::string, std::int64_t> counts(const std::string& who) {
    std::map<std::string, std::int64_t> found;
    auto answer = desk->get("/views?counts=true", who);
    EXPECT_EQ(answer.status, 200) << answer.body;
    auto all = answer.at("items");
    for (const auto& view : all.as_array()) {
      found[std::string(view.at("name_en").as_string())] = view.at("count").as_int64();
    }
    return found;
  }
};
BAIJIN_ON_BOTH_ENGINES(SavedViews)

TEST_P(SavedViews, PLT_4_TheSystemViewsCountWhatOneSees) {
  auto a = opened(clerk);
  opened(mate);
  desk->post(path(a, "/assignments"), R"({"assignee":)" + std::to_string(agent_user) + "}", agent);
  auto agents = counts(agent), norths = counts(north);
  EXPECT_EQ(agents["Mine"], 1);
  EXPECT_EQ(agents["Unassigned"], 1);
  EXPECT_EQ(agents["New today"], 2);
  EXPECT_EQ(agents["Waiting for customer"], 0);
  EXPECT_EQ(norths["Mine"], 0);
  EXPECT_EQ(norths["Unassigned"], 0) << "the harbour's is not the north's";
  EXPECT_EQ(norths["New today"], 1);
  desk->advance(days(1));
  EXPECT_EQ(counts(agent)["New today"], 0);
}

TEST_P(SavedViews, PLT_4_SystemViewsStay) {
  auto first = desk->get("/views", agent).at("items.0.id").as_int64();
  auto one = "/views/" + std::to_string(first);
  EXPECT_EQ(desk->del(one, agent).reason(), "system_view");
  EXPECT_EQ(desk->patch(one, R"({"name_zh":"x"})", agent).reason(), "system_view");
  EXPECT_EQ(desk->get(one, agent).at("allowed").as_array().size(), 0u);
  EXPECT_EQ(saved(R"("filter":{},"sharing":"system")", agent).status, 400);
}

TEST_P(SavedViews, Z5_I1_OnlyWhatTheListKnows) {
  const char* const refused[] = {R"("filter":{"password_hash":"a"})",
                                 R"("filter":{"customer.password_hash":"a"})",
                                 R"("filter":{"paging":{"limit":5}})",
                                 R"("filter":{"limit":5})",
                                 R"("filter":{"state":"x' OR 1=1 --"})",
                                 R"("filter":{"state":["open"]})",
                                 R"("filter":{"open":"true"})",
                                 R"("filter":{"customer":0})",
                                 R"("filter":{"customer":1e999})",
                                 R"("filter":{"assignee":"me OR 1=1"})",
                                 R"("filter":{"created_from":"yesterday"})",
                                 R"("filter":{"priority":"P9"})",
                                 R"("filter":[],"sort":"created_at")",
                                 R"("filter":{},"sort":"password_hash")",
                                 R"("filter":{},"sort":"created_at; DROP TABLE tickets")",
                                 R"("filter":{},"columns":["number","password_hash"])",
                                 R"("filter":{},"columns":["number;--"])",
                                 R"("filter":{},"owner":1)",
                                 R"("filter":{},"key":"mine")"};
  auto before = desk->rows_of({"saved_views"});
  for (auto fields : refused) {
    auto answer = saved(fields, agent);
    EXPECT_EQ(answer.status, 400) << fields << answer.body;
  }
  EXPECT_EQ(desk->rows_of({"saved_views"}), before);
  auto made = saved(R"("filter":{"open":true,"tag":"a","created_from":"-7d","assignee":"me"},)"
                    R"("columns":["number","subject"],"sort":"-updated_at")",
                    agent);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.text("filter.created_from"), "-7d");
  EXPECT_EQ(made.text("query.created_from"), "2026-11-16T06:00:00.000Z");
  EXPECT_EQ(made.at("filter").as_object().size(), 4u);
}

TEST_P(SavedViews, PLT_4_OwnTeamAndEverybodys) {
  std::int64_t team = 0;
  desk->change([&](Change& change) {
    auto id = accounts::make_team(change, {"Hotline"}, {});
    accounts::join_team(change, id, {south_user}, false);
    team = id.value;
  });
  auto system = counts(north).size();
  auto own = saved(R"("name_en":"own","filter":{})", north).id();
  auto teams = saved(R"("name_en":"team","filter":{},"sharing":"team","team":)" +
                         std::to_string(team),
                     south)
                   .id();
  EXPECT_EQ(saved(R"("filter":{},"sharing":"everyone")", nothing_much).status, 403);
  EXPECT_EQ(
      saved(R"("filter":{},"sharing":"team","team":)" + std::to_string(team), nothing_much).status,
      403);
  EXPECT_EQ(saved(R"("filter":{},"sharing":"team")", south).status, 400);
  ASSERT_EQ(saved(R"("name_en":"all","filter":{},"sharing":"everyone")", agent).status, 201);
  EXPECT_EQ(counts(north).size(), system + 2);
  EXPECT_EQ(counts(south).size(), system + 2);
  EXPECT_EQ(counts(nothing_much).size(), system + 1);
  for (const auto& who : {agent, south}) {
    EXPECT_EQ(desk->get("/views/" + std::to_string(own), who).status, 404);
    EXPECT_EQ(desk->del("/views/" + std::to_string(own), who).status, 404);
  }
  EXPECT_EQ(desk->get("/views/" + std::to_string(teams), north).status, 404);
  EXPECT_EQ(desk->patch("/views/" + std::to_string(teams), R"({"name_en":"ours"})", south)
                .text("name_en"),
            "ours");
  EXPECT_EQ(desk->del("/views/" + std::to_string(own), north).status, 204);
  EXPECT_EQ(desk->get("/views", clerk).status, 403);
}

TEST_P(SavedViews, PLT_4_EverybodyHasTheirOwnOrder) {
  auto first = desk->get("/views", agent).at("items.0.id").as_int64();
  auto last = saved(R"("name_en":"own","filter":{})", agent).id();
  auto order = R"({"views":[)" + std::to_string(last) + "," + std::to_string(first) + "]}";
  auto ordered = desk->put("/views/order", order, agent);
  ASSERT_EQ(ordered.status, 200) << ordered.body;
  EXPECT_EQ(ordered.at("items.0.id").as_int64(), last);
  EXPECT_EQ(ordered.at("items.1.id").as_int64(), first);
  EXPECT_EQ(desk->get("/views", north).at("items.0.id").as_int64(), first);
  EXPECT_EQ(desk->put("/views/order", order, north).status, 404) << "not the north's view";
  auto twice = R"({"views":[)" + std::to_string(first) + "," + std::to_string(first) + "]}";
  EXPECT_EQ(desk->put("/views/order", twice, agent).status, 400);
  EXPECT_EQ(desk->del("/views/" + std::to_string(last), agent).status, 204);
}

}  // namespace
}  // namespace baijin::tickets
