#include "main/demo/demo.h"

#include <set>

#include "main/demo/dialogue.h"
#include "main/demo/hours.h"
#include "main/demo/ways.h"
#include "modules/accounts/accounts.h"
#include "modules/catalogue/catalogue.h"
#include "modules/customers/customers.h"
#include "modules/files/files.h"
#include "modules/organisation/organisation.h"
#include "modules/products/products.h"
#include "modules/search/search.h"
#include "modules/tickets/tickets.h"
#include "testing/desk.h"

namespace baijin::demo {
namespace {

const std::vector<ModuleEntry> modules = {{"search", search::install},
                                          {"accounts", accounts::install},
                                          {"customers", customers::install},
                                          {"products", products::install},
                                          {"catalogue", catalogue::install},
                                          {"files", files::install},
                                          {"organisation", organisation::install},
                                          {"tickets", tickets::install}};

std::int64_t count(testing::Desk& desk, db::Sql sql) {
  std::int64_t found = 0;
  desk.read([&](Reader& reader) { found = *reader.value<std::int64_t>(sql); });
  return found;
}

class DemoDesk : public testing::DeskTest {
 protected:
  testing::Desk& filled(std::int64_t tickets, std::uint64_t seed = 1) {
    auto& desk = open(modules);
    people_ = fill_demo(desk.hub(), {tickets, seed}, [this](double part) {
      EXPECT_GE(part, progress_);
      progress_ = part;
    });
    return desk;
  }
  DemoPeople people_;
  double progress_ = 0;
};
BAIJIN_ON_BOTH_ENGINES(DemoDesk)

TEST(Dialogues, are_many_and_say_something) {
  EXPECT_GE(dialogues().size(), 40u);
  for (const auto& dialogue : dialogues()) {
    EXPECT_GE(dialogue.lines.size(), 3u) << dialogue.subject;
    EXPECT_EQ(dialogue.lines.front().who, dialogue.service_type == "care" ? 'K' : 'C')
        << dialogue.subject;
    EXPECT_FALSE(dialogue.tags.empty()) << dialogue.subject;
  }
}

TEST(Dialogues, keep_what_was_said_within_a_conversation) {
  Wording wording(Dice(7), {{"who", "李科长"}});
  auto first = wording.fill("{who} {3-9000} {甲|乙|丙}");
  EXPECT_EQ(wording.fill("{who} {3-9000} {甲|乙|丙}"), first);
  EXPECT_THROW(wording.fill("{nobody}"), std::logic_error);
}

TEST(Hours, are_those_people_work) {
  Dice dice(3);
  auto from = *parse_time("2026-05-23T03:00:00Z");  // a Saturday
  for (int i = 0; i < 500; ++i) {
    EXPECT_TRUE(is_working(after_work(from, dice.between(0, 3'000), dice)));
    auto asked = asking_time(from, from + days(90), dice);
    EXPECT_GE(asked, from);
    EXPECT_LT(asked, from + days(90));
  }
}

TEST_P(DemoDesk, is_as_large_as_promised) {  // PLT-8
  auto& desk = filled(400);
  EXPECT_EQ(count(desk, "SELECT count(*) FROM users u WHERE u.kind = 'staff'"), 30);
  EXPECT_EQ(count(desk, "SELECT count(*) FROM customers c"), 60);
  EXPECT_EQ(count(desk, "SELECT count(*) FROM product_versions v"), 20);
  EXPECT_EQ(count(desk, "SELECT count(*) FROM regions r"), 3);
  EXPECT_EQ(count(desk, "SELECT count(*) FROM tickets t"), 400);
  EXPECT_EQ(count(desk, "SELECT count(DISTINCT t.service_type) FROM tickets t"), 12);
  EXPECT_EQ(count(desk, R"(SELECT count(*) FROM tickets t WHERE NOT EXISTS
      (SELECT 1 FROM messages m WHERE m.ticket = t.id) AND t.merged_into IS NULL)"),
            0);
  EXPECT_EQ(count(desk, "SELECT count(*) FROM tickets t WHERE t.created_at > t.updated_at"), 0);
  EXPECT_EQ(count(desk, "SELECT count(*) FROM messages m WHERE m.state <> 'sent'"), 0);
  for (auto sql :
       {db::Sql("SELECT count(*) FROM evidence e"), db::Sql("SELECT count(*) FROM work_logs w"),
        db::Sql("SELECT count(*) FROM ticket_links l"),
        db::Sql("SELECT count(*) FROM ticket_merges g"),
        db::Sql("SELECT count(*) FROM ticket_tags g"), db::Sql("SELECT count(*) FROM watchers w"),
        db::Sql("SELECT count(*) FROM files f"),
        db::Sql("SELECT count(*) FROM preference_sheets p"),
        db::Sql("SELECT count(*) FROM important_dates d"),
        db::Sql("SELECT count(*) FROM messages m WHERE m.kind = 'note'")}) {
    EXPECT_GE(count(desk, sql), 3) << sql.text();
  }
  EXPECT_DOUBLE_EQ(progress_, 1);
  EXPECT_GE(people_.people.size(), 32u);
}

TEST_P(DemoDesk, has_tickets_in_every_state) {
  auto& desk = filled(120);
  std::set<std::string> states;
  desk.read([&](Reader& reader) {
    reader.each("SELECT w.key, t.state FROM tickets t JOIN workflows w ON w.id = t.workflow",
                [&](const db::Row& row) {
                  Cell workflow, state;
                  row.read(0, workflow);
                  row.read(1, state);
                  states.insert(std::string(workflow.text) + " " + std::string(state.text));
                });
  });
  for (const auto& line : state_lines()) {
    auto state = std::string(line.workflow) + " " + std::string(line.state);
    EXPECT_TRUE(states.contains(state)) << state;
  }
  // Every state of every workflow of the product is among them.
  std::int64_t of_product = 0;
  desk.read([&](Reader& reader) {
    for (const auto& workflow :
         reader.list<catalogue::Workflow>("SELECT {fields w} FROM workflows w")) {
      of_product += static_cast<std::int64_t>(workflow.states.size());
    }
  });
  EXPECT_EQ(static_cast<std::int64_t>(states.size()), of_product);
}

TEST_P(DemoDesk, people_can_sign_in_and_nothing_is_due_at_once) {
  auto& desk = filled(60);
  auto before = desk.events().size();
  desk.settle();
  EXPECT_LE(desk.events().size(), before + 30) << "starting floods the desk";
  EXPECT_EQ(count(desk, "SELECT count(*) FROM users u WHERE u.email IS NULL"), 0)
      << "links that are mailed reach everybody";
  for (const auto& login : {"admin", "gong.hd1", "kehu", "kehu.lingdao"}) {
    auto answer = desk.post(
        "/sessions", R"({"login":")" + std::string(login) + R"(","password":"baijin-demo"})");
    EXPECT_EQ(answer.status, 201) << login << answer.body;
  }
}

TEST_P(DemoDesk, the_same_seed_makes_the_same_desk) {
  std::vector<std::string> tables{"tickets", "messages", "evidence", "customers", "contacts"};
  auto first = filled(70, 5).rows_of(tables);
  progress_ = 0;
  auto second = filled(70, 5).rows_of(tables);
  progress_ = 0;
  auto other = filled(70, 6).rows_of(tables);
  // Numbers are made with each desk's own secret.
  auto without_numbers = [](std::string text) {
    for (std::size_t at = 0; (at = text.find('-', at + 1)) != text.npos;) {
      if (at >= 4 && at + 10 <= text.size() && text[at + 5] == '-') text.replace(at - 4, 14, "#");
    }
    return text;
  };
  EXPECT_EQ(without_numbers(first), without_numbers(second));
  EXPECT_NE(without_numbers(first), without_numbers(other));
}

// As `baijin demo` does it on SQLite.
TEST(FilledDesk, is_the_same_as_one_filled_in_its_place) {
  testing::Desk beside(modules, testing::Desk::Filling{});
  testing::Desk in_place(modules, "");
  for (auto* desk : {&beside, &in_place}) fill_demo(desk->hub(), {2'100, 1}, [](double) {});
  EXPECT_EQ(beside.hub().database().integrity(), "");
  std::vector<std::string> tables{"tickets", "messages", "ticket_tags", "search_entries"};
  EXPECT_EQ(beside.rows_of(tables), in_place.rows_of(tables));
  EXPECT_EQ(beside.events(), in_place.events());
  for (auto sql : {db::Sql("SELECT count(*) FROM sqlite_schema s WHERE s.type = 'index'"),
                   db::Sql("SELECT count(*) FROM search_index i WHERE i.search_index MATCH '打印'"),
                   db::Sql("SELECT count(*) FROM search_index i WHERE i.search_index MATCH 'the'"),
                   db::Sql("SELECT sum(c.v) FROM search_index_config c")}) {
    EXPECT_EQ(count(beside, sql), count(in_place, sql)) << sql.text();
    EXPECT_GT(count(beside, sql), 0) << sql.text();
  }
}

TEST_P(DemoDesk, ready_made_tickets_are_like_played_ones) {
  auto& desk = filled(2'100);
  EXPECT_EQ(count(desk, "SELECT count(*) FROM tickets t"), 2'100);
  EXPECT_EQ(count(desk, R"(SELECT count(*) FROM tickets t WHERE NOT EXISTS
      (SELECT 1 FROM messages m WHERE m.ticket = t.id) AND t.merged_into IS NULL)"),
            0);
  EXPECT_EQ(count(desk, R"(SELECT count(*) FROM tickets a JOIN tickets b ON b.id = a.id + 1
      WHERE a.created_at > b.created_at)"),
            0);
  auto admin = desk.sign_in(desk.staff_with_all_rights());
  auto oldest = desk.get("/tickets?sort=created_at&limit=1", admin);
  auto id = std::to_string(oldest.at("items.0.id").to_number<std::int64_t>());
  auto page = desk.get("/tickets/" + id, admin);
  EXPECT_EQ(page.status, 200) << page.body;
  EXPECT_EQ(page.text("state"), "closed");
  auto story = desk.get("/tickets/" + id + "/timeline", admin);
  EXPECT_EQ(story.status, 200) << story.body;
  // Three messages, that it was opened and that it was closed.
  EXPECT_EQ(story.at("items").as_array().size(), 5u) << story.body;
  auto found = desk.get("/search?q=" + page.text("number") + "&kinds=ticket", admin);
  ASSERT_EQ(found.status, 200) << found.body;
  EXPECT_EQ(found.text("items.0.ref"), "ticket:" + id) << found.body;
  EXPECT_THROW(fill_demo(desk.hub(), {10, 1}, [](double) {}), Error);
}

}  // namespace
}  // namespace baijin::demo
