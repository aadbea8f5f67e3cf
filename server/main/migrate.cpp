#include <fmt/format.h>

#include "db/migrate.h"
#include "main/commands.h"
#include "main/opened.h"

namespace baijin {

int migrate(const Config& config) {
  auto desk = open_desk(config, Hold::alone);
  auto plan = db::plan_migrations(desk.hub->database(), db::migrations());
  fmt::print("The database is at schema {}, the newest this program knows.\n", plan.at);
  return 0;
}

}  // namespace baijin
