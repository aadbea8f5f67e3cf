#include "db/tables.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <stdexcept>

namespace baijin::db {
namespace {

constexpr std::array left_out = {"schema_migrations", "event_seals", "sqlite_sequence"};

bool is_left_out(std::string_view table) {
  return table.starts_with("search_index") || table.starts_with("sqlite_") ||
         std::find(left_out.begin(), left_out.end(), table) != left_out.end();
}

std::vector<std::string> texts(Connection& connection, Sql sql, std::string_view parameter = {}) {
  std::vector<Cell> cells;
  if (!parameter.empty()) cells.emplace_back().set(parameter);
  std::vector<std::string> found;
  connection.run(sql, cells, [&](const Row& row) {
    Cell cell;
    row.read(0, cell);
    found.emplace_back(cell.text);
  });
  return found;
}

Sql table_names(Engine engine) {
  if (engine == Engine::sqlite) {
    return "SELECT m.name FROM sqlite_master m WHERE m.type = 'table' ORDER BY m.name";
  }
  return R"(SELECT CAST(t.table_name AS TEXT) FROM information_schema.tables t
            WHERE t.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY 1)";
}

Sql column_names(Engine engine) {
  if (engine == Engine::sqlite) {
    return "SELECT p.name, p.type FROM pragma_table_info($1) p ORDER BY p.name";
  }
  return R"(SELECT CAST(c.column_name AS TEXT), CAST(c.data_type AS TEXT)
            FROM information_schema.columns c WHERE c.table_schema = current_schema()
            AND c.table_name = $1 AND c.data_type <> 'tsvector' ORDER BY 1)";
}

Sql key_names(Engine engine) {
  if (engine == Engine::sqlite) {
    return "SELECT p.name FROM pragma_table_info($1) p WHERE p.pk > 0 ORDER BY p.pk";
  }
  return R"(SELECT CAST(k.column_name AS TEXT) FROM information_schema.table_constraints c
            JOIN information_schema.key_column_usage k ON k.constraint_name = c.constraint_name
              AND k.table_schema = c.table_schema
            WHERE c.table_schema = current_schema() AND c.constraint_type = 'PRIMARY KEY'
              AND c.table_name = $1 ORDER BY k.ordinal_position)";
}

Cell::Type type_of(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (name.starts_with("bool")) return Cell::Type::boolean;
  if (name.starts_with("double")) return Cell::Type::real;
  if (name.find("int") != std::string::npos) return Cell::Type::integer;
  return Cell::Type::text;
}

std::vector<Column> columns_of(Connection& connection, const std::string& table) {
  std::vector<Column> columns;
  Cell name_of_table;
  name_of_table.set(std::string_view(table));
  connection.run(column_names(connection.engine()), std::span(&name_of_table, 1),
                 [&](const Row& row) {
                   Cell name, type;
                   row.read(0, name);
                   row.read(1, type);
                   if (table == "events" && name.text == "tx") return;
                   columns.push_back({std::string(name.text), type_of(std::string(type.text))});
                 });
  return columns;
}

// Table and column names come from the database itself, never from anybody's input. The texts are
// kept: a statement is known by where its text stands.
Sql kept(std::string text) {
  static std::map<std::string, std::string> all;
  auto [place, fresh] = all.try_emplace(text, text);
  return Sql::assembled(place->second);
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

std::string column_list(const TableShape& table) {
  std::vector<std::string> names;
  for (const auto& column : table.columns) names.push_back("\"" + column.name + "\"");
  return joined(names);
}

}  // namespace

std::vector<TableShape> tables(Connection& connection) {
  std::vector<TableShape> found;
  for (const auto& name : texts(connection, table_names(connection.engine()))) {
    if (is_left_out(name)) continue;
    TableShape table{name, columns_of(connection, name),
                     texts(connection, key_names(connection.engine()), name), false};
    table.identity = table.key.size() == 1 && (table.key[0] == "id" || table.key[0] == "seq");
    if (table.key.empty()) throw std::logic_error("the table " + name + " has no primary key");
    found.push_back(std::move(table));
  }
  return found;
}

void read_rows(Connection& connection, const TableShape& table,
               const std::function<void(const std::vector<Cell>&)>& sink) {
  auto order = joined(table.key);
  // Texts sort by their bytes on both engines.
  if (connection.engine() == Engine::postgres) {
    std::vector<std::string> parts;
    for (const auto& name : table.key) {
      auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                 [&](const Column& c) { return c.name == name; });
      bool text = column != table.columns.end() && column->type == Cell::Type::text;
      parts.push_back("\"" + name + "\"" + (text ? " COLLATE \"C\"" : ""));
    }
    order = joined(parts);
  }
  auto sql = kept("SELECT " + column_list(table) + " FROM " + table.name + " ORDER BY " + order);
  std::vector<Cell> cells(table.columns.size());
  connection.run(sql, {}, [&](const Row& row) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      Cell raw;
      row.read(static_cast<int>(i), raw);
      auto& cell = cells[i];
      cell = Cell{};
      cell.type = table.columns[i].type;
      if (raw.null) continue;
      switch (cell.type) {
        case Cell::Type::integer: cell.set(raw.as_integer()); break;
        case Cell::Type::boolean: cell.set(raw.as_boolean()); break;
        case Cell::Type::real: cell.set(raw.as_real()); break;
        case Cell::Type::text: cell.set(raw.text); break;
      }
    }
    sink(cells);
  });
}

void write_row(Connection& connection, const TableShape& table, const std::vector<Cell>& cells) {
  std::vector<std::string> places;
  for (std::size_t i = 1; i <= cells.size(); ++i) places.push_back("$" + std::to_string(i));
  connection.run(kept("INSERT INTO " + table.name + " (" + column_list(table) + ") VALUES (" +
                      joined(places) + ")"),
                 cells, {});
}

void begin_restore(Connection& connection) {
  if (connection.engine() == Engine::sqlite) {
    connection.script("PRAGMA defer_foreign_keys = ON");
  } else {
    connection.script("SET LOCAL session_replication_role = replica");
  }
  // Migrations put rows of their own into a new database: those of the backup come instead.
  for (const auto& table : tables(connection)) {
    connection.run(kept("DELETE FROM " + table.name), {}, {});
  }
}

void end_restore(Connection& connection, const std::vector<TableShape>& restored) {
  if (connection.engine() == Engine::sqlite) return;  // its ids follow the greatest by themselves
  for (const auto& table : restored) {
    if (!table.identity) continue;
    connection.run(kept("SELECT setval(pg_get_serial_sequence('" + table.name + "', '" +
                        table.key[0] + "'), GREATEST((SELECT COALESCE(MAX(" + table.key[0] +
                        "), 0) FROM " + table.name + "), 1))"),
                   {}, {});
  }
}

}  // namespace baijin::db
