#include "modules/tickets/test_desk.h"

namespace baijin::tickets {
namespace {

class Related : public TicketDesk {
 protected:
  std::int64_t asked(const std::string& subject, std::int64_t customer,
                     const std::string& more = {}) {
    auto answer = desk->post("/tickets",
                             R"({"service_type":)" + std::to_string(fault) + R"(,"subject":")" +
                                 subject + R"(","customer":)" + std::to_string(customer) + more +
                                 "}",
                             agent);
    EXPECT_EQ(answer.status, 201) << answer.body;
    desk->clock().advance(minutes(1));
    return answer.id();
  }
  std::string related(std::int64_t ticket, const std::string& token) {
    std::string text;
    auto answer = desk->get(path(ticket, "/related"), token);
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto items = answer.at("items").as_array();
    for (const auto& item : items) {
      text += std::to_string(item.at("ticket").to_number<std::int64_t>()) + ":";
      for (const auto& why : item.at("because").as_array()) {
        text += std::string(why.as_string()) + ",";
      }
      text += " ";
    }
    return text;
  }
};
BAIJIN_ON_BOTH_ENGINES(Related)

TEST_P(Related, AreOfTheSameThingOrInTheSameWords) {
  auto made = [&](const char* target, const std::string& body) {
    auto answer = desk->post(target, body, agent);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return std::to_string(answer.id());
  };
  auto product = made("/products", R"({"name":"医院系统","code":"HIS"})");
  auto asset = made("/assets", R"({"customer":)" + std::to_string(county) + R"(,"product":)" +
                                   product + R"(,"name":"住院系统"})");
  const auto about_asset = R"(,"asset":)" + asset, about_product = R"(,"product":)" + product;
  auto ticket = asked("报表打印时软件崩溃", county, about_asset);
  auto of_asset = asked("换行不对", county, about_asset);
  auto of_product = asked("登录很慢", county, about_product);
  auto alike = asked("打开报表软件崩溃", harbour);
  asked("别的问题", county);
  auto text = [](std::int64_t id, const char* why) {
    return std::to_string(id) + ":" + why + ", ";
  };
  EXPECT_EQ(related(ticket, agent),
            text(of_asset, "asset,product") + text(alike, "words") + text(of_product, "product"));
  // What one may not see is related to nothing.
  EXPECT_EQ(related(ticket, north), text(of_asset, "asset,product") + text(of_product, "product"));
  EXPECT_EQ(desk->get(path(ticket, "/related"), mate).status, 404);
}

TEST_P(Related, FiguresSumUpThirtyDays) {
  auto figures = [&](const std::string& token) {
    return desk->get("/customers/" + std::to_string(county) + "/recent", token);
  };
  EXPECT_EQ(figures(agent).at("opened").to_number<int>(), 0);
  EXPECT_TRUE(figures(agent).at("average_rating").is_null());
  auto old = opened(clerk);
  desk->advance(days(31));
  auto first = opened(clerk), second = opened(clerk);
  desk->clock().advance(minutes(10));
  bring_to_closed(first);
  desk->post(path(first, "/ratings"), R"({"rating":4})", clerk);
  bring_to_closed(second);
  desk->post(path(second, "/ratings"), R"({"rating":5})", clerk);
  desk->post(path(second, "/confirmations"), R"({"solved":false})", clerk);
  opened(mate);
  auto seen = figures(agent);
  ASSERT_EQ(seen.status, 200) << seen.body;
  EXPECT_EQ(seen.at("opened").to_number<int>(), 2);
  EXPECT_EQ(seen.at("reopened").to_number<int>(), 1);
  EXPECT_EQ(seen.at("open").to_number<int>(), 2) << "the old one and the one taken up again";
  EXPECT_DOUBLE_EQ(seen.at("average_rating").to_number<double>(), 4.5);
  EXPECT_EQ(seen.at("average_response_seconds").to_number<int>(), 600);
  // As far as one sees: South serves another region.
  EXPECT_EQ(figures(south).at("opened").to_number<int>(), 0);
  EXPECT_EQ(figures(mate).status, 404);
  EXPECT_NE(old, first);
}

}  // namespace
}  // namespace baijin::tickets
