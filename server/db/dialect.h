#pragma once
// Where the two engines differ, and nowhere else (architecture.md §10). Migrations and hub/sql.cpp
// expand these; modules never ask which engine they run on.
#include <string>
#include <string_view>

#include "db/database.h"

namespace baijin::db {

// Expands a migration's text:
//   {id}          the rest of an identity column: a 64-bit key made by the database, never twice
//   {event_tx}    the rest of a column that orders events of running transactions (0 on SQLite)
//   lines that begin with "@sqlite " or "@postgres " are kept, without the mark, for that engine.
std::string migration_text(std::string_view text, Engine engine);

// "FOR UPDATE OF t" where rows are locked one by one; nothing where there is one writer.
std::string_view lock_row(Engine engine);
// "FOR UPDATE SKIP LOCKED": claims a job that nobody else is at.
std::string_view lock_free_row(Engine engine);
// The condition under which an event can no longer be preceded by one not yet committed:
// TRUE, or tx < the oldest running transaction.
std::string_view event_is_settled(Engine engine);

// How many bytes the database takes, without what waits to be written into it.
Sql database_bytes(Engine engine);

// Whether schema_migrations exists: one row, one boolean.
Sql has_migrations_table(Engine engine);
// A script that makes schema_migrations unless it exists, also when two nodes do so together.
std::string_view make_migrations_table(Engine engine);
// The first script of a migration's transaction: waits, however long, until no other node migrates,
// and lets the transaction see what that node did.
std::string_view lock_migrations_table(Engine engine);

}  // namespace baijin::db
