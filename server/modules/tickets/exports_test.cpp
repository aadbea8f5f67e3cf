#include "modules/tickets/test_desk.h"

namespace baijin::tickets {
namespace {

class Exports : public TicketDesk {};
BAIJIN_ON_BOTH_ENGINES(Exports)

TEST_P(Exports, I3_HoldWhatTheListHoldsAndNoFormula) {
  auto of_county = opened(clerk);
  opened(mate);
  desk->patch(path(of_county), R"({"subject":"=HYPERLINK 1"
})",
              agent);
  auto file = desk->get("/tickets/export?sort=created_at", agent);
  ASSERT_EQ(file.status, 200) << file.body;
  EXPECT_NE(file.body.find("\"'=HYPERLINK 1\",\"fault\",\"received\""), std::string::npos)
      << file.body;
  EXPECT_NE(file.body.find("Harbour Office"), std::string::npos);
  EXPECT_EQ(desk->events().back(), "tickets.list_exported");
  auto of_north = desk->get("/tickets/export", north);
  EXPECT_EQ(of_north.body.find("Harbour Office"), std::string::npos) << "as far as one sees";
  EXPECT_EQ(desk->get("/tickets/export?shoe=1", agent).status, 400);
  EXPECT_EQ(desk->get("/tickets/export", clerk).status, 403);
}

TEST_P(Exports, GoOnPastAPage) {
  for (int i = 0; i < 230; ++i) opened(clerk);
  auto file = desk->get("/tickets/export", agent);
  EXPECT_EQ(std::count(file.body.begin(), file.body.end(), '\n'), 231);
}

}  // namespace
}  // namespace baijin::tickets
