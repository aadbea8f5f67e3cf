#pragma once
// A record is described once: FIELDS(Plan, id, customer, name) makes a run-time list of fields that
// ordinary functions walk: JSON in and out, rows in and out, OpenAPI, spreadsheets.
// A field that is not named does not compile; a column that is missing stops the start.
#include <array>
#include <boost/pfr/tuple_size.hpp>
#include <span>

#include "base/codecs.h"

namespace baijin {

struct Field {
  std::string_view name;
  std::size_t place;  // bytes from the start of the record
  const Codec* codec;
  bool staff_only;
  const void* in(const void* record) const { return static_cast<const char*>(record) + place; }
  void* in(void* record) const { return static_cast<char*>(record) + place; }
};

struct Fields {
  std::string_view name;  // of the record type: "Ticket"
  std::vector<Field> list;
  std::string columns(std::string_view alias) const;  // "t.id, t.version, …"
  const Field* find(std::string_view name) const;
};

struct Table {
  std::string_view kind;  // "ticket": what a Ref says
  std::string_view name;  // "tickets"
};

void write_json(JsonWriter& out, const Fields& fields, const void* record, Audience audience);
// Fills a record; unknown and missing names, wrong types and limits are collected into one
// Error invalid("invalid_fields") whose fields say where. A struct inside a struct is walked too.
void parse_fields(void* record, const Fields& fields, const boost::json::value& input);
boost::json::object schema_of(const Fields& fields);

// Lists and structs inside records: JSON arrays and objects; TEXT holding JSON in the database.
inline constexpr std::size_t longest_list = 1'000;
const boost::json::array& json_array(const boost::json::value& input);
boost::json::value stored_json(const Cell& cell);  // throws std::runtime_error for a broken row
// Runs parse for element `index`, putting "index." before the names of its field errors.
void parse_element(std::size_t index, const Codec& codec, void* value,
                   const boost::json::value& input);

template <class V>
struct Value<std::vector<V>> {
  using C = Value<V>;
  static constexpr bool may_be_absent = true;
  static constexpr bool nullable = false;
  static constexpr auto shape = Codec::Shape::array;
  static constexpr auto column = Cell::Type::text;
  static void write(JsonWriter& out, const std::vector<V>& list, Audience audience) {
    out.begin_array();
    for (const auto& value : list) C::write(out, value, audience);
    out.end_array();
  }
  static void parse(std::vector<V>& list, const boost::json::value& in) {
    list.clear();
    for (const auto& element : json_array(in)) {
      auto& value = list.emplace_back();
      parse_element(list.size() - 1, codec_of<V>(), &value, element);
    }
  }
  static void store(Cell& cell, const std::vector<V>& list) {
    std::string json;
    JsonWriter out(json);
    write(out, list, Audience::staff);
    cell.own(std::move(json));
  }
  static void load(std::vector<V>& list, const Cell& cell) {
    require_value(cell);
    if (cell.text == "[]") return list.clear();
    parse(list, stored_json(cell));
  }
  static bool same(const std::vector<V>& a, const std::vector<V>& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!C::same(a[i], b[i])) return false;
    }
    return true;
  }
  static void schema(boost::json::object& out) {
    boost::json::object items;
    C::schema(items);
    out["type"] = "array";
    out["maxItems"] = longest_list;
    out["items"] = std::move(items);
  }
};

bool same_fields(const Fields& fields, const void* a, const void* b);
void store_struct(Cell& cell, const Fields& fields, const void* record);
// {"$ref": "#/components/schemas/NAME"}
void reference_schema(boost::json::object& out, const Fields& fields);

template <class T>
inline constexpr bool is_record =
    std::is_class_v<T>&& boost::describe::has_describe_members<T>::value;

template <class T>
struct Value<T, std::enable_if_t<is_record<T>>> {
  static constexpr bool may_be_absent = false;
  static constexpr bool nullable = false;
  static constexpr auto shape = Codec::Shape::object;
  static constexpr auto column = Cell::Type::text;
  static void write(JsonWriter& out, const T& value, Audience audience) {
    write_json(out, fields_of<T>(), &value, audience);
  }
  static void parse(T& value, const boost::json::value& in) {
    parse_fields(&value, fields_of<T>(), in);
  }
  static void store(Cell& cell, const T& value) { store_struct(cell, fields_of<T>(), &value); }
  static void load(T& value, const Cell& cell) { parse(value, stored_json(cell)); }
  static bool same(const T& a, const T& b) { return same_fields(fields_of<T>(), &a, &b); }
  static void schema(boost::json::object& out) { reference_schema(out, fields_of<T>()); }
};

// ── the list of a record ──────────────────────────────────────────────────────────────────────

template <class T>
constexpr std::array<std::string_view, 0> staff_only_fields(const T*) {
  return {};
}

template <class T>
const Fields& fields_of() {
  using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
  static_assert(boost::mp11::mp_size<Members>::value == boost::pfr::tuple_size_v<T>,
                "FIELDS must name every field of the record");
  static const Fields fields = [] {
    Fields made;
    made.name = record_name(static_cast<const T*>(nullptr));
    auto hidden = staff_only_fields(static_cast<const T*>(nullptr));
    boost::mp11::mp_for_each<Members>([&](auto d) {
      using V = std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>;
      alignas(T) static char space[sizeof(T)];
      auto* record = reinterpret_cast<T*>(space);
      auto place = reinterpret_cast<char*>(&(record->*d.pointer)) - space;
      bool staff_only = false;
      for (auto name : hidden) staff_only = staff_only || name == d.name;
      made.list.push_back({d.name, static_cast<std::size_t>(place), &codec_of<V>(), staff_only});
    });
    return made;
  }();
  return fields;
}

template <class T>
std::string to_json(const T& value, Audience audience = Audience::staff) {
  std::string text;
  JsonWriter out(text);
  Value<T>::write(out, value, audience);
  return text;
}
template <class T>
T from_json(const boost::json::value& input) {
  T value{};
  Value<T>::parse(value, input);
  return value;
}

}  // namespace baijin

// After the struct, in its namespace. The order is the order of columns and JSON.
#define FIELDS(T, ...)                        \
  BOOST_DESCRIBE_STRUCT(T, (), (__VA_ARGS__)) \
  constexpr std::string_view record_name(const T*) { return #T; }
// The record's kind in a Ref and its table.
#define TABLE(T, KIND, NAME) \
  constexpr ::baijin::Table table_of(const T*) { return {KIND, NAME}; }
// Names (as strings) of fields that customers never receive.
#define STAFF_ONLY(T, ...)                                 \
  constexpr auto staff_only_fields(const T*) {             \
    return std::to_array<std::string_view>({__VA_ARGS__}); \
  }
