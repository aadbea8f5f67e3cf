#pragma once
// How one value is read and written: a codec a type, walked by the fields of a record (fields.h).
#include <boost/describe.hpp>
#include <boost/json/object.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/cell.h"
#include "base/error.h"
#include "base/id.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"

namespace baijin {

// Who reads an answer: fields named by STAFF_ONLY are left out for customers.
enum class Audience { staff, customer };

// A field of a PATCH: what was not sent stays as it is; null clears an optional.
template <class V>
struct Given {
  bool given = false;
  V value{};
  void into(V& target) const {
    if (given) target = value;
  }
};

// A free JSON object (custom field values), ≤ 64 KiB.
struct JsonMap {
  boost::json::object value;
  bool operator==(const JsonMap& other) const { return value == other.value; }
};

struct Fields;  // fields.h
template <class T>
const Fields& fields_of();

struct Codec {
  enum class Shape : std::uint8_t { integer, number, boolean, text, array, object };
  Shape shape;
  bool may_be_absent;  // absent in input leaves the default
  bool nullable;
  Cell::Type column;
  void (*write)(JsonWriter&, const void*, Audience);
  void (*parse)(void*, const boost::json::value&);  // throws Error(invalid)
  void (*store)(Cell&, const void*);
  void (*load)(void*, const Cell&);
  bool (*same)(const void*, const void*);
  void (*schema)(boost::json::object&);  // JSON Schema 2020-12 of the value
  const Fields& (*inner)();              // of the struct in it (through lists); else nullptr
};

template <class V, class = void>
struct Value;  // a specialisation a type; the primary template is undefined on purpose

// The struct a value holds, directly or in an optional or a list.
template <class V>
struct Inside {
  using Struct = V;
};
template <class V>
struct Inside<std::optional<V>> : Inside<V> {};
template <class V>
struct Inside<std::vector<V>> : Inside<V> {};
template <class V>
struct Inside<Given<V>> : Inside<V> {};

template <class V>
constexpr auto inner_fields() -> const Fields& (*)() {
  using S = typename Inside<V>::Struct;
  if constexpr (std::is_class_v<S> && boost::describe::has_describe_members<S>::value) {
    return &fields_of<S>;
  } else {
    return nullptr;
  }
}

template <class V>
const Codec& codec_of() {
  using C = Value<V>;
  static const Codec codec{
      C::shape,
      C::may_be_absent,
      C::nullable,
      C::column,
      [](JsonWriter& out, const void* value, Audience audience) {
        C::write(out, *static_cast<const V*>(value), audience);
      },
      [](void* value, const boost::json::value& input) {
        C::parse(*static_cast<V*>(value), input);
      },
      [](Cell& cell, const void* value) { C::store(cell, *static_cast<const V*>(value)); },
      [](void* value, const Cell& cell) { C::load(*static_cast<V*>(value), cell); },
      [](const void* a, const void* b) {
        return C::same(*static_cast<const V*>(a), *static_cast<const V*>(b));
      },
      [](boost::json::object& schema) { C::schema(schema); },
      inner_fields<V>()};
  return codec;
}

struct Plain {  // what most codecs share
  static constexpr bool may_be_absent = false;
  static constexpr bool nullable = false;
  static constexpr auto shape = Codec::Shape::text;
  static constexpr auto column = Cell::Type::text;
  template <class V>
  static bool same(const V& a, const V& b) {
    return a == b;
  }
};

// These throw invalid("wrong_type") and check ranges.
std::int64_t json_integer(const boost::json::value& input);
double json_real(const boost::json::value& input);
bool json_boolean(const boost::json::value& input);
std::string_view json_text(const boost::json::value& input);

// What a database handed back for a column that may not be null.
void require_value(const Cell& cell);

template <>
struct Value<bool> : Plain {
  static constexpr bool may_be_absent = true;
  static constexpr auto shape = Codec::Shape::boolean;
  static constexpr auto column = Cell::Type::boolean;
  static void write(JsonWriter& out, bool value, Audience) { out.boolean(value); }
  static void parse(bool& value, const boost::json::value& in) { value = json_boolean(in); }
  static void store(Cell& cell, bool value) { cell.set(value); }
  static void load(bool& value, const Cell& cell) { value = cell.as_boolean(); }
  static void schema(boost::json::object& out) { out["type"] = "boolean"; }
};

struct IntegerValue : Plain {
  static constexpr auto shape = Codec::Shape::integer;
  static constexpr auto column = Cell::Type::integer;
  static void schema(boost::json::object& out) {
    out["type"] = "integer";
    out["format"] = "int64";
  }
};
template <>
struct Value<std::int64_t> : IntegerValue {
  static void write(JsonWriter& out, std::int64_t value, Audience) { out.number(value); }
  static void parse(std::int64_t& v, const boost::json::value& in) { v = json_integer(in); }
  static void store(Cell& cell, std::int64_t value) { cell.set(value); }
  static void load(std::int64_t& value, const Cell& cell) { value = cell.as_integer(); }
};
template <>
struct Value<std::int32_t> : IntegerValue {
  static void write(JsonWriter& out, std::int32_t value, Audience) { out.number(value); }
  static void parse(std::int32_t& value, const boost::json::value& in);
  static void store(Cell& c, std::int32_t value) { c.set(static_cast<std::int64_t>(value)); }
  static void load(std::int32_t& value, const Cell& cell) {
    value = static_cast<std::int32_t>(cell.as_integer());
  }
};
template <>
struct Value<double> : Plain {
  static constexpr auto shape = Codec::Shape::number;
  static constexpr auto column = Cell::Type::real;
  static void write(JsonWriter& out, double value, Audience) { out.real(value); }
  static void parse(double& value, const boost::json::value& in) { value = json_real(in); }
  static void store(Cell& cell, double value) { cell.set(value); }
  static void load(double& value, const Cell& cell) { value = cell.as_real(); }
  static void schema(boost::json::object& out) { out["type"] = "number"; }
};

std::int64_t json_id(const boost::json::value& input);  // ≥ 1, else invalid("not_an_id")

template <class T>
struct Value<Id<T>> : IntegerValue {
  static void write(JsonWriter& out, Id<T> value, Audience) { out.number(value.value); }
  static void parse(Id<T>& value, const boost::json::value& in) { value.value = json_id(in); }
  static void store(Cell& cell, Id<T> value) { cell.set(value.value); }
  static void load(Id<T>& value, const Cell& cell) { value.value = cell.as_integer(); }
};
template <>
struct Value<Version> : IntegerValue {
  static void write(JsonWriter& out, Version value, Audience) { out.number(value.value); }
  static void parse(Version& value, const boost::json::value& in) { value.value = json_id(in); }
  static void store(Cell& cell, Version value) { cell.set(value.value); }
  static void load(Version& value, const Cell& cell) { value.value = cell.as_integer(); }
};
template <>
struct Value<Time> : Plain {
  static constexpr auto column = Cell::Type::integer;
  static void write(JsonWriter& out, Time value, Audience) { out.time(value); }
  static void parse(Time& value, const boost::json::value& in);
  static void store(Cell& cell, Time value) { cell.set(value.us); }
  static void load(Time& value, const Cell& cell) { value.us = cell.as_integer(); }
  static void schema(boost::json::object& out) {
    out["type"] = "string";
    out["format"] = "date-time";
  }
};
template <>
struct Value<Date> : Plain {
  static constexpr auto column = Cell::Type::integer;
  static void write(JsonWriter& out, Date value, Audience) { out.text(to_text(value)); }
  static void parse(Date& value, const boost::json::value& in);
  static void store(Cell& c, Date value) { c.set(static_cast<std::int64_t>(value.day)); }
  static void load(Date& value, const Cell& cell) {
    value.day = static_cast<std::int32_t>(cell.as_integer());
  }
  static void schema(boost::json::object& out) {
    out["type"] = "string";
    out["format"] = "date";
  }
};
// Whole seconds in JSON (name the field …_seconds), microseconds in the database.
template <>
struct Value<Duration> : IntegerValue {
  static void write(JsonWriter& out, Duration v, Audience) { out.number(v.whole_seconds()); }
  static void parse(Duration& value, const boost::json::value& in);
  static void store(Cell& cell, Duration value) { cell.set(value.us); }
  static void load(Duration& value, const Cell& cell) { value.us = cell.as_integer(); }
};
template <>
struct Value<Ref> : Plain {
  static void write(JsonWriter& out, const Ref& value, Audience) { out.text(value.text()); }
  static void parse(Ref& value, const boost::json::value& in);
  static void store(Cell& cell, const Ref& value) { cell.own(value.text()); }
  static void load(Ref& value, const Cell& cell);
  static void schema(boost::json::object& out);
};

// Plain std::string: texts of our own making. As input it takes ≤ 100,000 code points of any text.
template <>
struct Value<std::string> : Plain {
  static void write(JsonWriter& out, const std::string& value, Audience) { out.text(value); }
  static void parse(std::string& value, const boost::json::value& in) {
    value = clean_lines(json_text(in), 100'000);
  }
  static void store(Cell& cell, const std::string& v) { cell.set(std::string_view(v)); }
  static void load(std::string& value, const Cell& cell) {
    require_value(cell);
    value = cell.text;
  }
  static void schema(boost::json::object& out) { out["type"] = "string"; }
};

template <class T>
struct TextValue : Plain {
  static void write(JsonWriter& out, const T& value, Audience) { out.text(value.value); }
  static void store(Cell& cell, const T& v) { cell.set(std::string_view(v.value)); }
  static void load(T& value, const Cell& cell) {
    require_value(cell);
    value.value = cell.text;
  }
};
void text_schema(boost::json::object& out, int min, int max, std::string_view format = {});

template <int Min, int Max>
struct Value<Text<Min, Max>> : TextValue<Text<Min, Max>> {
  static void parse(Text<Min, Max>& value, const boost::json::value& in) {
    value.value = clean_line(json_text(in), Min, Max);
  }
  static void schema(boost::json::object& out) { text_schema(out, Min, Max); }
};
template <int Max>
struct Value<Lines<Max>> : TextValue<Lines<Max>> {
  static void parse(Lines<Max>& value, const boost::json::value& in) {
    value.value = clean_lines(json_text(in), Max);
  }
  static void schema(boost::json::object& out) { text_schema(out, 0, Max); }
};
std::string clean_html(std::string_view raw, int max);  // sanitise() with the length checked first
template <int Max>
struct Value<Html<Max>> : TextValue<Html<Max>> {
  static void parse(Html<Max>& value, const boost::json::value& in) {
    value.value = clean_html(json_text(in), Max);
  }
  static void schema(boost::json::object& out) { text_schema(out, 0, Max, "html"); }
};
template <>
struct Value<Email> : TextValue<Email> {
  static void parse(Email& value, const boost::json::value& in) {
    value.value = clean_email(json_text(in));
  }
  static void schema(boost::json::object& out) { text_schema(out, 3, 254, "email"); }
};
template <>
struct Value<Phone> : TextValue<Phone> {
  static void parse(Phone& value, const boost::json::value& in) {
    value.value = clean_phone(json_text(in));
  }
  static void schema(boost::json::object& out) { text_schema(out, 3, 40, "phone"); }
};
template <>
struct Value<Slug> : TextValue<Slug> {
  static void parse(Slug& value, const boost::json::value& in) {
    value.value = clean_slug(json_text(in));
  }
  static void schema(boost::json::object& out) { text_schema(out, 1, 60); }
};
template <>
struct Value<Link> : TextValue<Link> {
  static void parse(Link& value, const boost::json::value& in) {
    value.value = clean_link(json_text(in));
  }
  static void schema(boost::json::object& out) { text_schema(out, 1, 2000, "uri"); }
};
template <>
struct Value<Secret> : TextValue<Secret> {
  static void write(JsonWriter& out, const Secret&, Audience) { out.null(); }
  static void parse(Secret& value, const boost::json::value& in);  // ≤ 1,000 octets, any UTF-8
  static void schema(boost::json::object& out) { text_schema(out, 0, 1000, "password"); }
};
template <>
struct Value<JsonMap> : Plain {
  static constexpr bool may_be_absent = true;
  static constexpr auto shape = Codec::Shape::object;
  static void write(JsonWriter& out, const JsonMap& value, Audience);
  static void parse(JsonMap& value, const boost::json::value& in);
  static void store(Cell& cell, const JsonMap& value);
  static void load(JsonMap& value, const Cell& cell);
  static void schema(boost::json::object& out) { out["type"] = "object"; }
};

// Enumerations described by BOOST_DESCRIBE_ENUM: their names are the texts.
template <class E>
std::string_view name_of(E value) {
  std::string_view name;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
    if (d.value == value) name = d.name;
  });
  return name;
}
template <class E>
std::optional<E> enum_from(std::string_view text) {
  std::optional<E> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
    if (text == d.name) found = d.value;
  });
  return found;
}
[[noreturn]] void throw_bad_row(std::string_view what);
template <class E>
struct Value<E, std::enable_if_t<std::is_enum_v<E>>> : Plain {
  static void write(JsonWriter& out, E value, Audience) { out.text(name_of(value)); }
  static void parse(E& value, const boost::json::value& in) {
    auto found = enum_from<E>(json_text(in));
    if (!found) throw invalid("not_a_choice");
    value = *found;
  }
  static void store(Cell& cell, E value) { cell.set(name_of(value)); }
  static void load(E& value, const Cell& cell) {
    auto found = enum_from<E>(cell.text);
    if (!found) throw_bad_row(cell.text);
    value = *found;
  }
  static void schema(boost::json::object& out) {
    out["type"] = "string";
    boost::json::array names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto d) { names.emplace_back(d.name); });
    out["enum"] = std::move(names);
  }
};

template <class V>
struct Value<std::optional<V>> {
  using C = Value<V>;
  static constexpr bool may_be_absent = true;
  static constexpr bool nullable = true;
  static constexpr auto shape = C::shape;
  static constexpr auto column = C::column;
  static void write(JsonWriter& out, const std::optional<V>& value, Audience audience) {
    if (value) C::write(out, *value, audience);
    else out.null();
  }
  static void parse(std::optional<V>& value, const boost::json::value& in) {
    if (in.is_null()) return value.reset();
    C::parse(value.emplace(), in);
  }
  static void store(Cell& cell, const std::optional<V>& value) {
    cell.type = C::column;
    cell.null = true;
    if (value) C::store(cell, *value);
  }
  static void load(std::optional<V>& value, const Cell& cell) {
    if (cell.null) return value.reset();
    C::load(value.emplace(), cell);
  }
  static bool same(const std::optional<V>& a, const std::optional<V>& b) {
    return a.has_value() == b.has_value() && (!a || C::same(*a, *b));
  }
  static void schema(boost::json::object& out) {
    boost::json::object inner;
    C::schema(inner);
    if (inner.contains("type") && inner["type"].is_string() && !inner.contains("enum")) {
      inner["type"] = boost::json::array{inner["type"], "null"};
      for (auto& [key, value] : inner) out[key] = value;
    } else {
      out["anyOf"] = boost::json::array{inner, boost::json::object{{"type", "null"}}};
    }
  }
};

template <class V>
struct Value<Given<V>> {
  using C = Value<V>;
  static constexpr bool may_be_absent = true;
  static constexpr bool nullable = C::nullable;
  static constexpr auto shape = C::shape;
  static constexpr auto column = C::column;
  static void write(JsonWriter& out, const Given<V>& value, Audience audience) {
    C::write(out, value.value, audience);
  }
  static void parse(Given<V>& value, const boost::json::value& in) {
    C::parse(value.value, in);
    value.given = true;
  }
  static void store(Cell& cell, const Given<V>& value) { C::store(cell, value.value); }
  static void load(Given<V>& value, const Cell& cell) {
    C::load(value.value, cell);
    value.given = true;
  }
  static bool same(const Given<V>& a, const Given<V>& b) {
    return a.given == b.given && C::same(a.value, b.value);
  }
  static void schema(boost::json::object& out) { C::schema(out); }
};

}  // namespace baijin
