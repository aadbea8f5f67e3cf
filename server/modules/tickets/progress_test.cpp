#include "modules/tickets/progress.h"

#include "modules/tickets/test_desk.h"

namespace baijin::tickets {
namespace {

catalogue::Workflow workflow_with(std::initializer_list<Phase> phases) {
  catalogue::Workflow workflow;
  for (auto phase : phases) {
    auto& state = workflow.states.emplace_back();
    state.key = {std::string(catalogue::phase_text(phase))};
    state.phase = phase;
  }
  return workflow;
}

std::string shape(const std::vector<ProgressStep>& steps) {
  std::string text;
  for (const auto& step : steps) {
    text += std::string(name_of(step.key)) + ":" + std::string(name_of(step.state)) + " ";
  }
  if (!text.empty()) text.pop_back();
  return text;
}

TEST(Progress, IsTheSameRuleForEveryWorkflow) {
  const auto whole = workflow_with(
      {Phase::fresh, Phase::open, Phase::waiting, Phase::solved, Phase::closed});
  const auto without_offer = workflow_with({Phase::fresh, Phase::open, Phase::closed});
  const auto shortest = workflow_with({Phase::fresh, Phase::closed});
  const Time t{1'000'000};
  struct Row {
    const catalogue::Workflow& workflow;
    Phase phase;
    bool tested;
    ProgressTimes times;
    const char* shape;
  };
  const Row rows[] = {
      {whole,
       Phase::fresh,
       true,
       {t, {}, {}, {}, {}},
       "received:now in_work:ahead verified:ahead confirmation:ahead done:ahead"},
      {whole,
       Phase::open,
       true,
       {t, t, {}, {}, {}},
       "received:past in_work:now verified:ahead confirmation:ahead done:ahead"},
      {whole,
       Phase::open,
       true,
       {t, t, t, {}, {}},
       "received:past in_work:now verified:past confirmation:ahead done:ahead"},
      {whole,
       Phase::waiting,
       false,
       {t, t, {}, {}, {}},
       "received:past in_work:now confirmation:ahead done:ahead"},
      {whole,
       Phase::solved,
       true,
       {t, t, t, t, {}},
       "received:past in_work:past verified:past confirmation:now done:ahead"},
      {whole,
       Phase::closed,
       true,
       {t, t, t, t, t},
       "received:past in_work:past verified:past confirmation:past done:past"},
      // Called off at once, and while it was worked on.
      {whole, Phase::closed, true, {t, {}, {}, {}, t}, "received:past done:past"},
      {whole, Phase::closed, true, {t, t, {}, {}, t}, "received:past in_work:past done:past"},
      {without_offer,
       Phase::open,
       false,
       {t, t, {}, {}, {}},
       "received:past in_work:now done:ahead"},
      {shortest, Phase::fresh, false, {t, {}, {}, {}, {}}, "received:now done:ahead"},
      {shortest, Phase::closed, false, {t, {}, {}, {}, t}, "received:past done:past"}};
  for (const auto& row : rows) {
    EXPECT_EQ(shape(progress(row.workflow, row.phase, row.tested, row.times)), row.shape);
  }
}

class ProgressOfTickets : public TicketDesk {
 protected:
  std::string line(std::int64_t ticket) {
    std::string text;
    const auto steps = desk->get(path(ticket), clerk).at("steps").as_array();
    for (const auto& step : steps) {
      text += std::string(step.at("key").as_string()) + ":" +
              std::string(step.at("state").as_string()) + (step.at("at").is_null() ? "" : "@") +
              " ";
    }
    return text;
  }
};
BAIJIN_ON_BOTH_ENGINES(ProgressOfTickets)

TEST_P(ProgressOfTickets, ShowsCustomersHowFarItIs) {
  auto ticket = opened(clerk);
  EXPECT_EQ(line(ticket),
            "received:now@ in_work:ahead verified:ahead confirmation:ahead "
            "done:ahead ");
  EXPECT_TRUE(desk->get(path(ticket), agent).at("steps").is_null());
  desk->clock().advance(minutes(10));
  bring_to_awaiting(ticket);
  EXPECT_EQ(line(ticket),
            "received:past@ in_work:past@ verified:past@ confirmation:now@ "
            "done:ahead ");
  desk->clock().advance(minutes(10));
  desk->post(path(ticket, "/confirmations"), R"({"solved":false,"comment":"no"})", clerk);
  EXPECT_EQ(line(ticket),
            "received:past@ in_work:now@ verified:past@ confirmation:ahead "
            "done:ahead ");
}

TEST_P(ProgressOfTickets, BeginsAnewWhenItIsTakenUpAgain) {
  auto ticket = opened(clerk);
  bring_to_closed(ticket);
  EXPECT_EQ(line(ticket),
            "received:past@ in_work:past@ verified:past@ confirmation:past@ "
            "done:past@ ");
  desk->clock().advance(minutes(10));
  desk->post(path(ticket, "/confirmations"), R"({"solved":false})", clerk);
  EXPECT_EQ(line(ticket),
            "received:past@ in_work:now@ verified:ahead confirmation:ahead "
            "done:ahead ");
}

TEST_P(ProgressOfTickets, SkipsWhatACalledOffRequestNeverCameTo) {
  auto ticket = opened(clerk);
  ASSERT_EQ(moved(ticket, "withdraw", clerk, R"("reason":"solved itself")").status, 200);
  EXPECT_EQ(line(ticket), "received:past@ done:past@ ");
}

}  // namespace
}  // namespace baijin::tickets
