#pragma once
// How far a ticket has come, as one number for all workflows, and which transitions lead there.
#include <span>
#include <string_view>

namespace baijin::demo {

enum Stage {
  received,
  confirmed,
  assigned,
  responded,
  diagnosing,
  resolving,
  verifying,
  offered,
  closed,
  evaluated,
  archived
};

struct Rung {
  Stage stage;
  const char* transition;
  char by;  // d dispatcher, h hotline, e engineer, l lead, c customer
};

struct Way {
  std::string_view workflow;
  std::span<const Rung> rungs;
};
std::span<const Rung> rungs_of(std::string_view workflow);

struct StateLine {
  std::string_view workflow, state;
  Stage stage;            // as far as the conversation is played
  const char* last_step;  // then this transition; nullptr for none
};
std::span<const StateLine> state_lines();
const StateLine& state_line(std::string_view workflow, std::string_view state);

}  // namespace baijin::demo
