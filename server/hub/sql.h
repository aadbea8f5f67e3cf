#pragma once
// Queries are SQL one can read, with a few words in braces that the kernel expands:
//   {visible t}   the actor's row rule for the table with alias t
//   {all: why}    nothing: this SELECT may see every row, and says why (tools/tidy asks for it)
//   {fields t}    the columns of the record asked for, in the order of FIELDS
//   {where}       " AND …" of the conditions collected in a Where
//   {page}        keyset condition, ORDER BY and LIMIT of a page; {keys} its columns in SELECT
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "db/database.h"
#include "hub/actor.h"
#include "hub/registry.h"

namespace baijin {

template <class P>
void bind(Cell& cell, const P& parameter) {
  if constexpr (std::is_convertible_v<const P&, std::string_view> &&
                !std::is_same_v<P, std::string>) {
    cell.set(std::string_view(parameter));
  } else {
    Value<P>::store(cell, parameter);
  }
}
using Cells = std::vector<Cell>;

// Conditions that apply only when asked for. `$` in a condition stands for its one value.
class Where {
 public:
  template <class V>
  Where& when(const std::optional<V>& value, db::Sql condition) {
    if (value) with(condition, *value);
    return *this;
  }
  template <class V>
  Where& with(db::Sql condition, const V& value) {
    parts_.push_back(condition.text());
    Cell cell;
    bind(cell, value);
    if (!cell.null && cell.type == Cell::Type::text) cell.own(std::string(cell.text));
    values_.push_back(std::move(cell));
    return *this;
  }
  Where& and_also(db::Sql condition) {  // a condition without a value
    parts_.push_back(condition.text());
    values_.emplace_back();
    return *this;
  }
  const std::vector<std::string_view>& parts() const { return parts_; }
  const Cells& values() const { return values_; }

 private:
  std::vector<std::string_view> parts_;
  Cells values_;
};

// A key a list can be sorted by: an expression that is never NULL.
struct SortKey {
  std::string_view name;  // as in ?sort=created_at or ?sort=-created_at
  std::string_view sql;   // "t.created_at"
  Cell::Type type = Cell::Type::integer;
};
struct Sorts {
  std::string_view id_column;  // "t.id": makes the order total
  std::string_view usual;      // "-created_at": when none is asked for
  std::vector<SortKey> keys;
};

struct Paging {
  std::optional<std::int64_t> limit;  // 1 … 200, usually 50
  std::optional<std::string> cursor;  // `next` of the page before
  std::optional<std::string> sort;
  bool count = false;
};
FIELDS(Paging, limit, cursor, sort, count)

template <class T>
struct Page {
  std::vector<T> items;
  std::optional<std::string> next;
  std::optional<std::int64_t> total;
};

// How one page is asked of the database.
struct PageOrder {
  const SortKey* key;
  bool down;
  int limit;
  bool after = false;  // a cursor was given: values below
  Cell value;
  std::int64_t id = 0;
};
// Throws invalid("unknown_sort" | "bad_cursor" | "out_of_range").
PageOrder page_order(const Paging& paging, const Sorts& sorts);
std::string page_cursor(const PageOrder& order, const Cell& value, std::int64_t id);

struct SqlRequest {
  db::Sql text;
  const Fields* fields = nullptr;
  const Where* where = nullptr;
  const PageOrder* page = nullptr;
  std::string_view id_column = {};
  bool count = false;  // wrap into SELECT count(*)
};

// Expands a query for an actor and appends to `parameters` what it needs beyond those given.
db::Sql expand(const Registry& registry, const Actor& actor, const SqlRequest& request,
               Cells& parameters);

// "INSERT INTO …", "UPDATE … SET <changed>", "SELECT … FROM … WHERE id" of a record; kept by kind.
db::Sql insert_sql(const Table& table, const Fields& fields, bool with_id);
db::Sql update_sql(const Table& table, const Fields& fields, const std::vector<bool>& changed);
db::Sql get_sql(const Table& table, const Fields& fields, std::string_view condition,
                std::string_view suffix);
db::Sql delete_sql(const Table& table);
db::Sql column_sql(const Table& table, std::string_view column);  // one column by id
db::Sql visible_ids_sql(const Table& table, int count);           // with {visible t}, for expand()
db::Sql no_rows_sql(const Table& table, const Fields& fields);    // names every column

}  // namespace baijin
