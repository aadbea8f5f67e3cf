#include "modules/portal/test_desk.h"

namespace baijin::portal {
namespace {

class Home : public PortalDesk {
 protected:
  void SetUp() override {
    PortalDesk::SetUp();
    customer = made("/customers", R"({"name":"永安县医院"})", agent);
    auto contact = [&](const char* name, const char* leads) {
      return made("/contacts",
                  R"({"name":")" + std::string(name) + R"(","form_of_address":"陈工",
          "customers":[{"customer":)" +
                      std::to_string(customer) + R"(,"lead":)" + leads + "}]}",
                  agent);
    };
    auto clerk_contact = contact("Clerk", "false"), lead_contact = contact("Lead", "true");
    const std::vector<std::string> rights = {"tickets.read", "tickets.create", "tickets.work",
                                             "products.read"};
    clerk = desk->sign_in(desk->contact(clerk_contact, rights, add_user("clerk", clerk_contact)));
    lead = desk->sign_in(desk->contact(lead_contact, rights, add_user("lead", lead_contact)));
  }
  std::int64_t asked(const std::string& token) {
    return made("/tickets",
                R"({"service_type":)" + question + R"(,"subject":"Q","body":"<p>?</p>"})", token);
  }

  std::int64_t customer = 0;
  std::string clerk, lead;
};
BAIJIN_ON_BOTH_ENGINES(Home)

TEST_P(Home, INT8_ShowsWhatWaitsAndHowFarThingsAre) {
  auto fresh = asked(clerk), offered = asked(clerk), waiting = asked(clerk),
       done_one = asked(clerk);
  asked(lead);
  offer(offered);
  offer(done_one);
  done(path(done_one, "/confirmations"), R"({"solved":true})", clerk);
  done(path(waiting, "/transitions"), R"({"to":"waiting_customer","reason":"which version?"})",
       agent);
  auto product = made("/products", R"({"name":"医院系统","code":"HIS"})", agent);
  made("/assets",
       R"({"customer":)" + std::to_string(customer) + R"(,"product":)" + std::to_string(product) +
           R"(,"name":"住院系统"})",
       agent);
  auto home = desk->get("/portal/home", clerk);
  ASSERT_EQ(home.status, 200) << home.body;
  const auto items = home.at("waiting").as_array();
  ASSERT_EQ(items.size(), 3u) << home.body;
  EXPECT_EQ(home.text("waiting.0.waits_for"), "confirmation");
  EXPECT_EQ(home.at("waiting.0.ticket.id").to_number<std::int64_t>(), offered);
  EXPECT_EQ(home.text("waiting.1.waits_for"), "answer");
  EXPECT_EQ(home.at("waiting.1.ticket.id").to_number<std::int64_t>(), waiting);
  EXPECT_EQ(home.text("waiting.2.waits_for"), "rating");
  EXPECT_EQ(home.at("waiting.2.ticket.id").to_number<std::int64_t>(), done_one);
  EXPECT_EQ(home.at("open_total").to_number<int>(), 3);
  EXPECT_EQ(home.text("open.2.progress.state_en"), "We have your question");
  EXPECT_EQ(home.at("open.2.ticket.id").to_number<std::int64_t>(), fresh);
  EXPECT_EQ(home.text("open.0.progress.steps.0.key"), "received");
  EXPECT_TRUE(home.at("open_of_organisations").is_null());
  EXPECT_EQ(home.text("assets.0.product_name"), "医院系统");
  EXPECT_EQ(home.text("customers.0.customer_name"), "永安县医院");
  EXPECT_EQ(home.text("preferences.form_of_address"), "陈工");

  auto leads = desk->get("/portal/home", lead);
  EXPECT_EQ(leads.at("open_total").to_number<int>(), 1);
  EXPECT_EQ(leads.at("open_of_organisations").to_number<int>(), 4);
  EXPECT_EQ(leads.at("waiting").as_array().size(), 0u) << "what waits for others is theirs";
  EXPECT_EQ(desk->get("/portal/home", agent).reason(), "not_a_contact");
  desk->advance(days(40));
  EXPECT_EQ(desk->get("/portal/home", clerk).body.find("\"waits_for\":\"rating\""),
            std::string::npos);
}

}  // namespace
}  // namespace baijin::portal
