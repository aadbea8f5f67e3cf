#include "modules/customers/imports.h"

#include "modules/accounts/accounts.h"
#include "modules/files/files.h"
#include "modules/search/search.h"
#include "testing/desk.h"

namespace baijin::customers {
namespace {

using testing::Answer;

class Imports : public testing::DeskTest {
 protected:
  void SetUp() override {
    desk = &open({{"search", search::install},
                  {"accounts", accounts::install},
                  {"files", files::install},
                  {"customers", customers::install}});
    desk->change([&](Change& change) {
      accounts::NewUser person;
      person.login = {"chief"};
      person.name = {"Chief"};
      person.roles = {{"admin"}};
      chief_user = accounts::add_user(change, person, "");
      accounts::make_region(change, {"华东"});
    });
    chief = desk->sign_in(desk->staff_with_all_rights(Scope::all, chief_user.value));
  }
  Answer looked_at(const std::string& bytes, const std::string& more = R"(,"dry_run":true)",
                   const std::string& kind = "customers") {
    auto file = desk->upload("/files?name=list.csv", bytes, chief);
    EXPECT_EQ(file.status, 201) << file.body;
    return desk->post(
        "/customer-imports",
        R"({"kind":")" + kind + R"(","file":)" + std::to_string(file.id()) + more + "}", chief);
  }
  Answer again(const Answer& import) {
    return desk->get("/customer-imports/" + std::to_string(import.id()), chief);
  }
  std::int64_t number(const Answer& answer, const char* field) {
    return answer.at(field).to_number<std::int64_t>();
  }
  std::size_t listed(const std::string& target) {
    return desk->get(target, chief).at("items").as_array().size();
  }

  testing::Desk* desk = nullptr;
  Id<accounts::User> chief_user;
  std::string chief;
};
BAIJIN_ON_BOTH_ENGINES(Imports)

TEST_P(Imports, CUS4_ShowWhatIsWrongBeforeAnythingComesIn) {
  desk->post("/customers", R"({"name":"永安县医院"})", chief);
  auto seen = looked_at(
      "客户名称,区域,电话,邮箱域名\r\n"
      "海港集团,华东,0591-87654321,harbour.example\r\n"
      ",华东,,\r\n"
      "山城公司,火星,abc,not a domain\r\n"
      "永安县医院（有限公司）,,,\r\n"
      "海港集团,,,\r\n"
      "短行\r\n");
  ASSERT_EQ(seen.status, 201) << seen.body;
  EXPECT_EQ(seen.text("state"), "checked");
  EXPECT_EQ(number(seen, "found.lines"), 6);
  EXPECT_EQ(number(seen, "found.good"), 3);
  EXPECT_EQ(number(seen, "found.wrong"), 3);
  EXPECT_EQ(number(seen, "found.known"), 2);
  std::string problems;
  const auto list = seen.at("found.problems").as_array();
  for (const auto& one : list) {
    problems += std::to_string(one.at("line").to_number<int>()) + " " +
                std::string(one.at("column").as_string()) + " " +
                std::string(one.at("reason").as_string()) + "; ";
  }
  EXPECT_EQ(problems,
            "3 name required; 4 region unknown_region; 4 phone not_a_phone; 7  "
            "wrong_number_of_cells; ");
  EXPECT_EQ(seen.text("found.duplicates.0.by.0"), "name");
  EXPECT_EQ(seen.text("found.duplicates.1.known"), "line:2");
  EXPECT_EQ(listed("/customers"), 1u) << "only looked at";

  auto path = "/customer-imports/" + std::to_string(seen.id());
  EXPECT_EQ(desk->post(path + "/start", "", chief).text("state"), "running");
  EXPECT_EQ(desk->post(path + "/start", "", chief).reason(), "already_started");
  desk->settle();
  auto done = again(seen);
  EXPECT_EQ(done.text("state"), "done") << done.body;
  EXPECT_EQ(number(done, "added"), 1);
  EXPECT_EQ(number(done, "skipped"), 2);
  EXPECT_EQ(number(done, "read"), 6);
  EXPECT_EQ(listed("/customers"), 2u);
  auto made = desk->get("/customers?q=%E6%B5%B7%E6%B8%AF", chief);
  EXPECT_EQ(made.text("items.0.phone"), "0591-87654321");
  EXPECT_FALSE(made.at("items.0.region").is_null());
  EXPECT_EQ(desk->events("customer_import:" + std::to_string(seen.id())).back(),
            "customers.import_done");
}

TEST_P(Imports, CUS4_PeopleComeWithTheirOrganisations) {
  desk->post("/customers", R"({"name":"永安县医院"})", chief);
  const std::string people =
      "name,mobile,email,customer,lead,title\n"
      "李伟,13800138000,wei@example.cn,永安县医院,是,主任\n"
      "王芳,13900139000,,没有的单位,,\n"
      "赵敏,13800138000,,永安县医院,,\n"
      "无名,,not-an-address,永安县医院,,\n";
  auto done = looked_at(people, "", "contacts");
  ASSERT_EQ(done.status, 201) << done.body;
  desk->settle();
  done = again(done);
  EXPECT_EQ(done.text("state"), "done");
  EXPECT_EQ(number(done, "added"), 1) << done.body;
  EXPECT_EQ(number(done, "skipped"), 1) << "two with one number";
  EXPECT_EQ(number(done, "found.known"), 1);
  EXPECT_EQ(number(done, "found.wrong"), 2);
  auto person = desk->get("/contacts?q=lw", chief);
  EXPECT_TRUE(person.at("items.0.customers.0.lead").as_bool());
  // A second time everybody is known; unless one wants them twice.
  auto second = looked_at(people, "", "contacts");
  desk->settle();
  EXPECT_EQ(number(again(second), "skipped"), 2);
  EXPECT_EQ(number(again(second), "added"), 0);
  auto twice = looked_at(people, R"(,"on_duplicate":"add")", "contacts");
  desk->settle();
  EXPECT_EQ(number(again(twice), "added"), 2);
}

TEST_P(Imports, RefuseFilesTheyCannotRead) {
  EXPECT_EQ(looked_at("name,shoe size\nA,42\n").reason(), "unknown_column");
  EXPECT_EQ(looked_at("phone\n1\n").reason(), "missing_column");
  EXPECT_EQ(looked_at("name,客户名称\nA,B\n").reason(), "column_twice");
  EXPECT_EQ(looked_at("\r\n").reason(), "empty_file");
  std::string many = "name\n";
  for (int i = 0; i < 5'001; ++i) many += "A\n";
  EXPECT_EQ(looked_at(many).reason(), "too_many_lines");
  EXPECT_EQ(looked_at("name\n" + std::string(5 << 20, 'x')).reason(), "too_large");
  // GB18030, as spreadsheets in China write it: 客户名称 / 海港
  auto old = looked_at("\xBF\xCD\xBB\xA7\xC3\xFB\xB3\xC6\n\xBA\xA3\xB8\xDB\n", "");
  ASSERT_EQ(old.status, 201) << old.body;
  desk->settle();
  EXPECT_EQ(desk->get("/customers", chief).text("items.0.name"), "海港");
}

TEST_P(Imports, GoOnLineByLineAndWithTheRightsOfToday) {
  std::string many = "name\n";
  for (int i = 0; i < 250; ++i) many += "Customer " + std::to_string(i) + "\n";
  auto import = looked_at(many, "");
  desk->settle();
  EXPECT_EQ(number(again(import), "added"), 250);
  // Z8: who may no longer do it does it no longer.
  auto late = looked_at("name\nToo late\n", "");
  desk->change([&](Change& change) {
    auto user = change.take_unseen(chief_user);
    user.active = false;
    change.save(user);
    change.tell("accounts.user_deactivated", user);
  });
  desk->settle();
  EXPECT_EQ(again(late).text("state"), "failed");
  EXPECT_EQ(again(late).text("failure"), "no_longer_allowed");
}

TEST_P(Imports, I3_WhatIsExportedIsNoFormulaAndComesInAgain) {
  desk->post("/customers", R"({"name":"=1+1","phone":"+86 138 0013 8000","notes":"a \"b\", c"})",
             chief);
  desk->post("/contacts", R"({"name":"@Wei","customers":[{"customer":1,"lead":true}]})", chief);
  auto file = desk->get("/customers/export", chief);
  ASSERT_EQ(file.status, 200) << file.body;
  EXPECT_EQ(file.header("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_EQ(file.header("Cache-Control"), "no-store");
  EXPECT_NE(file.body.find("\"'=1+1\""), std::string::npos) << file.body;
  EXPECT_NE(file.body.find("\"'+86 138 0013 8000\""), std::string::npos);
  EXPECT_EQ(desk->events().back(), "customers.exported");
  auto seen = looked_at(file.body, R"(,"on_duplicate":"add")");
  ASSERT_EQ(seen.status, 201) << seen.body;
  desk->settle();
  auto twice = desk->get("/customers", chief);
  ASSERT_EQ(twice.at("items").as_array().size(), 2u);
  for (auto field : {"name", "phone"}) {
    EXPECT_EQ(twice.text(std::string("items.0.") + field),
              twice.text(std::string("items.1.") + field));
  }
  auto people = desk->get("/contacts/export", chief);
  EXPECT_NE(people.body.find("\"'@Wei\""), std::string::npos) << people.body;
  EXPECT_EQ(desk->events().back(), "contacts.exported");
  auto few = desk->sign_in(desk->staff(Scope::all, {"customers.read"}, chief_user.value));
  EXPECT_EQ(desk->get("/customers/export", few).reason(), "missing_right");
  EXPECT_EQ(desk->get("/customers/export?q=nobody", chief).body.find("1+1"), std::string::npos);
}

}  // namespace
}  // namespace baijin::customers
