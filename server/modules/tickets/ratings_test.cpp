#include "modules/tickets/test_desk.h"

namespace baijin::tickets {
namespace {

class Ratings : public TicketDesk {
 protected:
  testing::Answer rated(std::int64_t ticket, const std::string& body, const std::string& token) {
    return desk->post(path(ticket, "/ratings"), body, token);
  }
  bool offered(std::int64_t ticket, const std::string& token) {
    const auto allowed = desk->get(path(ticket), token).at("allowed").as_array();
    return std::find(allowed.begin(), allowed.end(), boost::json::value("rate")) != allowed.end();
  }
};
BAIJIN_ON_BOTH_ENGINES(Ratings)

TEST_P(Ratings, CanBeGivenAfterwardsAndGivenAgain) {
  auto ticket = opened(clerk);
  EXPECT_FALSE(offered(ticket, clerk));
  EXPECT_EQ(rated(ticket, R"({"rating":5})", clerk).reason(), "nothing_to_rate");
  bring_to_closed(ticket);
  EXPECT_TRUE(offered(ticket, clerk));
  EXPECT_FALSE(offered(ticket, agent));
  EXPECT_EQ(desk->get("/tickets?rated=false&phase=closed", clerk).at("items").as_array().size(),
            1u);
  auto answer = rated(ticket, R"({"rating":2,"comment":"took long"})", clerk);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.text("state"), "evaluated");
  auto view = desk->get(path(ticket), agent);
  EXPECT_EQ(view.at("rating").to_number<int>(), 2);
  EXPECT_EQ(view.text("rating_comment"), "took long");
  EXPECT_FALSE(view.at("rated_at").is_null());
  EXPECT_EQ(desk->events("ticket:" + std::to_string(ticket)).back(), "tickets.rated");
  // On second thoughts; what was said with it stays unless something else is said.
  ASSERT_EQ(rated(ticket, R"({"rating":4})", clerk).status, 200);
  EXPECT_EQ(desk->get(path(ticket), agent).at("rating").to_number<int>(), 4);
  EXPECT_EQ(desk->get("/tickets?rated=true", agent).at("items.0.rating").to_number<int>(), 4);
  EXPECT_EQ(desk->get("/tickets?rated=false", agent).at("items").as_array().size(), 0u);
}

TEST_P(Ratings, AreTheCustomersOwn) {
  auto ticket = opened(clerk);
  bring_to_closed(ticket);
  EXPECT_EQ(rated(ticket, R"({"rating":5})", agent).reason(), "customers_rate");
  EXPECT_EQ(rated(ticket, R"({"rating":1})", mate).status, 404);
  EXPECT_EQ(rated(ticket, R"({"rating":0})", clerk).reason(), "out_of_range");
  EXPECT_EQ(rated(ticket, R"({"rating":6})", clerk).reason(), "out_of_range");
  EXPECT_EQ(rated(ticket, R"({"rating":"5"})", clerk).status, 400);
  EXPECT_EQ(rated(ticket, R"({"rating":3})", lead).status, 200) << "who leads sees it all";
}

TEST_P(Ratings, AreToldHoweverTheyAreGiven) {
  auto by_confirming = opened(clerk), by_moving = opened(clerk);
  bring_to_awaiting(by_confirming);
  auto answer = desk->post(path(by_confirming, "/confirmations"), R"({"solved":true,"rating":5})",
                           clerk);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.text("state"), "evaluated");
  bring_to_closed(by_moving);
  ASSERT_EQ(moved(by_moving, "evaluated", clerk, R"("fields":{"rating":4})").status, 200);
  for (auto ticket : {by_confirming, by_moving}) {
    EXPECT_EQ(desk->events("ticket:" + std::to_string(ticket)).back(), "tickets.rated");
  }
}

// What was called off was no service.
TEST_P(Ratings, AreNotAskedForWhatWasCalledOff) {
  auto ticket = opened(clerk);
  ASSERT_EQ(moved(ticket, "withdraw", clerk, R"("reason":"solved itself")").status, 200);
  EXPECT_FALSE(offered(ticket, clerk));
  EXPECT_EQ(rated(ticket, R"({"rating":5})", clerk).reason(), "nothing_to_rate");
}

}  // namespace
}  // namespace baijin::tickets
