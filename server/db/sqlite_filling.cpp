#include "db/sqlite_filling.h"

#include <filesystem>
#include <stdexcept>

#include "db/sqlite_file.h"

namespace baijin::db {
namespace {

const Faults no_faults;

// Names come from the program and the schema, never from somebody's input (I1).
std::string in_quotes(std::string_view name) { return "\"" + std::string(name) + "\""; }

std::string text_of(SqliteConnection& connection, Sql sql, std::string_view parameter) {
  std::array<Cell, 1> parameters;
  parameters[0].set(parameter);
  std::string text;
  connection.run(sql, parameters, [&](const Row& row) {
    Cell cell;
    row.read(0, cell);
    text += cell.text;
  });
  return text;
}

// FTS5 keeps an index in tables that are named after it.
std::vector<std::string> tables_within(SqliteConnection& connection, const std::string& index) {
  std::array<Cell, 1> parameters;
  parameters[0].set(std::string_view(index));
  std::vector<std::string> tables;
  connection.run(R"(SELECT name FROM sqlite_schema WHERE type = 'table' AND
                    substr(name, 1, length($1) + 1) = $1 || '_' ORDER BY name)",
                 parameters, [&](const Row& row) {
                   Cell cell;
                   row.read(0, cell);
                   tables.emplace_back(cell.text);
                 });
  return tables;
}

// Puts what the index holds in the database at `source` in the place of what it holds here.
void carry(SqliteConnection& connection, const std::string& source, const std::string& index) {
  std::string address = sqlite_address(source, "");
  for (auto at = address.find('\''); at != address.npos; at = address.find('\'', at + 2)) {
    address.insert(at, 1, '\'');
  }
  connection.script("ATTACH '" + address + "' AS source");
  std::string script = "BEGIN;\n";
  for (const auto& table : tables_within(connection, index)) {
    script += "DELETE FROM main." + in_quotes(table) + ";\n";
    script += "INSERT INTO main." + in_quotes(table) + " SELECT * FROM source." + in_quotes(table) +
              ";\n";
  }
  connection.script(script + "COMMIT;\nDETACH source");
}

}  // namespace

SqliteFilling::SqliteFilling(std::string path) : path_(std::move(path)) {}

SqliteFilling::~SqliteFilling() {
  aside_.reset();
  std::error_code left_over;  // the next filling begins by removing it
  std::filesystem::remove(aside_path(), left_over);
}

SqliteConnection SqliteFilling::connection() const {
  return SqliteConnection(sqlite_address(path_, ""), SqliteRole::filler, no_faults, 0);
}

void SqliteFilling::put_off_indexes(std::initializer_list<std::string_view> tables) {
  auto here = connection();
  std::string drops;
  for (const auto table : tables) {
    std::array<Cell, 1> parameters;
    parameters[0].set(table);
    here.run(R"(SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = $1
                AND sql IS NOT NULL AND sql NOT LIKE 'CREATE UNIQUE %')",
             parameters, [&](const Row& row) {
               Cell name, sql;
               row.read(0, name);
               row.read(1, sql);
               drops += "DROP INDEX " + in_quotes(name.text) + ";\n";
               put_off_.emplace_back(sql.text);
             });
  }
  here.script("BEGIN;\n" + drops + "COMMIT");
}

void SqliteFilling::build_indexes() {
  auto here = connection();
  // What does not fit into the cache is sorted on other threads besides, in files.
  here.script("PRAGMA threads=2; PRAGMA cache_size=-4000; PRAGMA temp_store=DEFAULT");
  for (const auto& index : put_off_) here.script(index);
  put_off_.clear();
}

Database& SqliteFilling::set_aside(std::string_view index) {
  if (aside_) throw std::logic_error("another index is set aside already");
  index_ = index;
  auto made_by = [&] {
    auto here = connection();
    return text_of(here, "SELECT sql FROM sqlite_schema WHERE name = $1", index);
  }();
  // Merging a large index is one statement, and takes as long as it takes.
  aside_ = Database::open({.url = "sqlite:" + aside_path(), .statement_ms = 0, .filling = true});
  SqliteConnection there(sqlite_address(aside_path(), ""), SqliteRole::filler, no_faults, 0);
  there.script(made_by);
  carry(there, path_, index_);
  return *aside_;
}

void SqliteFilling::bring_back() {
  aside_.reset();  // waits for its writer
  auto here = connection();
  carry(here, aside_path(), index_);
  std::filesystem::remove(aside_path());
}

}  // namespace baijin::db
