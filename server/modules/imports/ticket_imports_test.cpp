#include "modules/imports/ticket_imports.h"

#include "modules/catalogue/catalogue.h"
#include "modules/customers/customers.h"
#include "modules/imports/imports.h"
#include "modules/products/products.h"
#include "modules/search/search.h"
#include "modules/tickets/tickets.h"
#include "testing/desk.h"

namespace baijin::imports {
namespace {

using testing::Answer;

class TicketImports : public testing::DeskTest {
 protected:
  void SetUp() override {
    desk = &open({{"search", search::install},
                  {"accounts", accounts::install},
                  {"customers", customers::install},
                  {"products", products::install},
                  {"catalogue", catalogue::install},
                  {"files", files::install},
                  {"tickets", tickets::install},
                  {"imports", install}});
    desk->change([&](Change& change) {
      accounts::NewUser person;
      person.login = {"chief"};
      person.name = {"Chief"};
      person.roles = {{"admin"}};
      chief_user = accounts::add_user(change, person, "");
    });
    chief = desk->sign_in(desk->staff_with_all_rights(Scope::all, chief_user.value));
  }
  Answer sent(const std::string& bytes, bool dry_run = true) {
    auto file = desk->upload("/files?name=old.csv", bytes, chief);
    EXPECT_EQ(file.status, 201) << file.body;
    return desk->post("/ticket-imports",
                      R"({"file":)" + std::to_string(file.id()) + R"(,"dry_run":)" +
                          (dry_run ? "true}" : "false}"),
                      chief);
  }
  static std::string path(const Answer& import) {
    return "/ticket-imports/" + std::to_string(import.id());
  }
  Answer after(const Answer& import) {
    desk->settle();
    return desk->get(path(import), chief);
  }
  static std::int64_t number(const Answer& answer, const char* field) {
    return answer.at(field).to_number<std::int64_t>();
  }
  std::int64_t tickets() {
    return number(desk->get("/tickets?count=true&limit=1", chief), "total");
  }

  testing::Desk* desk = nullptr;
  Id<accounts::User> chief_user;
  std::string chief;
};
BAIJIN_ON_BOTH_ENGINES(TicketImports)

constexpr auto three_good_two_wrong =
    "external_id,number,subject,service_type,created_at,customer,contact_name,messages\r\n"
    "1,2024-0001,打印偏移,fault,2024-03-05 09:30,青溪机械,李明,\r\n"
    "2,2024-0001,怎么导出,consultation,2024-03-06,青溪机械,李明,\r\n"
    "3,,,fault,2024-03-06,青溪机械,,\r\n"
    "4,,时间不对,magic,2024-03-06,白石仪器,,\r\n"
    ",,没有编号,fault,2024-03-07,,,\"[{\"\"from\"\":\"\"staff\"\",\"\"body\"\":\"\"好的\"\"}]"
    "\"\r\n";

TEST_P(TicketImports, PLT6_ShowWhatWouldComeOfThemAndChangeNothing) {
  const std::vector<std::string> written = {"tickets",  "messages",     "customers",
                                            "contacts", "import_lines", "search_entries"};
  auto before = desk->rows_of(written);
  auto begun = sent(three_good_two_wrong);
  ASSERT_EQ(begun.status, 201) << begun.body;
  EXPECT_EQ(begun.text("state"), "trying");
  EXPECT_EQ(number(begun, "lines"), 5);
  auto seen = after(begun);
  EXPECT_EQ(seen.text("state"), "tried") << seen.body;
  EXPECT_EQ(number(seen, "found.good"), 3);
  EXPECT_EQ(number(seen, "found.wrong"), 2);
  EXPECT_EQ(number(seen, "found.renumbered"), 1) << "twice in the file";
  EXPECT_EQ(number(seen, "found.unmarked"), 1);
  EXPECT_EQ(number(seen, "found.problems.0.line"), 4);
  EXPECT_EQ(seen.text("found.problems.0.column"), "subject");
  EXPECT_EQ(seen.text("found.problems.0.reason"), "required");
  EXPECT_EQ(seen.text("found.problems.1.reason"), "unknown_service_type");
  EXPECT_EQ(seen.text("found.samples.0.subject"), "打印偏移");
  EXPECT_EQ(seen.text("found.samples.0.created_at"), "2024-03-05T01:30:00.000Z");
  EXPECT_EQ(seen.at("found.new_customers").as_array().size(), 1u) << "wrong lines add nobody";
  EXPECT_EQ(seen.text("found.new_contacts.0"), "李明 · 青溪机械");
  EXPECT_EQ(desk->rows_of(written), before);
}

TEST_P(TicketImports, PLT6_ComeInOnce) {
  auto begun = sent(three_good_two_wrong);
  after(begun);
  EXPECT_EQ(desk->post(path(begun) + "/start", "", chief).text("state"), "running");
  EXPECT_EQ(desk->post(path(begun) + "/start", "", chief).reason(), "already_started");
  auto done = after(begun);
  EXPECT_EQ(done.text("state"), "done") << done.body;
  EXPECT_EQ(number(done, "found.good"), 3);
  EXPECT_EQ(number(done, "found.wrong"), 2);
  EXPECT_EQ(number(done, "read"), 5);
  EXPECT_EQ(tickets(), 3);
  EXPECT_EQ(desk->events("ticket_import:" + std::to_string(begun.id())).back(), "imports.done");

  auto again = sent(three_good_two_wrong, false);
  EXPECT_EQ(number(again, "same_as"), begun.id()) << "one is told that it is the same file";
  again = after(again);
  EXPECT_EQ(number(again, "found.known"), 2);
  EXPECT_EQ(number(again, "found.good"), 1) << "the one without a name of its own";
  EXPECT_EQ(tickets(), 4);
}

TEST_P(TicketImports, PLT6_ManyLinesComeInManySteps) {
  std::string text;
  for (int i = 0; i < 230; ++i) {
    text += R"({"external_id":")" + std::to_string(i) +
            R"(","subject":"S","service_type":"fault","created_at":"2024-01-02",)"
            R"("customer":"One for all"})"
            "\n";
  }
  auto done = after(sent(text, false));
  EXPECT_EQ(done.text("state"), "done") << done.body;
  EXPECT_EQ(number(done, "found.good"), 230);
  EXPECT_EQ(done.at("found.new_customers").as_array().size(), 1u);
  EXPECT_EQ(done.at("found.samples").as_array().size(), 20u);
  EXPECT_EQ(tickets(), 230);
}

TEST_P(TicketImports, PLT6_FilesNobodyCanReadAreRefusedAtOnce) {
  auto refused = [&](const std::string& bytes) {
    auto answer = sent(bytes);
    EXPECT_EQ(answer.status, 400) << answer.body;
    return answer.reason();
  };
  EXPECT_EQ(refused("\r\n"), "empty_file");
  EXPECT_EQ(refused("subject,service_type,created_at,colour\n"), "unknown_column");
  EXPECT_EQ(refused("subject,created_at\n"), "missing_column");
  std::string lines = "subject,service_type,created_at\n";
  for (int i = 0; i <= most_import_lines; ++i) lines += "a,fault,2024-01-02\n";
  EXPECT_EQ(refused(lines), "too_many_lines");
  EXPECT_EQ(refused(std::string(longest_import_file + 1, 'a')), "too_large");
}

TEST_P(TicketImports, Z8_StopWhenWhoBeganMayNoLonger) {
  auto begun = sent(three_good_two_wrong, false);
  desk->change([&](Change& change) {
    auto user = change.take_unseen(chief_user);
    user.active = false;
    change.save(user);
    change.tell("accounts.user_deactivated", user);
  });
  auto failed = after(begun);
  EXPECT_EQ(failed.text("state"), "failed") << failed.body;
  EXPECT_EQ(failed.text("failure"), "no_longer_allowed");
  EXPECT_EQ(tickets(), 0);
}

}  // namespace
}  // namespace baijin::imports
