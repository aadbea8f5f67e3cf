#pragma once
// What PostgreSQL's SQLSTATEs mean in the house.
#include <string_view>

namespace baijin::db {

enum class PostgresTrouble {
  none,
  refused,  // the statement is at fault
  again,    // another transaction was in the way: the whole transaction may be run again
  lost,     // the connection, or the server's willingness to write, is gone
};

PostgresTrouble postgres_trouble(std::string_view sqlstate);

// Throws what `sqlstate` means. An empty one is a lost connection.
[[noreturn]] void throw_postgres_error(std::string_view sqlstate, std::string_view message,
                                       std::string_view sql);

}  // namespace baijin::db
