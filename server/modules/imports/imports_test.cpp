#include "modules/imports/imports.h"

#include <unicode/ucnv.h>

#include <sstream>

#include "modules/accounts/accounts.h"
#include "modules/catalogue/catalogue.h"
#include "modules/customers/customers.h"
#include "modules/files/files.h"
#include "modules/imports/line.h"
#include "modules/products/products.h"
#include "modules/search/search.h"
#include "modules/tickets/tickets.h"
#include "testing/desk.h"

namespace baijin::imports {
namespace {

const std::vector<ModuleEntry> modules = {
    {"search", search::install},       {"accounts", accounts::install},
    {"customers", customers::install}, {"products", products::install},
    {"catalogue", catalogue::install}, {"files", files::install},
    {"tickets", tickets::install},     {"imports", install}};

const std::vector<std::string> written = {"tickets",  "messages",          "customers",
                                          "contacts", "contact_customers", "finding_keys",
                                          "events",   "import_lines",      "search_entries"};

constexpr std::string_view csv_file =
    "external_id,number,subject,body,service_type,state,priority,customer,contact_name,"
    "contact_email,contact_phone,assignee,created_at,closed_at,tags\r\n"
    "OLD-1,2024-0001,打印偏移,\"图纸右偏,\r\n约 5 毫米\",fault,closed,P2,青溪机械有限公司,李明,"
    "li@qingxi.example,199 0000 2001,wang,2024-03-05 09:30,2024/3/6 17:00,打印;绘图仪\r\n"
    "OLD-2,,怎么导出,请教批量导出,consultation,,,青溪机械有限公司,李明,,,,2024-03-07T02:00:00Z,,"
    "\r\n"
    "OLD-3,2024-0001,编号重复的,正文,fault,,,白石仪器,,zhao@baishi.example,,,2024-04-01,,\r\n";

class Import : public testing::DeskTest {
 protected:
  testing::Desk& desk() {
    auto& made = open(modules);
    made.change([&](Change& change) {
      accounts::NewUser user;
      user.login.value = "wang";
      user.name.value = "王工";
      user.roles = {Slug{"engineer"}};
      accounts::add_user(change, user, "");
    });
    return made;
  }
  ImportReport run(std::string_view text, ImportOptions options = {}) {
    std::istringstream file{std::string(text)};
    return import_tickets(desk_->hub(), file, options, [](double part) {
      EXPECT_GE(part, 0);
      EXPECT_LE(part, 1);
    });
  }
};
BAIJIN_ON_BOTH_ENGINES(Import)

std::string problems(const ImportReport& report) {
  std::string text;
  for (const auto& problem : report.problems) {
    text += std::to_string(problem.line) + " " + problem.reason + "\n";
  }
  return text;
}

TEST_P(Import, keeps_numbers_people_and_times) {  // PLT-6
  auto& made = desk();
  auto report = run(csv_file);
  EXPECT_EQ(problems(report), "");
  EXPECT_EQ(report.lines, 3);
  EXPECT_EQ(report.imported, 3);
  EXPECT_EQ(report.renumbered, 1);
  EXPECT_EQ(report.customers_added, 2);
  EXPECT_EQ(report.contacts_added, 2);
  auto admin = made.sign_in(made.staff_with_all_rights());
  auto page = made.get("/tickets?number=2024-0001", admin);
  ASSERT_EQ(page.at("items").as_array().size(), 1u) << page.body;
  EXPECT_EQ(page.text("items.0.subject"), "打印偏移");
  EXPECT_EQ(page.text("items.0.state"), "closed");
  EXPECT_EQ(page.text("items.0.priority"), "P2");
  EXPECT_EQ(page.text("items.0.contact_name"), "李明");
  EXPECT_EQ(page.text("items.0.assignee_name"), "王工");
  EXPECT_EQ(page.text("items.0.created_at"), "2024-03-05T01:30:00.000Z");
  auto id = std::to_string(page.at("items.0.id").to_number<std::int64_t>());
  auto ticket = made.get("/tickets/" + id, admin);
  EXPECT_EQ(ticket.text("closed_at"), "2024-03-06T09:00:00.000Z");
  EXPECT_EQ(ticket.at("tags").as_array().size(), 2u);
  auto found = made.get("/search?q=%E7%BA%A6%205%20%E6%AF%AB%E7%B1%B3&kinds=message", admin);
  EXPECT_EQ(found.at("items").as_array().size(), 1u) << found.body;
}

TEST_P(Import, brings_in_nothing_twice) {
  auto& made = desk();
  run(csv_file);
  auto before = made.rows_of({"tickets", "messages", "customers", "contacts", "import_lines"});
  auto again = run(csv_file);
  EXPECT_EQ(again.imported, 0);
  EXPECT_EQ(again.skipped, 3);
  EXPECT_EQ(made.rows_of({"tickets", "messages", "customers", "contacts", "import_lines"}), before);
  ImportOptions other;
  other.source = "another desk";
  EXPECT_EQ(run(csv_file, other).imported, 3);
}

TEST_P(Import, a_dry_run_changes_nothing) {
  auto& made = desk();
  auto before = made.rows_of(written);
  ImportOptions options;
  options.dry_run = true;
  options.batch = 1;
  auto report = run(csv_file, options);
  EXPECT_EQ(problems(report), "");
  EXPECT_EQ(report.imported, 3);
  EXPECT_EQ(report.customers_added, 2);
  EXPECT_EQ(made.rows_of(written), before);
}

TEST_P(Import, reports_bad_lines_and_goes_on) {
  desk();
  auto report = run(
      "subject,service_type,created_at,closed_at,state,assignee,product,priority\n"
      "好的,fault,2024-01-02,,,,,\n"
      ",fault,2024-01-02,,,,,\n"
      "没有类型,,2024-01-02,,,,,\n"
      "错的类型,magic,2024-01-02,,,,,\n"
      "错的状态,fault,2024-01-02,,flying,,,\n"
      "错的时间,fault,yesterday,,,,,\n"
      "未来,fault,2099-01-02,,,,,\n"
      "先关后开,fault,2024-01-02,2023-01-02,,,,\n"
      "开着却关了,fault,2024-01-02,2024-01-03,confirmed,,,\n"
      "没有这人,fault,2024-01-02,,,nobody,,\n"
      "没有产品,fault,2024-01-02,,,,CAD 9000,\n"
      "错的级别,fault,2024-01-02,,,,,P9\n"
      "少一格,fault,2024-01-02\n"
      "\"没关引号\"x,fault,2024-01-02,,,,,\n"
      "也好,fault,2024-01-02,,,,,\n");
  EXPECT_EQ(problems(report),
            "3 subject: required\n"
            "4 service_type: required\n"
            "5 service_type: unknown_service_type\n"
            "6 state: unknown_state\n"
            "7 created_at: not_a_time\n"
            "8 created_at: in_the_future\n"
            "9 closed_at: before_created_at\n"
            "10 closed_at: closed_at_of_open\n"
            "11 assignee: unknown_login\n"
            "12 product: unknown_product\n"
            "13 priority: not_a_choice\n"
            "14 wrong_number_of_cells\n"
            "15 text_after_quote\n");
  EXPECT_EQ(report.lines, 15);
  EXPECT_EQ(report.imported, 2);
  EXPECT_FALSE(report.stopped);
  ImportOptions few;
  few.most_problems = 2;
  few.batch = 1;
  auto stopped = run("subject,service_type,created_at\n,a,b\n,a,b\n,a,b\n,a,b\n", few);
  EXPECT_TRUE(stopped.stopped);
  EXPECT_EQ(stopped.problems.size(), 2u);
}

TEST_P(Import, refuses_files_it_does_not_understand) {
  desk();
  auto refused = [&](std::string_view text) -> std::string {
    try {
      run(text);
    } catch (const Error& error) {
      return error.reason;
    }
    return "";
  };
  EXPECT_EQ(refused(""), "empty_file");
  EXPECT_EQ(refused(" \r\n"), "empty_file");
  EXPECT_EQ(refused("subject,service_type,created_at,password\n"), "unknown_column");
  EXPECT_EQ(refused("subject,service_type\n"), "missing_column");
  EXPECT_EQ(refused("subject,subject,service_type,created_at\n"), "column_twice");
}

TEST_P(Import, reads_json_lines_with_conversations) {
  auto& made = desk();
  auto report = run(
      R"({"external_id":"7","subject":"备份失败","service_type":"fault",)"
      R"("created_at":"2024-05-06 08:00",)"
      R"("customer":"云溪泵业","contact_email":"chen@yunxi.example","tags":["备份"],"messages":[)"
      R"({"from":"customer","at":"2024-05-06 08:01","body":"昨晚没有备份"},)"
      R"({"from":"staff","author":"wang","at":"2024-05-06 09:00","body":"已远程处理"},)"
      R"({"from":"note","author":"wang","body":"磁盘满"}],"state":"closed"})"
      "\n\n{\"subject\":1}\n{broken\n[1]\n"
      R"({"subject":"多余","service_type":"fault","created_at":"2024-05-06","is_admin":true})");
  EXPECT_EQ(problems(report),
            "3 subject: wrong_type, service_type: required, created_at: required\n"
            "4 not_json\n"
            "5 not_an_object\n"
            "6 is_admin: unknown_field\n");
  EXPECT_EQ(report.imported, 1);
  auto admin = made.sign_in(made.staff_with_all_rights());
  auto messages = made.get("/tickets/1/messages", admin);
  ASSERT_EQ(messages.at("items").as_array().size(), 3u) << messages.body;
  EXPECT_EQ(made.get("/tickets/1", admin).text("responded_at"), "2024-05-06T01:00:00.000Z");
}

TEST_P(Import, reads_gb18030) {
  auto& made = desk();
  UErrorCode status = U_ZERO_ERROR;
  std::string text(csv_file.size() * 2, '\0');
  auto size = ucnv_convert("GB18030", "UTF-8", text.data(), static_cast<std::int32_t>(text.size()),
                           csv_file.data(), static_cast<std::int32_t>(csv_file.size()), &status);
  ASSERT_TRUE(U_SUCCESS(status));
  text.resize(static_cast<std::size_t>(size));
  EXPECT_EQ(run(text).imported, 3);
  auto admin = made.sign_in(made.staff_with_all_rights());
  EXPECT_EQ(made.get("/tickets?number=2024-0001", admin).text("items.0.customer_name"),
            "青溪机械有限公司");
}

TEST_P(Import, stops_between_batches_and_keeps_what_is_in) {
  desk();
  std::string text = "external_id,subject,service_type,created_at\n";
  for (int i = 0; i < 50; ++i) text += std::to_string(i) + ",主题,fault,2024-01-02\n";
  std::atomic<bool> stop = false;
  ImportOptions options;
  options.batch = 10;
  options.stop = &stop;
  std::istringstream file(text);
  auto report = import_tickets(desk_->hub(), file, options, [&](double) { stop = true; });
  EXPECT_TRUE(report.stopped);
  EXPECT_EQ(report.imported, 10);
  auto rest = run(text);
  EXPECT_EQ(rest.skipped, 10);
  EXPECT_EQ(rest.imported, 40);
}

TEST(ImportLines, read_times_as_people_write_them) {
  struct Case {
    const char *text, *time;
  };
  constexpr Case cases[] = {{"2024-03-05", "2024-03-04T16:00:00.000Z"},
                            {"2024/3/5 9:05", "2024-03-05T01:05:00.000Z"},
                            {"2024-03-05T09:05:07", "2024-03-05T01:05:07.000Z"},
                            {"2024-03-05T09:05:07Z", "2024-03-05T09:05:07.000Z"},
                            {"2024-02-30", ""},
                            {"2024-13-01", ""},
                            {"2024-03-05 9", ""},
                            {"2024-03-05 24:00", ""},
                            {"5.3.2024", ""},
                            {"", ""}};
  for (const auto& one : cases) {
    auto time = time_in(one.text, "Asia/Shanghai");
    EXPECT_EQ(time ? to_text(*time) : "", one.time) << one.text;
  }
}

}  // namespace
}  // namespace baijin::imports
