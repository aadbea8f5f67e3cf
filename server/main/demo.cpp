#include <fmt/format.h>

#include "hub/change.h"
#include "main/commands.h"
#include "main/demo/demo.h"
#include "main/opened.h"
#include "main/run.h"

namespace baijin {
namespace {

bool is_empty(Hub& hub) {
  bool empty = true;
  hub.read(program_actor(), [&](Reader& reader) {
    empty = !reader.any("SELECT u.id FROM users u {all: is there anybody} LIMIT 1");
  });
  return empty;
}

}  // namespace

int run_demo(const Config& config, const DemoWish& wish) {
  auto desk = open_desk(config, Hold::alone, true);
  if (is_empty(*desk.hub)) {
    Progress progress("demo");
    demo::fill_demo(*desk.hub, {wish.tickets, wish.seed}, [&](double part) { progress.at(part); });
  } else {
    fmt::print("The desk in {} is filled already; it is served as it is.\n", config.directory);
  }
  if (wish.fill_only) return 0;
  return run(config, desk, [](const std::string& address) {
    fmt::print("\nBaijin serves a demo desk at {}\n\nSign in as\n", address);
    for (const auto& person : demo::demo_people()) {
      fmt::print("  {:<14}{:<16}{}\n", person.login, person.password, person.role);
    }
  });
}

}  // namespace baijin
