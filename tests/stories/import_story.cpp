// The promise: the old desk's tickets come along, with their numbers, people and times; one can try
// first, try again, and is told line by line what did not fit. PLT-6, CUS-4.
#include <fstream>

#include "cast.h"

namespace baijin::stories {
namespace {

constexpr auto good =
    R"(external_id,number,subject,service_type,created_at,customer,contact_name,state,body
1,T-1001,打印机故障,fault,2026-03-05 08:00,东方制药,周工,closed,打印机不工作
2,T-1002,如何导出报表,consultation,2026-03-06 09:30,东方制药有限公司,周工,,请问怎么导出
3,T-1003,网络中断,fault,2026-03-07 10:00,南山物流,吴工,,今天断了三次
)";

std::int64_t tickets_of(RunningDesk& desk, const std::string& token) {
  return Browser(desk.address(), token).get("/tickets?count=true&limit=1").number("total");
}

TEST(Importing, PLT_6_try_first_then_for_real_then_again) {
  Folder folder;
  std::ofstream(folder / "old.csv") << good;
  RunningDesk desk;
  auto token = desk.admin().token;
  ASSERT_EQ(desk.stop(), 0);

  auto tried = desk.command({"import", "tickets", folder / "old.csv", "--dry-run"});
  EXPECT_EQ(tried.code, 0) << tried.printed;
  desk.start();
  EXPECT_EQ(tickets_of(desk, token), 0) << "trying changes nothing";
  ASSERT_EQ(desk.stop(), 0);

  auto real = desk.command({"import", "tickets", folder / "old.csv"});
  EXPECT_EQ(real.code, 0) << real.printed;
  auto again = desk.command({"import", "tickets", folder / "old.csv"});
  EXPECT_EQ(again.code, 0) << again.printed;
  desk.start();
  Browser admin(desk.address(), token);
  EXPECT_EQ(tickets_of(desk, token), 3) << real.printed << again.printed;
  EXPECT_EQ(admin.get("/customers?count=true").number("total"), 2) << "one customer, two spellings";
  auto first = admin.get("/tickets?number=T-1001");
  ASSERT_EQ(first.at("items").as_array().size(), 1u) << first.body;
  EXPECT_EQ(first.text("items.0.subject"), "打印机故障");
  EXPECT_EQ(first.text("items.0.created_at").substr(0, 16), "2026-03-05T00:00") << "Shanghai";
  auto page = admin.get("/tickets/" + std::to_string(first.number("items.0.id")));
  EXPECT_EQ(page.text("phase"), "closed");
  EXPECT_EQ(page.text("names.contact"), "周工");
}

TEST(Importing, PLT_6_bad_lines_are_named_and_the_others_come_in) {
  Folder folder;
  std::ofstream(folder / "old.csv")
      << good << "4,T-1004,,fault,2026-03-08 10:00,南山物流,吴工,,无标题\n"
      << "5,T-1005,时间不对,fault,昨天,南山物流,吴工,,x\n"
      << "6,T-1006,没有这种类型,horses,2026-03-08 10:00,南山物流,吴工,,x\n";
  RunningDesk desk;
  auto token = desk.admin().token;
  ASSERT_EQ(desk.stop(), 0);
  auto outcome = desk.command({"import", "tickets", folder / "old.csv"});
  EXPECT_EQ(outcome.code, 1) << outcome.printed;
  for (auto line : {"5", "6", "7"}) {
    EXPECT_NE(outcome.printed.find("line " + std::string(line)), std::string::npos)
        << outcome.printed;
  }
  EXPECT_NE(outcome.printed.find("subject"), std::string::npos) << outcome.printed;
  desk.start();
  EXPECT_EQ(tickets_of(desk, token), 3);
}

TEST(Importing, PLT_6_a_file_with_an_unknown_column_is_refused_before_anything_is_read) {
  Folder folder;
  std::ofstream(folder / "old.csv")
      << "subject,service_type,created_at,colour\n甲,fault,2026-03-05,red\n";
  RunningDesk desk;
  auto token = desk.admin().token;
  ASSERT_EQ(desk.stop(), 0);
  auto outcome = desk.command({"import", "tickets", folder / "old.csv"});
  EXPECT_EQ(outcome.code, 1) << outcome.printed;
  EXPECT_NE(outcome.printed.find("colour"), std::string::npos) << outcome.printed;
  desk.start();
  EXPECT_EQ(tickets_of(desk, token), 0);
}

}  // namespace
}  // namespace baijin::stories
