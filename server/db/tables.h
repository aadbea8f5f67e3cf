#pragma once
// What tables there are, the same for both engines: for the canonical export and its restore.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"

namespace baijin::db {

struct Column {
  std::string name;
  Cell::Type type;
};
struct TableShape {
  std::string name;
  std::vector<Column> columns;   // sorted by name
  std::vector<std::string> key;  // of the primary key, in its order
  bool identity = false;         // the database makes its ids
};

// Sorted by name. Left out: what is the engine's own or can be made anew from the rest (indexes of
// words, schema_migrations, event_seals) and the column events.tx.
std::vector<TableShape> tables(Connection& connection);

// Every row in the order of the primary key; cells in the order of `columns`, of their types.
void read_rows(Connection& connection, const TableShape& table,
               const std::function<void(const std::vector<Cell>&)>& sink);
// Puts a row back; the cells are in the order of `columns`.
void write_row(Connection& connection, const TableShape& table, const std::vector<Cell>& cells);
// Before and after rows are put back into a new database: what its migrations put there goes, the
// order need not respect references, ids go on after the greatest that was put back. Inside one
// transaction.
void begin_restore(Connection& connection);
void end_restore(Connection& connection, const std::vector<TableShape>& restored);

}  // namespace baijin::db
