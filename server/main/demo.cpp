#include <fmt/format.h>

#include <filesystem>

#include "db/filling.h"
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

void fill(Hub& hub, const DemoWish& wish) {
  Progress progress("demo");
  demo::fill_demo(hub, {wish.tickets, wish.seed}, [&](double part) { progress.at(part); });
}

// A new desk on SQLite is filled beside its place, so that it is there as a whole or not at all.
void fill_new(const Config& config, const DemoWish& wish, HubOptions options) {
  auto path = sqlite_path(config);
  auto part = path + ".part";
  options.database_url = "sqlite:" + part;
  options.filling = true;
  {
    auto desk = open_desk(config, Hold::alone, options);
    fill(*desk.hub, wish);
  }
  db::put_in_place(part, path);
}

}  // namespace

int run_demo(const Config& config, const DemoWish& wish) {
  auto options = hub_options(config);
  options.demo = true;
  bool is_new = config.database.empty() && !std::filesystem::exists(sqlite_path(config));
  if (is_new) fill_new(config, wish, options);
  auto desk = open_desk(config, Hold::alone, options);
  if (is_empty(*desk.hub)) {
    fill(*desk.hub, wish);
  } else if (!is_new) {
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
