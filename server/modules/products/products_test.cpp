#include "modules/products/products.h"

#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/products/rules.h"
#include "modules/search/search.h"
#include "testing/desk.h"

namespace baijin::products {
namespace {

TEST(Numbers, AreTheSameInEverySpelling) {
  EXPECT_EQ(rules::number_key("AB-12 34"), "ab1234");
  EXPECT_EQ(rules::number_key("ａｂ１２３４"), "ab1234");
  EXPECT_NE(rules::number_key("AB-1234"), rules::number_key("AB-1243"));
  EXPECT_FALSE(rules::number_key(std::optional<Text<1, 80>>{{"--"}}));
}

class Assets : public testing::DeskTest {
 protected:
  void SetUp() override {
    desk = &open({{"search", search::install},
                  {"accounts", accounts::install},
                  {"customers", customers::install},
                  {"products", products::install}});
    agent = desk->sign_in(desk->staff(
        Scope::own, {"customers.read", "customers.manage", "products.read", "products.manage"}));
    a = made("/customers", R"({"name":"A"})");
    b = made("/customers", R"({"name":"B"})");
    his = made("/products", R"({"name":"医院系统","name_en":"Ward","code":"HIS"})");
  }

  std::int64_t made(const std::string& target, const std::string& body) {
    auto answer = desk->post(target, body, agent);
    EXPECT_EQ(answer.status, 201) << target << " " << answer.body;
    return answer.id();
  }
  std::string asset(std::int64_t customer, const std::string& more) {
    return R"({"customer":)" + std::to_string(customer) + R"(,"product":)" + std::to_string(his) +
           "," + more + "}";
  }
  std::size_t found(const std::string& target, const std::string& token) {
    auto answer = desk->get(target, token);
    EXPECT_EQ(answer.status, 200) << target << " " << answer.body;
    return answer.at("items").as_array().size();
  }

  testing::Desk* desk = nullptr;
  std::string agent;
  std::int64_t a = 0, b = 0, his = 0;
};
BAIJIN_ON_BOTH_ENGINES(Assets)

TEST_P(Assets, ProductsHaveVersions) {
  auto versions = "/products/" + std::to_string(his) + "/versions";
  made(versions, R"({"name":"1.0","released_on":"2024-01-01"})");
  auto second = made(versions, R"({"name":"2.0","released_on":"2025-01-01"})");
  EXPECT_EQ(desk->get(versions, agent).text("items.0.name"), "2.0");
  EXPECT_EQ(desk->post(versions, R"({"name":"2.0"})", agent).reason(), "already_exists");
  EXPECT_EQ(desk->post("/products", R"({"name":"x","code":"his"})", agent).reason(),
            "already_exists");
  auto wrong = R"({"support_ends_on":"2020-01-01"})";
  EXPECT_EQ(desk->patch(versions + "/" + std::to_string(second), wrong, agent).reason(),
            "before_it_began");
  EXPECT_EQ(found("/products?q=ward", agent), 1u);
  EXPECT_EQ(found("/products?q=%E5%8C%BB%E9%99%A2", agent), 1u);
}

TEST_P(Assets, ProductsAreFoundByInitials) {
  EXPECT_EQ(found("/products?q=yyxt", agent), 1u);
  EXPECT_EQ(found("/products?q=xy", agent), 0u);
  EXPECT_EQ(desk->get("/products", agent).text("items.0.initials"), "yyxt w");
}

TEST_P(Assets, AreFoundByTheirNumbers) {
  made("/assets", asset(a, R"("name":"主系统","serial":"SN-001","licence":"L 77")"));
  EXPECT_EQ(desk->post("/assets", asset(b, R"("name":"x","serial":"sn001")"), agent).reason(),
            "already_exists");
  made("/assets", asset(b, R"("name":"y")"));
  made("/assets", asset(b, R"("name":"z")"));
  EXPECT_EQ(found("/assets?serial=sn%20001", agent), 1u);
  EXPECT_EQ(found("/assets?licence=l-77", agent), 1u);
  EXPECT_EQ(found("/assets?licence=l-7", agent), 0u);
  EXPECT_EQ(found("/assets?customer=" + std::to_string(b), agent), 2u);
  desk->read([&](Reader& reader) {
    EXPECT_EQ(asset_with_number(reader, "L77")->name.value, "主系统");
    EXPECT_FALSE(asset_with_number(reader, "nothing"));
  });
}

TEST_P(Assets, BelongTogetherWithTheirSite) {
  auto site = made("/sites", R"({"customer":)" + std::to_string(b) + R"(,"name":"s"})");
  auto body = asset(a, R"("name":"x","site":)" + std::to_string(site));
  EXPECT_EQ(desk->post("/assets", body, agent).reason(), "not_of_customer");
  auto other = made("/products", R"({"name":"LIS","code":"LIS"})");
  auto version = made("/products/" + std::to_string(other) + "/versions", R"({"name":"1"})");
  body = asset(a, R"("name":"x","product_version":)" + std::to_string(version));
  EXPECT_EQ(desk->post("/assets", body, agent).reason(), "not_of_product");
  body = asset(999, R"("name":"x")");
  EXPECT_EQ(desk->post("/assets", body, agent).status, 404);
}

TEST_P(Assets, Sec2CustomersSeeTheirOwn) {
  auto mine = made("/assets", asset(a, R"("name":"x","notes":"CNRY")"));
  auto theirs = made("/assets", asset(b, R"("name":"y")"));
  auto contact = made("/contacts",
                      R"({"name":"a1","customers":[{"customer":)" + std::to_string(a) + "}]}");
  auto a1 = desk->sign_in(desk->contact(contact, {"products.read"}));
  EXPECT_EQ(found("/assets", a1), 1u);
  auto page = desk->get("/assets/" + std::to_string(mine), a1);
  EXPECT_EQ(page.body.find("CNRY"), std::string::npos) << page.body;
  EXPECT_EQ(desk->get("/assets/" + std::to_string(theirs), a1).status, 404);
  EXPECT_EQ(desk->post("/assets", asset(a, R"("name":"z")"), a1).status, 403);
  desk->patch("/products/" + std::to_string(his), R"({"active":false})", agent);
  EXPECT_EQ(found("/products", a1), 1u) << "what they have stays visible";
}

TEST_P(Assets, Cus4FollowAMerge) {
  auto id = made("/assets", asset(b, R"("name":"x")"));
  auto moved = made("/assets", asset(b, R"("name":"y")"));
  auto merges = "/customers/" + std::to_string(a) + "/merges";
  auto merge = made(merges, R"({"other":)" + std::to_string(b) + "}");
  desk->settle();
  auto owner = [&](std::int64_t asset_id) {
    return desk->get("/assets/" + std::to_string(asset_id), agent).at("customer").as_int64();
  };
  EXPECT_EQ(owner(id), a);
  EXPECT_EQ(desk->get("/customers/" + std::to_string(a), agent).at("counts.assets").as_int64(), 2);
  auto third = made("/customers", R"({"name":"C"})");
  auto to_third = R"({"customer":)" + std::to_string(third) + "}";
  desk->patch("/assets/" + std::to_string(moved), to_third, agent);
  auto undone = desk->post(merges + "/" + std::to_string(merge) + "/undo", "{}", agent);
  EXPECT_EQ(undone.status, 200) << undone.body;
  desk->settle();
  EXPECT_EQ(owner(id), b);
  EXPECT_EQ(owner(moved), third) << "what moved on since stays where it is";
}

}  // namespace
}  // namespace baijin::products
