#include "db/sqlite_error.h"

#include <cerrno>
#include <new>
#include <stdexcept>
#include <string>

#include "db/engines.h"

namespace baijin::db {
namespace {

Error disk_full() { return {Kind::no_space, "disk_full", "The disk of the database is full."}; }

Error read_only() { return unavailable("read_only", "The database cannot be written now."); }

// Files that cannot be opened, read or written: the system says why.
[[noreturn]] void throw_file_error(int system_error, const std::string& message) {
  switch (system_error) {
    case ENOSPC:
    case EDQUOT: throw disk_full();
    case EROFS:
    case EACCES:
    case EPERM: throw read_only();
    default: throw unavailable("database_unavailable", message);
  }
}

}  // namespace

void throw_sqlite_error(sqlite3* database, int code, std::string_view sql) {
  // SQLite's own note of errno is missing where COMMIT fails.
  const int system_error = errno != 0 ? errno : sqlite3_system_errno(database);
  const std::string message = sqlite3_errmsg(database);
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: throw conflict("already_exists");
    case SQLITE_CONSTRAINT_FOREIGNKEY: throw conflict("still_in_use");
    default: break;
  }
  switch (code & 0xff) {
    case SQLITE_FULL: throw disk_full();
    case SQLITE_READONLY:
    case SQLITE_PERM: throw read_only();
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: throw_file_error(system_error, message);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      throw unavailable("database_unavailable", "Another program is using the database.");
    case SQLITE_INTERRUPT: throw unavailable("too_slow", "The statement took too long.");
    case SQLITE_NOMEM: throw std::bad_alloc();
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: throw std::runtime_error("The database file is damaged: " + message);
    default:
      throw std::logic_error("SQLite: " + message + " in: " + std::string(sql.substr(0, 500)));
  }
}

bool breaks_sqlite_connection(int code) {
  const int primary = code & 0xff;
  return primary == SQLITE_IOERR || primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB ||
         primary == SQLITE_CANTOPEN;
}

}  // namespace baijin::db
