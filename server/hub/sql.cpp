#include "hub/sql.h"

#include <deque>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <unordered_map>

#include "hub/cursor_text.h"

namespace baijin {
namespace {

constexpr int longest_page = 200;
constexpr int usual_page = 50;

// What a query needs beyond its own parameters and those of its Where.
enum class Marker : char { user = 'u', contact = 'c' };

struct Expansion {
  std::string text;
  std::vector<Marker> markers;
};

// Everything assembled stays for ever: there are as many as there are queries × kinds of actors.
class Kept {
 public:
  const Expansion* find(const std::string& key) const {
    std::shared_lock lock(mutex_);
    auto found = map_.find(key);
    return found == map_.end() ? nullptr : &found->second;
  }
  const Expansion* keep(const std::string& key, Expansion expansion) {
    std::unique_lock lock(mutex_);
    return &map_.try_emplace(key, std::move(expansion)).first->second;
  }

 private:
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, Expansion> map_;
};

Kept& kept() {
  static Kept all;
  return all;
}

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while (at < text.size()) {
    if (!is_name(text[at])) {
      ++at;
      continue;
    }
    auto end = at;
    while (end < text.size() && is_name(text[end])) ++end;
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// Builds one expansion.
class Expander {
 public:
  Expander(const Registry& registry, const Actor& actor, const SqlRequest& request,
           std::size_t given)
      : registry_(registry), actor_(actor), request_(request), next_(given + 1) {}

  Expansion expand() {
    text_ = request_.text.text();
    if (request_.where) put_where();
    std::string_view text = text_;
    std::size_t at = 0;
    while (at < text.size()) {
      auto open = text.find('{', at);
      out_.text.append(text.substr(at, open - at));
      if (open == std::string_view::npos) break;
      auto close = text.find('}', open);
      if (close == std::string_view::npos) throw std::logic_error("'{' without '}' in SQL");
      word(text.substr(open + 1, close - open - 1), text.substr(close + 1));
      at = close + 1;
    }
    number_markers();
    if (request_.count) out_.text = "SELECT count(*) FROM (" + out_.text + ") counted";
    return std::move(out_);
  }

 private:
  // Marks for parameters whose number is known only at the end.
  static constexpr std::string_view user_mark = "\x01u", contact_mark = "\x01c";

  // The conditions stand in the text before anything is expanded: they may hold braces too.
  void put_where() {
    std::string where;
    const auto& parts = request_.where->parts();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      std::string part(parts[i]);
      if (part.find('$') != std::string::npos) {
        replace_all(part, "$", "\x02");
        replace_all(part, "\x02", "$" + std::to_string(next_++));
      }
      where += " AND " + part;
    }
    replace_all(text_, "{where}", where);
  }

  // Whether {all: …} stands where a condition belongs: beside an AND.
  bool joins(std::string_view rest) const {
    auto next = rest.find_first_not_of(" \n");
    if (next != std::string_view::npos && rest.substr(next).starts_with("AND ")) return true;
    auto before = words_of(out_.text);
    return !before.empty() && before.back() == "AND";
  }

  void word(std::string_view text, std::string_view rest) {
    auto parts = words_of(text);
    if (parts.empty()) throw std::logic_error("empty braces in SQL");
    if (parts[0] == "all") {
      if (joins(rest)) out_.text += "TRUE";
      return;
    }
    if (parts[0] == "fields" && parts.size() == 2) {
      out_.text += request_.fields->columns(parts[1]);
    } else if (parts[0] == "visible" && parts.size() == 2) {
      out_.text += rule(record_with_alias(parts[1]), std::string(parts[1]), 1);
    } else if (parts[0] == "keys") {
      if (request_.page) keys();
    } else if (parts[0] == "page") {
      if (request_.page && !request_.count) page();
    } else {
      throw std::logic_error("unknown words in SQL: {" + std::string(text) + "}");
    }
  }

  const RecordKind& record_with_alias(std::string_view alias) const {
    auto words = words_of(text_);
    for (std::size_t i = 0; i + 2 < words.size(); ++i) {
      if (words[i] != "FROM" && words[i] != "JOIN") continue;
      auto named = words[i + 2] == "AS" && i + 3 < words.size() ? words[i + 3] : words[i + 2];
      if (named != alias) continue;
      if (const auto* record = registry_.record_of_table(words[i + 1])) return *record;
    }
    throw std::logic_error("{visible " + std::string(alias) + "}: no record has this alias in " +
                           text_);
  }

  std::string rule(const RecordKind& kind, const std::string& alias, int depth) {
    if (actor_.kind == ActorKind::program) return "TRUE";
    if (actor_.kind == ActorKind::nobody) return "FALSE";
    bool staff = actor_.kind == ActorKind::staff;
    const auto& r = kind.rule;
    if (!r.follows.empty()) return followed(kind, alias, staff, depth);
    return staff ? staff_rule(r, alias) : filled(r.contact, alias);
  }

  std::string staff_rule(const RowRule& r, const std::string& alias) const {
    switch (actor_.scope) {
      case Scope::own: return filled(r.own, alias);
      case Scope::team: return filled(r.team, alias);
      case Scope::region: return filled(r.region, alias);
      case Scope::all: break;
    }
    return r.personal ? filled(r.own, alias) : "TRUE";
  }

  std::string followed(const RecordKind& kind, const std::string& alias, bool staff, int depth) {
    const auto* other = registry_.record(kind.rule.follows);
    if (!other || depth > 4) {
      throw std::logic_error("the row rule of " + std::string(kind.table.kind) +
                             " follows a record there is not");
    }
    auto inner_alias = "v" + std::to_string(depth);
    auto inner = rule(*other, inner_alias, depth + 1);
    std::string text;
    if (inner == "TRUE") {
      text = "TRUE";
    } else {
      text = "EXISTS (SELECT 1 FROM " + std::string(other->table.name) + " " + inner_alias +
             " WHERE " + inner_alias + ".id = " + alias + "." + std::string(kind.rule.by_column) +
             " AND " + inner + ")";
    }
    if (!staff && !kind.rule.contact_also.empty()) {
      text = "(" + text + " AND " + filled(kind.rule.contact_also, alias) + ")";
    }
    return text;
  }

  static std::string filled(std::string_view condition, const std::string& alias) {
    if (condition.empty()) return "FALSE";
    std::string text = "(" + std::string(condition) + ")";
    replace_all(text, "{t}", alias);
    replace_all(text, "$user", user_mark);
    replace_all(text, "$contact", contact_mark);
    return text;
  }

  void keys() {
    out_.text.append(request_.page->key->sql).append(" AS page_key, ");
    out_.text.append(request_.id_column).append(" AS page_id");
  }

  void page() {
    const auto& page = *request_.page;
    std::string key(page.key->sql), id(request_.id_column);
    if (page.after) {
      out_.text += " AND (" + key + ", " + id + ") " + (page.down ? "<" : ">") + " (\x03, \x04)";
    }
    auto direction = page.down ? " DESC" : " ASC";
    out_.text += " ORDER BY " + key + direction + ", " + id + direction + " LIMIT \x05";
  }

  void number_markers() {
    mark(user_mark, Marker::user);
    mark(contact_mark, Marker::contact);
    for (char c : {'\x03', '\x04', '\x05'}) {
      std::string place(1, c);
      if (out_.text.find(place) == std::string::npos) continue;
      replace_all(out_.text, place, "$" + std::to_string(next_++));
    }
  }

  void mark(std::string_view text, Marker marker) {
    if (out_.text.find(text) == std::string::npos) return;
    replace_all(out_.text, text, "$" + std::to_string(next_++));
    out_.markers.push_back(marker);
  }

  const Registry& registry_;
  const Actor& actor_;
  const SqlRequest& request_;
  std::size_t next_;
  std::string text_;
  Expansion out_;
};

template <class T>
void put_bytes(std::string& key, const T& value) {
  key.append(reinterpret_cast<const char*>(&value), sizeof value);
}

std::string key_of(const Registry& registry, const Actor& actor, const SqlRequest& request,
                   std::size_t given) {
  std::string key;
  key.reserve(128);
  put_bytes(key, registry.serial());
  const char* text = request.text.text().data();
  put_bytes(key, text);
  put_bytes(key, request.fields);
  key += static_cast<char>('0' + static_cast<int>(actor.kind));
  key += static_cast<char>('0' + static_cast<int>(actor.scope));
  key += static_cast<char>('0' + static_cast<int>(given));
  key += request.count ? 'n' : 'r';
  if (request.where) {
    for (auto part : request.where->parts()) {
      const char* start = part.data();
      put_bytes(key, start);
    }
  }
  if (request.page) {
    key += request.page->down ? 'd' : 'u';
    key += request.page->after ? 'a' : 'f';
    const char* sort = request.page->key->sql.data();
    put_bytes(key, sort);
  }
  return key;
}

// SQL made of a record's description, by table and what is asked of it.
template <class Make>
db::Sql made_once(std::string key, const Make& make) {
  const auto* found = kept().find(key);
  if (!found) found = kept().keep(key, {make(), {}});
  return db::Sql::assembled(found->text);
}

// Two records may share a table, each with its own fields.
std::string key_of(std::string_view what, const Table& table, const Fields& fields) {
  auto key = std::string(what) + " " + std::string(table.name) + " ";
  const auto* which = &fields;
  put_bytes(key, which);
  return key;
}

Cell integer_cell(std::int64_t value) {
  Cell cell;
  cell.set(value);
  return cell;
}

}  // namespace

db::Sql expand(const Registry& registry, const Actor& actor, const SqlRequest& request,
               Cells& parameters) {
  auto text = request.text.text();
  if (!request.count && text.find('{') == std::string_view::npos) return request.text;
  auto key = key_of(registry, actor, request, parameters.size());
  const auto* found = kept().find(key);
  if (!found) {
    Expander expander(registry, actor, request, parameters.size());
    found = kept().keep(key, expander.expand());
  }
  if (request.where) {
    const auto& parts = request.where->parts();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (parts[i].find('$') != std::string_view::npos) {
        parameters.push_back(request.where->values()[i]);
      }
    }
  }
  for (auto marker : found->markers) {
    parameters.push_back(
        integer_cell(marker == Marker::user ? actor.user.value : actor.contact.value));
  }
  if (request.page && !request.count) {
    if (request.page->after) {
      parameters.push_back(request.page->value);
      parameters.push_back(integer_cell(request.page->id));
    }
    parameters.push_back(integer_cell(request.page->limit + 1));
  }
  return db::Sql::assembled(found->text);
}

PageOrder page_order(const Paging& paging, const Sorts& sorts) {
  PageOrder order{};
  auto limit = paging.limit.value_or(usual_page);
  if (limit < 1 || limit > longest_page) throw invalid("out_of_range", "limit");
  order.limit = static_cast<int>(limit);
  std::string_view wanted = paging.sort ? std::string_view(*paging.sort) : sorts.usual;
  order.down = wanted.starts_with('-');
  if (order.down) wanted.remove_prefix(1);
  for (const auto& key : sorts.keys) {
    if (key.name == wanted) order.key = &key;
  }
  if (!order.key) throw invalid("unknown_sort", "sort");
  if (paging.cursor) {
    auto place = read_cursor(*paging.cursor, order.key->name, order.down, order.key->type);
    if (!place) throw invalid("bad_cursor", "cursor");
    order.after = true;
    order.value = std::move(place->value);
    order.id = place->id;
  }
  return order;
}

std::string page_cursor(const PageOrder& order, const Cell& value, std::int64_t id) {
  return write_cursor(order.key->name, order.down, value, id);
}

db::Sql insert_sql(const Table& table, const Fields& fields, bool with_id) {
  auto key = key_of("insert", table, fields) + (with_id ? "+" : "-");
  return made_once(std::move(key), [&] {
    std::string columns, values;
    int number = 1;
    for (const auto& field : fields.list) {
      if (field.name == "id" && !with_id) continue;
      if (!columns.empty()) columns += ", ", values += ", ";
      columns += field.name;
      values += "$" + std::to_string(number++);
    }
    return "INSERT INTO " + std::string(table.name) + " (" + columns + ") VALUES (" + values +
           ") RETURNING id";
  });
}

db::Sql update_sql(const Table& table, const Fields& fields, const std::vector<bool>& changed) {
  auto key = key_of("update", table, fields);
  for (bool bit : changed) key += bit ? '1' : '0';
  return made_once(std::move(key), [&] {
    std::string text = "UPDATE " + std::string(table.name) + " SET ";
    int number = 1;
    for (std::size_t i = 0; i < fields.list.size(); ++i) {
      if (!changed[i]) continue;
      if (number > 1) text += ", ";
      text += std::string(fields.list[i].name) + " = $" + std::to_string(number++);
    }
    text += " WHERE id = $" + std::to_string(number++);
    if (fields.find("version")) text += " AND version = $" + std::to_string(number);
    return text;
  });
}

db::Sql get_sql(const Table& table, const Fields& fields, std::string_view condition,
                std::string_view suffix) {
  auto key = key_of("get", table, fields) + std::string(condition) + " " + std::string(suffix);
  return made_once(std::move(key), [&] {
    return "SELECT " + fields.columns("t") + " FROM " + std::string(table.name) +
           " t WHERE t.id = $1 AND " + std::string(condition) + " " + std::string(suffix);
  });
}

db::Sql delete_sql(const Table& table) {
  return made_once("delete " + std::string(table.name),
                   [&] { return "DELETE FROM " + std::string(table.name) + " WHERE id = $1"; });
}

db::Sql column_sql(const Table& table, std::string_view column) {
  return made_once("column " + std::string(table.name) + " " + std::string(column), [&] {
    return "SELECT t." + std::string(column) + " FROM " + std::string(table.name) +
           " t WHERE t.id = $1";
  });
}

db::Sql visible_ids_sql(const Table& table, int count) {
  return made_once("visible " + std::string(table.name) + std::to_string(count), [&] {
    std::string text = "SELECT t.id FROM " + std::string(table.name) + " t WHERE t.id IN (";
    for (int i = 1; i <= count; ++i) text += (i > 1 ? ", $" : "$") + std::to_string(i);
    return text + ") AND {visible t}";
  });
}

db::Sql no_rows_sql(const Table& table, const Fields& fields) {
  return made_once(key_of("none", table, fields), [&] {
    return "SELECT " + fields.columns("t") + " FROM " + std::string(table.name) + " t WHERE FALSE";
  });
}

}  // namespace baijin
