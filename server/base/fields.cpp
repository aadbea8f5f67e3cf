#include "base/fields.h"

#include <boost/json/serialize.hpp>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "base/html.h"

namespace baijin {
namespace json = boost::json;

namespace {

template <class N>
N number_from(std::string_view text) {
  N value{};
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) throw_bad_row(text);
  return value;
}

void add_errors(Error& all, std::string_view place, const Error& one) {
  std::string prefix(place);
  if (one.fields.empty()) all.fields.push_back({prefix, one.reason});
  for (const auto& field : one.fields) {
    all.fields.push_back({field.field.empty() ? prefix : prefix + "." + field.field, field.reason});
  }
}

}  // namespace

std::int64_t Cell::as_integer() const {
  require_value(*this);
  if (type == Type::text) return number_from<std::int64_t>(text);
  if (type == Type::real) return static_cast<std::int64_t>(real);
  return integer;
}

double Cell::as_real() const {
  require_value(*this);
  if (type == Type::text) return number_from<double>(text);
  return type == Type::real ? real : static_cast<double>(integer);
}

bool Cell::as_boolean() const {
  require_value(*this);
  if (type == Type::text) return text == "t" || text == "1";
  return integer != 0;
}

void require_value(const Cell& cell) {
  if (cell.null) throw_bad_row("null where a value belongs");
}

void throw_bad_row(std::string_view what) {
  throw std::runtime_error("the database holds a value the program does not know: " +
                           shorten(what, 80));
}

std::string Fields::columns(std::string_view alias) const {
  std::string text;
  for (const auto& field : list) {
    if (!text.empty()) text += ", ";
    text.append(alias).append(".").append(field.name);
  }
  return text;
}

const Field* Fields::find(std::string_view wanted) const {
  for (const auto& field : list) {
    if (field.name == wanted) return &field;
  }
  return nullptr;
}

void write_json(JsonWriter& out, const Fields& fields, const void* record, Audience audience) {
  out.begin_object();
  for (const auto& field : fields.list) {
    if (field.staff_only && audience == Audience::customer) continue;
    out.key(field.name);
    field.codec->write(out, field.in(record), audience);
  }
  out.end_object();
}

void parse_fields(void* record, const Fields& fields, const json::value& input) {
  const auto* object = input.if_object();
  if (!object) throw invalid("wrong_type");
  Error all(Kind::invalid, "invalid_fields");
  std::size_t found = 0;
  for (const auto& field : fields.list) {
    const auto* value = object->if_contains(field.name);
    if (!value) {
      if (!field.codec->may_be_absent) all.fields.push_back({std::string(field.name), "required"});
      continue;
    }
    ++found;
    try {
      field.codec->parse(field.in(record), *value);
    } catch (const Error& error) {
      add_errors(all, field.name, error);
    }
  }
  if (found != object->size()) {
    for (const auto& [name, value] : *object) {
      if (!fields.find(name)) all.fields.push_back({shorten(name, 80), "unknown_field"});
    }
  }
  if (!all.fields.empty()) throw all;
}

json::object schema_of(const Fields& fields) {
  json::object properties;
  json::array required;
  for (const auto& field : fields.list) {
    json::object schema;
    field.codec->schema(schema);
    if (field.staff_only) schema["description"] = "for staff only";
    properties[field.name] = std::move(schema);
    if (!field.codec->may_be_absent) required.emplace_back(field.name);
  }
  json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

std::int64_t json_integer(const json::value& input) {
  if (const auto* number = input.if_int64()) return *number;
  if (input.is_uint64()) throw invalid("out_of_range");
  if (const auto* real = input.if_double()) {
    // 3.0 is an integer, as in JSON Schema; beyond 2^53 a double cannot tell its neighbours apart.
    if (std::abs(*real) <= 9'007'199'254'740'992.0 && *real == std::trunc(*real)) {
      return static_cast<std::int64_t>(*real);
    }
    if (std::abs(*real) >= 9.2e18) throw invalid("out_of_range");
  }
  throw invalid("wrong_type");
}

double json_real(const json::value& input) {
  if (input.is_double()) return input.get_double();
  return static_cast<double>(json_integer(input));
}

bool json_boolean(const json::value& input) {
  if (!input.is_bool()) throw invalid("wrong_type");
  return input.get_bool();
}

std::string_view json_text(const json::value& input) {
  if (!input.is_string()) throw invalid("wrong_type");
  return input.get_string();
}

std::int64_t json_id(const json::value& input) {
  auto id = json_integer(input);
  if (id < 1) throw invalid("not_an_id");
  return id;
}

void Value<std::int32_t>::parse(std::int32_t& value, const json::value& in) {
  auto wide = json_integer(in);
  if (wide < INT32_MIN || wide > INT32_MAX) throw invalid("out_of_range");
  value = static_cast<std::int32_t>(wide);
}

void Value<Time>::parse(Time& value, const json::value& in) {
  auto time = parse_time(json_text(in));
  if (!time) throw invalid("not_a_time");
  value = *time;
}

void Value<Date>::parse(Date& value, const json::value& in) {
  auto date = parse_date(json_text(in));
  if (!date) throw invalid("not_a_date");
  value = *date;
}

void Value<Duration>::parse(Duration& value, const json::value& in) {
  auto whole = json_integer(in);
  if (whole < 0 || whole > 100LL * 366 * 86'400) throw invalid("out_of_range");
  value = seconds(whole);
}

void Value<Ref>::parse(Ref& value, const json::value& in) {
  auto ref = parse_ref(json_text(in));
  if (!ref) throw invalid("not_a_reference");
  value = *ref;
}

void Value<Ref>::load(Ref& value, const Cell& cell) {
  auto ref = parse_ref(cell.text);
  if (!ref) throw_bad_row(cell.text);
  value = *ref;
}

void Value<Ref>::schema(json::object& out) {
  out["type"] = "string";
  out["pattern"] = "^[a-z_]+:[1-9][0-9]*$";
}

void text_schema(json::object& out, int min, int max, std::string_view format) {
  out["type"] = "string";
  if (min > 0) out["minLength"] = min;
  out["maxLength"] = max;
  if (!format.empty()) out["format"] = format;
}

std::string clean_html(std::string_view raw, int max) {
  if (!is_utf8(raw)) throw invalid("not_unicode");
  if (code_points(raw) > max) throw invalid("too_long");
  auto safe = sanitise(raw);
  if (code_points(safe.html) > 2LL * max) throw invalid("too_long");
  return std::move(safe.html);
}

void Value<Secret>::parse(Secret& value, const json::value& in) {
  auto text = json_text(in);
  if (text.size() > 1'000) throw invalid("too_long");
  value.value = text;
}

void Value<JsonMap>::write(JsonWriter& out, const JsonMap& map, Audience) { out.object(map.value); }

void Value<JsonMap>::parse(JsonMap& map, const json::value& in) {
  const auto* object = in.if_object();
  if (!object) throw invalid("wrong_type");
  if (json::serialize(*object).size() > 65'536) throw invalid("too_long");
  map.value = *object;
}

void Value<JsonMap>::store(Cell& cell, const JsonMap& map) {
  cell.own(map.value.empty() ? "{}" : json::serialize(map.value));
}

void Value<JsonMap>::load(JsonMap& map, const Cell& cell) {
  require_value(cell);
  if (cell.text == "{}") return map.value.clear();
  map.value = stored_json(cell).as_object();
}

const json::array& json_array(const json::value& input) {
  const auto* array = input.if_array();
  if (!array) throw invalid("wrong_type");
  if (array->size() > longest_list) throw invalid("too_many");
  return *array;
}

json::value stored_json(const Cell& cell) {
  require_value(cell);
  try {
    return parse_json(cell.text);
  } catch (const Error&) {
    throw_bad_row(cell.text);
  }
}

void parse_element(std::size_t index, const Codec& codec, void* value, const json::value& input) {
  try {
    codec.parse(value, input);
  } catch (const Error& error) {
    Error placed(Kind::invalid, "invalid_fields");
    add_errors(placed, std::to_string(index), error);
    throw placed;
  }
}

bool same_fields(const Fields& fields, const void* a, const void* b) {
  for (const auto& field : fields.list) {
    if (!field.codec->same(field.in(a), field.in(b))) return false;
  }
  return true;
}

void store_struct(Cell& cell, const Fields& fields, const void* record) {
  std::string text;
  JsonWriter out(text);
  write_json(out, fields, record, Audience::staff);
  cell.own(std::move(text));
}

void reference_schema(json::object& out, const Fields& fields) {
  out["$ref"] = "#/components/schemas/" + std::string(fields.name);
}

}  // namespace baijin
