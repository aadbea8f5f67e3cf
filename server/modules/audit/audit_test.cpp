#include "modules/audit/audit.h"

#include <algorithm>

#include "hub/seal.h"
#include "modules/accounts/accounts.h"
#include "modules/search/search.h"
#include "testing/desk.h"

namespace baijin::audit {
namespace {

class Audit : public testing::DeskTest {
 protected:
  testing::Desk& furnish() {
    return open({{"search", search::install}, {"accounts", accounts::install}, {"audit", install}});
  }
  void make_regions(int count) {
    for (int i = 0; i < count; ++i) {
      Name name{"区 " + std::to_string(++regions_)};
      desk_->change([&](Change& change) { accounts::make_region(change, name); });
    }
  }
  std::string auditor(Scope scope = Scope::all) {
    return desk_->sign_in(desk_->staff(scope, {"audit.read", "audit.export", "users.read"}));
  }
  static std::vector<std::int64_t> numbers(const testing::Answer& answer) {
    std::vector<std::int64_t> seqs;
    auto page = answer.json();
    for (const auto& event : page.at("items").as_array())
      seqs.push_back(event.at("seq").as_int64());
    return seqs;
  }
  int regions_ = 0;
};
BAIJIN_ON_BOTH_ENGINES(Audit)

TEST_P(Audit, SEC3_every_event_is_seen_once_both_ways) {
  auto& desk = furnish();
  make_regions(25);
  auto who = auditor();
  std::vector<std::int64_t> down, up;
  std::string target = "/events?limit=7&kind=accounts.region_added";
  for (std::string cursor;;) {
    auto page = desk.get(target + cursor, who);
    ASSERT_EQ(page.status, 200) << page.body;
    for (auto seq : numbers(page)) down.push_back(seq);
    if (page.at("next").is_null()) break;
    cursor = "&cursor=" + page.text("next");
  }
  target = "/events?after=0&limit=7&kind=accounts.region_added";
  for (std::string cursor;;) {
    auto page = desk.get(target + cursor, who);
    ASSERT_EQ(page.status, 200) << page.body;
    for (auto seq : numbers(page)) up.push_back(seq);
    if (page.at("next").is_null()) break;
    cursor = "&cursor=" + page.text("next");
  }
  EXPECT_EQ(down.size(), 25u);
  EXPECT_TRUE(std::is_sorted(down.rbegin(), down.rend()));
  std::reverse(down.begin(), down.end());
  EXPECT_EQ(up, down);
}

TEST_P(Audit, filters) {
  auto& desk = furnish();
  make_regions(3);
  desk.clock().advance(hours(2));
  make_regions(2);
  auto who = auditor();
  auto count = [&](const std::string& query) {
    auto answer = desk.get("/events?" + query, who);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return numbers(answer).size();
  };
  EXPECT_EQ(count("subject=region:2"), 1u);
  EXPECT_EQ(count("subject=region:99"), 0u);
  EXPECT_EQ(count("kind=accounts.region_added&from=2026-11-23T07:00:00Z"), 2u);
  EXPECT_EQ(count("kind=accounts.region_added&to=2026-11-23T07:00:00Z"), 3u);
  EXPECT_EQ(count("kind=accounts.region_added&actor=program"), 5u);
  EXPECT_EQ(count("kind=accounts.region_added&actor=user:1"), 0u);
  EXPECT_EQ(count("after=0&subject=region:2"), 1u);
  for (auto query : {"subject=x", "after=-1", "limit=0", "limit=201", "sort=at", "cursor=x",
                     "count=true", "who=me", "from=yesterday"}) {
    EXPECT_EQ(desk.get(std::string("/events?") + query, who).status, 400) << query;
  }
}

TEST_P(Audit, one_reads_what_one_has_the_right_for) {
  auto& desk = furnish();
  make_regions(1);
  accounts::NewUser input;
  input.login.value = "wang";
  input.name.value = "王";
  desk.change([&](Change& change) {
    auto user = accounts::add_user(change, input, "x");
    accounts::set_password(change, user, "y");
  });
  auto kinds = [&](const std::string& token) {
    std::string all;
    auto page = desk.get("/events?limit=200", token).json();
    for (const auto& event : page.at("items").as_array()) {
      all += std::string(event.at("kind").as_string()) + " ";
    }
    return all;
  };
  auto plain = kinds(desk.sign_in(desk.staff(Scope::all, {"audit.read"})));
  EXPECT_EQ(plain, "");
  auto reader = kinds(auditor());
  EXPECT_NE(reader.find("accounts.user_added"), std::string::npos);
  EXPECT_EQ(reader.find("accounts.password_changed"), std::string::npos);
  auto boss = kinds(
      desk.sign_in(desk.staff(Scope::all, {"audit.read", "users.read", "users.manage"})));
  EXPECT_NE(boss.find("accounts.password_changed"), std::string::npos);
  EXPECT_EQ(desk.get("/events", desk.sign_in(desk.staff(Scope::all, {"users.read"}))).status, 403);
  EXPECT_EQ(desk.get("/audit/export", desk.sign_in(desk.staff(Scope::all, {"audit.read"}))).status,
            403);
  EXPECT_EQ(desk.get("/events").status, 401);
}

// Who does not see every row sees events of rows that are there and his to see.
TEST_P(Audit, rows_that_are_gone_are_left_to_those_who_see_all) {
  auto& desk = furnish();
  make_regions(2);
  desk.change([](Change& change) {
    auto region = change.take(Id<accounts::Region>{2});
    change.remove(region);
    change.tell("accounts.region_removed", region);
  });
  EXPECT_EQ(numbers(desk.get("/events?subject=region:1", auditor(Scope::team))).size(), 1u);
  EXPECT_EQ(numbers(desk.get("/events?subject=region:2", auditor(Scope::team))).size(), 0u);
  EXPECT_EQ(numbers(desk.get("/events?subject=region:2", auditor())).size(), 2u);
}

// SEC-3: what leaves the house is itself an event.
TEST_P(Audit, SEC3_exports_are_told) {
  auto& desk = furnish();
  desk.change([](Change& change) { accounts::make_region(change, {"=cmd|' /C calc'!A0"}); });
  make_regions(2);
  auto who = auditor();
  auto csv = desk.get("/audit/export?kind=accounts.region_added", who);
  ASSERT_EQ(csv.status, 200) << csv.body;
  EXPECT_EQ(csv.header("Content-Disposition"), "attachment; filename=\"events.csv\"");
  EXPECT_EQ(std::count(csv.body.begin(), csv.body.end(), '\n'), 4);
  auto lines = desk.get("/audit/export?format=jsonl&kind=accounts.region_added", who);
  EXPECT_EQ(std::count(lines.body.begin(), lines.body.end(), '\n'), 3);
  EXPECT_EQ(parse_json(lines.body.substr(0, lines.body.find('\n'))).at("subject").as_string(),
            "region:1");
  auto told = desk.events("user:9000");
  EXPECT_EQ(told, (std::vector<std::string>{"audit.exported", "audit.exported"}));
}

// Checklist 56: the log is chained, and says how far.
TEST_P(Audit, checklist_56_the_seal_covers_the_log) {
  auto& desk = furnish();
  make_regions(3);
  auto who = auditor();
  auto before = desk.get("/audit/seal", who);
  EXPECT_GT(before.at("waiting").as_int64() + before.at("events").as_int64(), 0) << before.body;
  seal_events(desk.hub());
  auto after = desk.get("/audit/seal", who);
  EXPECT_EQ(after.at("waiting").as_int64(), 0) << after.body;
  EXPECT_GE(after.at("events").as_int64(), 3);
  EXPECT_NE(after.text("hash"), "");
}

}  // namespace
}  // namespace baijin::audit
