#pragma once
// Forward migrations: server/migrations/NNNN_name.sql, one text for both engines, append only.
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "db/database.h"

namespace baijin::db {

struct Migration {
  int number;             // 1 …, without gaps
  std::string_view name;  // "0001_accounts"
  std::string_view text;
};

// All of the program's, in order; made from the files by the build.
std::span<const Migration> migrations();

struct MigrationPlan {
  int at = 0;      // the number the database is at; 0 is empty
  int newest = 0;  // the program's newest
};
// Throws std::runtime_error with a clear text when the database is newer than the program, or when
// an applied migration's text is not the program's (a checksum is kept per migration).
MigrationPlan plan_migrations(Database& database, std::span<const Migration> all);

// Applies what is missing, each migration in one transaction with its line in schema_migrations.
// `before` is called once first if anything will change and the database is not empty: it takes the
// backup. Two nodes starting together: the second waits and finds nothing to do.
void migrate(Database& database, std::span<const Migration> all,
             const std::function<void(const MigrationPlan&)>& before);

}  // namespace baijin::db
