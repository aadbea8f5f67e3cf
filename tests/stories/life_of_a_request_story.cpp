// The promise: through the API a request comes in for a real customer, gets its number, is
// classified, confirmed, assigned, diagnosed, solved, verified, offered to the customer, closed,
// and can be read as one timeline. TKT-1 … TKT-5, TKT-8 … TKT-10, TKT-12.
#include <regex>

#include "cast.h"

namespace baijin::stories {
namespace {

class Life {
 public:
  Life() : admin_(desk_.admin()) {
    auto region = made(admin_.post("/regions", {{"name", "华东"}}));
    hospital_ = add_customer(admin_, "华东第一医院", region);
    auto contact = add_contact(admin_, "李主任", hospital_, {{"mobile", "13800138000"}});
    auto team = made(admin_.post("/teams", {{"name", "华东一组"}, {"region", region}}));
    dispatcher = person(admin_, {"wang.fang", "王芳", {"dispatcher"}, {region}});
    engineer = person(admin_, {"zhang.wei", "张伟", {"engineer"}, {region}}, &engineer_id);
    admin_.put("/teams/" + std::to_string(team) + "/members",
               {{"members", boost::json::array{{{"user", engineer_id}, {"lead", true}}}}});
    customer = person(admin_, {"li", "李主任", {"contact"}, {}, contact});
    auto other = add_contact(admin_, "赵工", add_customer(admin_, "西部水务"));
    stranger = person(admin_, {"zhao", "赵工", {"contact"}, {}, other});
  }

  Answer move(Browser& who, const boost::json::object& how) {
    return who.post(path("/transitions"), how);
  }
  std::string path(const std::string& below = "") const {
    return "/tickets/" + std::to_string(ticket) + below;
  }
  void evidence(const boost::json::object& what) { made(engineer.post(path("/evidence"), what)); }

  std::int64_t ticket = 0, engineer_id = 0;

 private:
  RunningDesk desk_;
  Browser admin_;
  std::int64_t hospital_ = 0;

 public:
  Browser dispatcher{""}, engineer{""}, customer{""}, stranger{""};
};

// The customer asks in the portal; the desk gives a number and knows whose it is.
void comes_in(Life& life) {
  auto type = service_type(life.customer, "fault");
  auto answer = life.customer.post(
      "/tickets",
      {{"service_type", type}, {"subject", "报表打不开"}, {"body", "<p>今天早上开始打不开。</p>"}});
  ASSERT_EQ(answer.status, 201) << answer.body;
  life.ticket = answer.id();
  EXPECT_TRUE(std::regex_match(answer.text("number"), std::regex("20[0-9]{2}-[0-9]{4}-[0-9]{4}")));
  EXPECT_EQ(answer.text("state"), "received");
  EXPECT_EQ(answer.text("channel"), "portal");
  auto seen = life.dispatcher.get(life.path());
  ASSERT_EQ(seen.status, 200) << seen.body;
  EXPECT_EQ(seen.text("names.customer"), "华东第一医院");
  EXPECT_EQ(seen.text("names.contact"), "李主任");
  EXPECT_EQ(life.stranger.get(life.path()).status, 404);
}

void is_classified_and_confirmed(Life& life) {
  auto version = life.dispatcher.get(life.path()).header("ETag");
  auto patched = life.dispatcher.patch(life.path(), {{"severity", "S1"}, {"impact", "I1"}},
                                       {{"If-Match", version}});
  ASSERT_EQ(patched.status, 200) << patched.body;
  EXPECT_EQ(patched.text("priority"), "P1");
  auto too_early = life.move(life.dispatcher, {{"to", "confirmed"}});
  EXPECT_EQ(too_early.status, 409);
  EXPECT_EQ(too_early.reason(), "content_not_confirmed");
  made(life.dispatcher.post(
      life.path("/messages"),
      {{"kind", "reply"}, {"body", "<p>收到，今天处理。</p>"}, {"undo_seconds", 0}}));
  made(life.dispatcher.post(life.path("/messages"),
                            {{"kind", "note"}, {"body", "<p>内部：他们很着急。</p>"}}));
  auto confirmed = life.move(life.dispatcher, {{"to", "confirmed"}});
  EXPECT_EQ(confirmed.status, 200) << confirmed.body;
}

void is_assigned_and_diagnosed(Life& life) {
  EXPECT_NE(life.move(life.dispatcher, {{"to", "assigned"}}).status, 200) << "nobody was named";
  EXPECT_EQ(life.engineer.get(life.path()).status, 404) << "it is not his yet";
  auto assigned = life.move(life.dispatcher,
                            {{"to", "assigned"}, {"fields", {{"assignee", life.engineer_id}}}});
  ASSERT_EQ(assigned.status, 200) << assigned.body;
  EXPECT_EQ(life.move(life.engineer, {{"to", "responded"}}).status, 200);
  EXPECT_EQ(life.move(life.engineer, {{"to", "diagnosing"}}).status, 200);
}

// TKT-8: the customer's system is not changed before its originals and a backup are recorded.
void is_recorded_before_it_is_changed(Life& life) {
  boost::json::object resolve{{"to", "resolving"}, {"fields", {{"diagnosis", "索引损坏"}}}};
  auto refused = life.move(life.engineer, resolve);
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.reason(), "original_missing");
  life.evidence({{"kind", "original_configuration"}, {"body", "report.cache=on"}});
  EXPECT_EQ(life.move(life.engineer, resolve).reason(), "backup_missing");
  life.evidence({{"kind", "backup"}, {"body", "已备份到 /backup/2026-11-23"}});
  auto resolving = life.move(life.engineer, resolve);
  EXPECT_EQ(resolving.status, 200) << resolving.body;
}

// TKT-9: nothing is offered to the customer without a test that passed.
void is_tested_and_offered(Life& life) {
  auto verifying = life.move(life.engineer,
                             {{"to", "verifying"}, {"fields", {{"solution", "重建索引"}}}});
  ASSERT_EQ(verifying.status, 200) << verifying.body;
  boost::json::object offer{{"to", "awaiting_customer"}};
  EXPECT_EQ(life.move(life.engineer, offer).reason(), "test_missing");
  life.evidence({{"kind", "test"}, {"body", "打开仍慢"}, {"passed", false}});
  EXPECT_EQ(life.move(life.engineer, offer).reason(), "test_failed");
  life.evidence({{"kind", "test"}, {"body", "打开 0.4 秒"}, {"passed", true}});
  auto offered = life.move(life.engineer, offer);
  ASSERT_EQ(offered.status, 200) << offered.body;
  EXPECT_EQ(life.customer.get(life.path()).text("phase"), "solved");
}

// TKT-10: only the customer's own word, with cookie and CSRF token.
void is_confirmed_by_the_customer(Life& life) {
  boost::json::object word{{"solved", true}, {"comment", "很好，谢谢"}, {"rating", 5}};
  EXPECT_EQ(life.stranger.post(life.path("/confirmations"), word).status, 404);
  auto forged = life.customer;
  forged.csrf = "x";
  auto refused = forged.post(life.path("/confirmations"), word);
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.reason(), "csrf");
  auto confirmed = life.customer.post(life.path("/confirmations"), word);
  ASSERT_EQ(confirmed.status, 200) << confirmed.body;
  EXPECT_EQ(confirmed.text("phase"), "closed");
  EXPECT_EQ(confirmed.number("rating"), 5);
}

// TKT-12: one story for the desk, another for the customer: nothing internal is in it.
void is_read_as_one_timeline(Life& life) {
  auto whole = life.engineer.get(life.path("/timeline"));
  ASSERT_EQ(whole.status, 200) << whole.body;
  for (auto part : {"tickets.opened", "tickets.moved", "tickets.closed", "original_configuration",
                    "backup", "diagnosis", "solution", "\"test\"", "内部：他们很着急",
                    "今天早上开始打不开", "重建索引"}) {
    EXPECT_NE(whole.body.find(part), std::string::npos) << part;
  }
  auto theirs = life.customer.get(life.path("/timeline"));
  ASSERT_EQ(theirs.status, 200);
  for (auto part : {"今天早上开始打不开", "收到，今天处理", "重建索引", "tickets.closed"}) {
    EXPECT_NE(theirs.body.find(part), std::string::npos) << part;
  }
  for (auto part : {"他们很着急", "report.cache=on", "/backup/2026-11-23", "索引损坏"}) {
    EXPECT_EQ(theirs.body.find(part), std::string::npos) << part;
  }
}

void is_exported_as_its_archive(Life& life) {
  auto archive = life.engineer.get(life.path("/archive"));
  ASSERT_EQ(archive.status, 200) << archive.body;
  EXPECT_EQ(archive.text("format"), "baijin-ticket-1");
  EXPECT_EQ(archive.text("ticket.phase"), "closed");
  const auto items = archive.at("timeline.items").as_array();
  ASSERT_GT(items.size(), 10u);
  for (std::size_t i = 1; i < items.size(); ++i) {
    EXPECT_LE(items[i - 1].at("at").as_string(), items[i].at("at").as_string()) << i;
  }
}

TEST(LifeOfARequest, TKT_1_3_4_8_9_10_12_from_the_first_word_to_the_archive) {
  Life life;
  for (auto chapter :
       {comes_in, is_classified_and_confirmed, is_assigned_and_diagnosed,
        is_recorded_before_it_is_changed, is_tested_and_offered, is_confirmed_by_the_customer,
        is_read_as_one_timeline, is_exported_as_its_archive}) {
    chapter(life);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace baijin::stories
