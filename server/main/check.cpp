#include <fmt/format.h>

#include <cstdio>

#include "main/commands.h"
#include "main/opened.h"

namespace baijin {

int check(const Config& config) {
  Progress progress("check");
  auto desk = open_desk(config, Hold::beside);
  auto& hub = *desk.hub;
  std::vector<std::string> problems;
  auto engine_says = hub.database().integrity();
  if (!engine_says.empty()) problems.push_back("database: " + engine_says);
  progress.at(0.3);
  hub.read(program_actor(), [&](Reader& reader) {
    for (const auto& look : hub.registry().checks) {
      for (auto& problem : look(reader)) problems.push_back(std::move(problem));
    }
  });
  progress.at(0.6);
  hub.blobs().each([&](std::string_view hash) {
    if (!hub.blobs().intact(hash)) {
      problems.push_back("the file " + std::string(hash) + " no longer has its content (R7)");
    }
  });
  progress.at(1);
  for (const auto& problem : problems) fmt::print("{}\n", problem);
  if (problems.empty()) fmt::print("Everything is whole.\n");
  return problems.empty() ? 0 : 1;
}

}  // namespace baijin
