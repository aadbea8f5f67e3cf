#pragma once
// The database as a file: looked at before it is used, and copied.
#include <functional>
#include <string>

#include "db/sqlite_connection.h"

namespace baijin::db {

// "file:" with what SQLite would take for a part of the address escaped.
std::string sqlite_address(const std::string& path, std::string_view query);

// Throws std::runtime_error when `path` exists and is no healthy SQLite file. Changes nothing,
// makes no file beside it. Small files are read in full, larger ones as far as the tables' list.
void inspect_sqlite_file(const std::string& path);

// An empty file only its owner can read, unless there is one already.
void make_sqlite_file(const std::string& path);
// Takes away a file and what SQLite may have left beside it.
void remove_sqlite_file(const std::string& path);

// Copies what `source` sees now to a new file at `path`; replaces one there when all is written.
void copy_sqlite(SqliteConnection& source, const std::string& path,
                 const std::function<void(double)>& progress);

// What SQLite finds wrong, a line each; empty when all is well.
std::string sqlite_integrity(SqliteConnection& connection);

}  // namespace baijin::db
