// Ready-made replies (TKT-5) and what may stand in double braces (I6).
#include "modules/tickets/canned_replies.h"

#include "base/html.h"
#include "modules/tickets/test_desk.h"

namespace baijin::tickets {
namespace {

using Texts = std::vector<std::string>;

TEST(Templates, I6_OnlyNamesOnTheListMeanAnything) {
  const templates::Values values{{"ticket.number", "2026-1"},
                                 {"ticket.subject", "<b>&\"x\"</b>"},
                                 {"contact.name", "{{agent.name}}"},
                                 {"agent.name", "李伟"}};
  struct Row {
    const char *text, *filled;
    Texts unknown, empty;
  };
  const Row rows[] = {
      {"plain", "plain", {}, {}},
      {"{{ticket.number}}", "2026-1", {}, {}},
      {"{{  ticket.number }}!", "2026-1!", {}, {}},
      {"{{ticket.subject}}", "&lt;b&gt;&amp;&quot;x&quot;&lt;/b&gt;", {}, {}},
      {"{{contact.name}}", "{{agent.name}}", {}, {}},  // no recursion
      {"{{customer.name}}.", ".", {}, {"customer.name"}},
      {"{{7*7}}", "{{7*7}}", {"7*7"}, {}},
      {"${ticket.number} #{1} <%= 1 %> %s%n", "${ticket.number} #{1} <%= 1 %> %s%n", {}, {}},
      {"{{Ticket.Number}}", "{{Ticket.Number}}", {"Ticket.Number"}, {}},
      {"{{ticket.id}}{{user.password_hash}}",
       "{{ticket.id}}{{user.password_hash}}",
       {"ticket.id", "user.password_hash"},
       {}},
      {"{{env.HOME}} {{config}}", "{{env.HOME}} {{config}}", {"env.HOME", "config"}, {}},
      {"{{ticket.number", "{{ticket.number", {}, {}},
      {"{{ {{ticket.number}} }}", "{{ 2026-1 }}", {}, {}},
      {"{{}}", "{{}}", {""}, {}},
      {"{{#each}}{{/each}}", "{{#each}}{{/each}}", {"#each", "/each"}, {}}};
  for (const auto& row : rows) {
    auto filled = templates::fill(row.text, known_variables, values);
    EXPECT_EQ(filled.html, row.filled) << row.text;
    EXPECT_EQ(filled.unknown, row.unknown) << row.text;
    EXPECT_EQ(filled.empty, row.empty) << row.text;
  }
}

TEST(Templates, I6_AMegabyteOfBracesIsText) {
  std::string braces(1'000'000, '{');
  EXPECT_EQ(templates::fill(braces, known_variables, {}).html, braces);
  std::string many;
  for (int i = 0; i < 50'000; ++i) many += "{{x" + std::to_string(i) + "}}";
  auto filled = templates::fill(many, known_variables, {});
  EXPECT_EQ(filled.html, many);
  EXPECT_EQ(filled.unknown.size(), 20u);
}

class CannedReplies : public TicketDesk {
 protected:
  std::int64_t made(const std::string& body, const std::string& more, const std::string& who) {
    auto answer = desk->post("/canned-replies",
                             R"({"name_zh":"问候","body_zh":")" + body + "\"" + more + "}", who);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.status == 201 ? answer.id() : 0;
  }
  testing::Answer preview(std::int64_t reply, std::int64_t ticket, const std::string& who,
                          const std::string& more = {}) {
    return desk->post("/canned-replies/" + std::to_string(reply) + "/previews",
                      R"({"ticket":)" + std::to_string(ticket) + more + "}", who);
  }
  std::size_t offered(const std::string& who) {
    return desk->get("/canned-replies?limit=200", who).at("items").as_array().size();
  }
};
BAIJIN_ON_BOTH_ENGINES(CannedReplies)

TEST_P(CannedReplies, TKT_5_ThePresetsFillWithoutWarnings) {
  auto ticket = opened(clerk);
  auto list = desk->get("/canned-replies?limit=200", agent);
  ASSERT_GE(list.at("items").as_array().size(), 10u) << list.body;
  auto all = list.at("items");
  for (const auto& reply : all.as_array()) {
    for (auto language : {"zh", "en"}) {
      auto filled = preview(reply.at("id").as_int64(), ticket, agent,
                            std::string(R"(,"language":")") + language + "\"");
      ASSERT_EQ(filled.status, 200) << filled.body;
      auto html = filled.text("html");
      EXPECT_EQ(html.find("{{"), html.npos) << html;
      EXPECT_EQ(filled.at("unknown").as_array().size(), 0u) << filled.body;
      EXPECT_EQ(sanitise(html).html, html);
      for (auto word : {"不行", "不知道", "不清楚", "Unfortunately", "cannot help"}) {
        EXPECT_EQ(html.find(word), html.npos) << "conduct: " << word;
      }
    }
  }
}

TEST_P(CannedReplies, I6_WhatCustomersWroteIsEscaped) {
  auto answer = desk->post("/tickets",
                           R"({"service_type":)" + std::to_string(consultation) +
                               R"(,"subject":"<img src=x onerror=alert(1)> {{agent.name}}",)"
                               R"("body":"<p>x</p>"})",
                           clerk);
  ASSERT_EQ(answer.status, 201) << answer.body;
  auto reply = made("<p>{{ticket.subject}} {{contact.name}} {{portal.link}} {{today}} {{7*7}}</p>",
                    "", agent);
  auto filled = preview(reply, answer.id(), agent, R"(,"language":"zh")");
  auto html = filled.text("html");
  EXPECT_NE(html.find("&lt;img src=x onerror=alert(1)&gt; {{agent.name}}"), html.npos) << html;
  EXPECT_NE(html.find("Clerk Chen"), html.npos);
  EXPECT_NE(html.find("http://desk.test/portal/tickets/"), html.npos);
  EXPECT_NE(html.find("2026年11月23日"), html.npos);
  EXPECT_EQ(filled.text("unknown.0"), "7*7");
  EXPECT_EQ(filled.at("unknown").as_array().size(), 1u);
}

TEST_P(CannedReplies, I6_AVariableInAnAddressCannotRunAnything) {
  auto answer = desk->post("/tickets",
                           R"({"service_type":)" + std::to_string(consultation) +
                               R"(,"subject":"javascript:alert`1`","body":"<p>x</p>"})",
                           clerk);
  auto reply = made(R"(<a href=\"{{ticket.subject}}\">go</a>)", "", agent);
  auto html = preview(reply, answer.id(), agent).text("html");
  EXPECT_EQ(html.find("javascript"), html.npos) << html;
}

TEST_P(CannedReplies, Z4_ATicketOneDoesNotSeeFillsNothing) {
  auto ticket = opened(mate);
  auto reply = made("<p>{{ticket.subject}}</p>", "", agent);
  EXPECT_EQ(preview(reply, ticket, agent).status, 200);
  EXPECT_EQ(preview(reply, ticket, north).status, 404);
  EXPECT_EQ(preview(reply, ticket, mate).status, 403);
  EXPECT_EQ(preview(reply + 999, ticket, agent).status, 404);
}

TEST_P(CannedReplies, TKT_5_OwnTeamAndEverybodys) {
  auto before = offered(south);
  std::int64_t team = 0;
  desk->change([&](Change& change) {
    auto id = accounts::make_team(change, {"Hotline"}, {});
    accounts::join_team(change, id, {south_user}, false);
    team = id.value;
  });
  auto own = made("<p>mine</p>", R"(,"personal":true)", north);
  auto teams = made("<p>ours</p>", R"(,"team":)" + std::to_string(team), south);
  EXPECT_EQ(offered(south), before + 1);
  EXPECT_EQ(offered(north), before + 1);
  EXPECT_EQ(desk->get("/canned-replies/" + std::to_string(own), agent).status, 404);
  EXPECT_EQ(desk->get("/canned-replies/" + std::to_string(teams), north).status, 404);
  auto refused = desk->post("/canned-replies", R"({"name_en":"x","body_en":"<p>x</p>"})",
                            nothing_much);
  EXPECT_EQ(refused.status, 403) << "everybody's need a right";
  EXPECT_EQ(
      desk->post("/canned-replies",
                 R"({"name_en":"x","body_en":"<p>x</p>","team":)" + std::to_string(team) + "}",
                 nothing_much)
          .status,
      403);
  EXPECT_EQ(desk->del("/canned-replies/" + std::to_string(own), south).status, 404);
  EXPECT_EQ(desk->del("/canned-replies/" + std::to_string(own), north).status, 204);
  auto changed = desk->patch("/canned-replies/" + std::to_string(teams), R"({"active":false})",
                             south);
  EXPECT_FALSE(changed.at("active").as_bool()) << changed.body;
  EXPECT_EQ(desk->get("/canned-replies", clerk).status, 403);
}

}  // namespace
}  // namespace baijin::tickets
