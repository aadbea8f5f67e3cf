#include "db/postgres_error.h"

#include <stdexcept>
#include <string>

#include "db/engines.h"

namespace baijin::db {

PostgresTrouble postgres_trouble(std::string_view sqlstate) {
  if (sqlstate == "40001" || sqlstate == "40P01") return PostgresTrouble::again;
  // 25006: the server became a standby, so another one is the primary now. 0A000 and 26000: what
  // was prepared here is no longer what the server knows (another node migrated). A new connection
  // is right for all of them. 25P03: idle in a transaction for too long.
  if (sqlstate.empty() || sqlstate == "25006" || sqlstate == "0A000" || sqlstate == "26000" ||
      sqlstate == "25P03" || sqlstate.starts_with("08") || sqlstate.starts_with("57P")) {
    return PostgresTrouble::lost;
  }
  return PostgresTrouble::refused;
}

void throw_postgres_error(std::string_view sqlstate, std::string_view message,
                          std::string_view sql) {
  if (sqlstate == "23505") throw conflict("already_exists");
  if (sqlstate == "23503") throw conflict("still_in_use");
  if (sqlstate == "53100") throw Error(Kind::no_space, "disk_full", "The database's disk is full.");
  if (sqlstate == "25006") throw unavailable("read_only", "The database cannot be written now.");
  if (sqlstate == "57014" || sqlstate == "55P03" ||
      postgres_trouble(sqlstate) == PostgresTrouble::again) {
    throw unavailable("too_slow", "The statement took or waited too long.");
  }
  const std::string text(message);
  // 53: out of memory or connections. 58: the server's own files cannot be read or written.
  if ((postgres_trouble(sqlstate) == PostgresTrouble::lost && sqlstate != "0A000") ||
      sqlstate.starts_with("53") || sqlstate.starts_with("58")) {
    throw unavailable("database_unavailable", "PostgreSQL cannot be reached or is busy.");
  }
  if (sqlstate.starts_with("XX")) throw std::runtime_error("PostgreSQL is damaged: " + text);
  throw std::logic_error("PostgreSQL: " + text + " in: " + std::string(sql.substr(0, 500)));
}

}  // namespace baijin::db
