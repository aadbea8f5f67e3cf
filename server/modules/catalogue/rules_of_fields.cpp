#include <algorithm>
#include <cmath>
#include <set>

#include "modules/catalogue/rules.h"

namespace baijin::catalogue::rules {
namespace {

namespace json = boost::json;

constexpr int longest_text = 1'000, longest_lines = 20'000;

void check_bounds(const CustomField& field, double size, std::string_view below,
                  std::string_view above) {
  if (field.min && size < *field.min) throw invalid(below);
  if (field.max && size > *field.max) throw invalid(above);
}

json::value checked_text(const CustomField& field, const json::value& value) {
  auto raw = json_text(value);
  auto text = field.kind == FieldKind::lines ? clean_lines(raw, longest_lines)
                                             : clean_line(raw, 0, longest_text);
  check_bounds(field, static_cast<double>(code_points(text)), "too_short", "too_long");
  return json::value(text);
}

std::string checked_option(const CustomField& field, const json::value& value) {
  auto key = json_text(value);
  bool known = std::any_of(field.options.begin(), field.options.end(),
                           [&](const FieldOption& option) { return option.key.value == key; });
  if (!known) throw invalid("not_a_choice");
  return std::string(key);
}

json::value checked_options(const CustomField& field, const json::value& value) {
  json::array chosen;
  std::set<std::string> seen;
  for (const auto& one : json_array(value)) {
    auto key = checked_option(field, one);
    if (!seen.insert(key).second) throw invalid("twice");
    chosen.emplace_back(key);
  }
  check_bounds(field, static_cast<double>(chosen.size()), "too_few", "too_many");
  return chosen;
}

json::value checked_number(const CustomField& field, const json::value& value) {
  auto number = json_real(value);
  if (!std::isfinite(number)) throw invalid("out_of_range");
  check_bounds(field, number, "out_of_range", "out_of_range");
  return value;
}

// The value in its normal form; throws invalid(reason).
json::value checked(const CustomField& field, const json::value& value) {
  switch (field.kind) {
    case FieldKind::text:
    case FieldKind::lines: return checked_text(field, value);
    case FieldKind::number: return checked_number(field, value);
    case FieldKind::choice: return json::value(checked_option(field, value));
    case FieldKind::multi_choice: return checked_options(field, value);
    case FieldKind::date: {
      auto date = parse_date(json_text(value));
      if (!date) throw invalid("not_a_date");
      return json::value(to_text(*date));
    }
    case FieldKind::boolean: return json_boolean(value);
    case FieldKind::link: return json::value(clean_link(json_text(value)));
  }
  throw invalid("wrong_type");
}

bool is_empty(const json::value& value) {
  if (value.is_null()) return true;
  if (const auto* text = value.if_string()) return text->empty();
  if (const auto* list = value.if_array()) return list->empty();
  return false;
}

bool has_value(const json::value& value, const std::string& wanted) {
  if (const auto* text = value.if_string()) return std::string_view(*text) == wanted;
  if (const auto* flag = value.if_bool()) return wanted == (*flag ? "true" : "false");
  if (const auto* list = value.if_array()) {
    return std::any_of(list->begin(), list->end(),
                       [&](const json::value& one) { return has_value(one, wanted); });
  }
  if (value.is_number()) {
    std::string text;
    JsonWriter(text).value(value);
    return text == wanted;
  }
  return false;
}

class Layer {
 public:
  Layer(std::span<const CustomField> fields, const JsonMap& before, const JsonMap& given,
        Audience audience, std::vector<FieldError>& errors)
      : fields_(fields), given_(given.value), audience_(audience), errors_(errors) {
    after_ = before;
  }

  JsonMap run() {
    take_given();
    for (const auto& field : fields_) settle(field);
    for (const auto& key : gone_) after_.value.erase(key);
    return std::move(after_);
  }

 private:
  const CustomField* find(std::string_view key) const {
    auto found = std::find_if(fields_.begin(), fields_.end(),
                              [&](const CustomField& field) { return field.key.value == key; });
    return found == fields_.end() ? nullptr : &*found;
  }

  bool hidden(const CustomField& field) const {
    return field.staff_only && audience_ == Audience::customer;
  }

  void wrong(std::string_view key, std::string_view reason) {
    errors_.push_back({"custom_fields." + shorten(key, 80), std::string(reason)});
  }

  void take_given() {
    for (const auto& [key, value] : given_) {
      const auto* field = find(key);
      if (!field || hidden(*field)) {
        wrong(key, "unknown_field");
      } else if (is_empty(value)) {
        after_.value.erase(key);
      } else {
        take(*field, value);
      }
    }
  }

  void take(const CustomField& field, const json::value& value) {
    try {
      after_.value[field.key.value] = checked(field, value);
    } catch (const Error& error) {
      failed_.insert(field.key.value);
      wrong(field.key.value, error.reason);
    }
  }

  // A field is shown while the one it hangs on is shown and has the value.
  bool shown(const CustomField& field, int depth = 0) const {
    if (!field.show_if || depth > 100) return true;
    const auto* master = find(field.show_if->field.value);
    if (!master || !shown(*master, depth + 1)) return false;
    const auto* value = after_.value.if_contains(master->key.value);
    return value && has_value(*value, field.show_if->equals.value);
  }

  void settle(const CustomField& field) {
    const auto& key = field.key.value;
    if (!shown(field)) {
      const auto* given = given_.if_contains(key);
      if (given && !is_empty(*given) && !hidden(field)) wrong(key, "not_shown");
      gone_.insert(key);
    } else if (field.required && !hidden(field) && !failed_.contains(key) &&
               !after_.value.contains(key)) {
      wrong(key, "required");
    }
  }

  std::span<const CustomField> fields_;
  const json::object& given_;
  Audience audience_;
  std::vector<FieldError>& errors_;
  JsonMap after_;
  std::set<std::string> failed_, gone_;
};

}  // namespace

JsonMap lay_over(std::span<const CustomField> fields, const JsonMap& before, const JsonMap& given,
                 Audience audience, std::vector<FieldError>& errors) {
  return Layer(fields, before, given, audience, errors).run();
}

}  // namespace baijin::catalogue::rules
