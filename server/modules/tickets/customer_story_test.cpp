#include "modules/tickets/test_desk.h"

namespace baijin::tickets {
namespace {

class CustomerStories : public TicketDesk {
 protected:
  testing::Answer story(const std::string& token, const std::string& query = {}) {
    return desk->get("/customers/" + std::to_string(county) + "/timeline" + query, token);
  }
  std::string whats(const testing::Answer& answer) {
    std::string text;
    const auto items = answer.at("items").as_array();
    for (const auto& item : items) text += std::string(item.at("what").as_string()) + " ";
    return text;
  }
};
BAIJIN_ON_BOTH_ENGINES(CustomerStories)

TEST_P(CustomerStories, CUS1_TellWhatHappenedNewestFirst) {
  auto wait = [&] { desk->clock().advance(minutes(1)); };
  wait();
  auto ticket = opened(clerk);
  wait();
  desk->post("/customers/" + std::to_string(county) + "/notes", R"({"body":"prefers mornings"})",
             agent);
  wait();
  desk->patch("/customers/" + std::to_string(county), R"({"phone":"0591-87654321"})", agent);
  wait();
  bring_to_closed(ticket);
  wait();
  opened(mate);
  auto told = story(agent);
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(whats(told),
            "tickets.closed customers.changed customers.note tickets.opened customers.added ");
  EXPECT_EQ(told.text("items.1.fields.0"), "phone");
  EXPECT_EQ(told.text("items.1.actor_name"), "agent");
  EXPECT_EQ(told.text("items.2.title"), "prefers mornings");
  EXPECT_EQ(told.text("items.3.ref"), "ticket:" + std::to_string(ticket));
  EXPECT_TRUE(told.at("next").is_null());
  EXPECT_EQ(told.body.find("87654321"), std::string::npos) << "which field, not what";

  auto part = story(agent, "?limit=2");
  EXPECT_EQ(whats(part), "tickets.closed customers.changed ");
  auto rest = story(agent, "?limit=10&before=" + part.text("next"));
  EXPECT_EQ(whats(rest), "customers.note tickets.opened customers.added ");
  EXPECT_EQ(story(agent, "?limit=0").reason(), "out_of_range");
}

TEST_P(CustomerStories, SEC2_HoldOnlyWhatOneSees) {
  opened(clerk);
  EXPECT_EQ(whats(story(south)), "customers.added ");
  EXPECT_EQ(story(clerk).status, 403) << "without the right; with it there is nothing to see";
  auto contact = desk->sign_in(desk->contact(clerk_contact, {"customers.read", "tickets.read"}));
  EXPECT_EQ(story(contact).status, 404);
}

}  // namespace
}  // namespace baijin::tickets
