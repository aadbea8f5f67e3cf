#include "main/canonical.h"

#include <sodium.h>

#include <algorithm>
#include <fstream>
#include <istream>
#include <ostream>
#include <set>
#include <stdexcept>

#include "base/json.h"
#include "db/tables.h"

namespace baijin {
namespace {

constexpr int base64 = sodium_base64_VARIANT_ORIGINAL;

std::string to_base64(const std::string& bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), base64), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), base64);
  text.pop_back();
  return text;
}

std::string from_base64(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &length, nullptr, base64) != 0) {
    throw std::runtime_error("a blob is not base64");
  }
  bytes.resize(length);
  return bytes;
}

void write_cell(JsonWriter& out, const Cell& cell) {
  if (cell.null) return out.null();
  switch (cell.type) {
    case Cell::Type::integer: return out.number(cell.integer);
    case Cell::Type::boolean: return out.boolean(cell.integer != 0);
    case Cell::Type::real: return out.real(cell.real);
    case Cell::Type::text: return out.text(cell.text);
  }
}

Cell cell_from(const boost::json::value& value, Cell::Type type) {
  Cell cell;
  cell.type = type;
  if (value.is_null()) return cell;
  switch (type) {
    case Cell::Type::integer: cell.set(value.to_number<std::int64_t>()); break;
    case Cell::Type::boolean: cell.set(value.as_bool()); break;
    case Cell::Type::real: cell.set(value.to_number<double>()); break;
    case Cell::Type::text: cell.own(std::string(value.as_string())); break;
  }
  return cell;
}

void write_blobs(Hub& hub, std::ostream& out) {
  std::set<std::string> hashes;
  hub.blobs().each([&](std::string_view hash) { hashes.emplace(hash); });
  for (const auto& hash : hashes) {
    if (!hub.blobs().intact(hash)) {
      throw std::runtime_error("the file " + hash + " is damaged; run `baijin check`");
    }
    std::ifstream file(hub.blobs().path_of(hash), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    std::string line;
    JsonWriter json(line);
    json.begin_object();
    json.key("blob");
    json.text(hash);
    json.key("base64");
    json.text(to_base64(bytes));
    json.end_object();
    out << line << '\n';
  }
}

void restore_row(db::Connection& connection, const db::TableShape& table,
                 const boost::json::object& row) {
  std::vector<Cell> cells;
  for (const auto& column : table.columns) {
    cells.push_back(cell_from(row.at(column.name), column.type));
  }
  if (row.size() != cells.size()) throw std::runtime_error("unknown columns of " + table.name);
  db::write_row(connection, table, cells);
}

}  // namespace

void write_canonical(Hub& hub, std::ostream& out, bool with_blobs,
                     const std::function<void(double)>& progress) {
  hub.database().read([&](db::Connection& connection) {
    auto shapes = db::tables(connection);
    std::size_t done = 0;
    for (const auto& table : shapes) {
      db::read_rows(connection, table, [&](const std::vector<Cell>& cells) {
        std::string line;
        JsonWriter json(line);
        json.begin_object();
        json.key("table");
        json.text(table.name);
        json.key("row");
        json.begin_object();
        for (std::size_t i = 0; i < cells.size(); ++i) {
          json.key(table.columns[i].name);
          write_cell(json, cells[i]);
        }
        json.end_object();
        json.end_object();
        out << line << '\n';
      });
      progress(static_cast<double>(++done) / static_cast<double>(shapes.size() + 1));
    }
  });
  if (with_blobs) write_blobs(hub, out);
  progress(1);
}

void read_canonical(Hub& hub, std::istream& in, const std::function<void(double)>& progress) {
  auto start = in.tellg();
  in.seekg(0, std::ios::end);
  auto size = static_cast<double>(in.tellg() - start);
  in.seekg(start);
  hub.database().write_now([&](db::Connection& connection) {
    in.clear();
    in.seekg(start);  // PostgreSQL may run this again
    auto shapes = db::tables(connection);
    db::begin_restore(connection);
    std::string line;
    for (std::int64_t number = 1; std::getline(in, line); ++number) {
      try {
        const auto value = boost::json::parse(line);
        const auto& object = value.as_object();
        if (const auto* blob = object.if_contains("blob")) {
          auto hash = hub.blobs().store(from_base64(object.at("base64").as_string()));
          if (hash != blob->as_string()) throw std::runtime_error("a blob has not its hash");
          continue;
        }
        auto shape = std::find_if(shapes.begin(), shapes.end(), [&](const auto& table) {
          return table.name == object.at("table").as_string();
        });
        if (shape == shapes.end()) throw std::runtime_error("unknown table");
        restore_row(connection, *shape, object.at("row").as_object());
      } catch (const std::exception& problem) {
        throw std::runtime_error("line " + std::to_string(number) + ": " + problem.what());
      }
      if (number % 1'000 == 0) progress(static_cast<double>(in.tellg() - start) / size);
    }
    db::end_restore(connection, shapes);
  });
  progress(1);
}

}  // namespace baijin
