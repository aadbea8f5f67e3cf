#pragma once
// What SQLite's result codes mean in the house.
#include <sqlite3.h>

#include <string_view>

namespace baijin::db {

// Throws what `code` means, right after the call that returned it: errno says why files failed.
[[noreturn]] void throw_sqlite_error(sqlite3* database, int code, std::string_view sql);

// After these the connection's files are not to be trusted: it is closed and opened anew.
bool breaks_sqlite_connection(int code);

}  // namespace baijin::db
