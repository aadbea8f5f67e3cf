// Custom fields: their definitions, and the values tickets have of them.
#include <algorithm>

#include "modules/catalogue/routes.h"
#include "modules/catalogue/rules.h"

namespace baijin::catalogue {
namespace {

std::vector<CustomField> active_fields(Reader& reader) {
  return reader.list<CustomField>(
      "SELECT {fields f} FROM custom_fields f "
      "WHERE {all: what a ticket owes is checked whoever fills it in} AND f.active = TRUE "
      "ORDER BY f.sort, f.id");
}

bool applies(const CustomField& field, Id<ServiceType> type,
             std::optional<Id<products::Product>> product) {
  const auto& types = field.service_types;
  const auto& wanted = field.products;
  bool by_type = types.empty() || std::find(types.begin(), types.end(), type) != types.end();
  bool by_product = wanted.empty() ||
                    (product && std::find(wanted.begin(), wanted.end(), *product) != wanted.end());
  return by_type && by_product;
}

std::vector<CustomField> applying(std::vector<CustomField> fields, Id<ServiceType> type,
                                  std::optional<Id<products::Product>> product) {
  std::erase_if(fields, [&](const auto& field) { return !applies(field, type, product); });
  return fields;
}

void check_definition(Reader& reader, const CustomField& field) {
  for (auto type : field.service_types) {
    if (!reader.find(type)) throw invalid("unknown_service_type", "service_types");
  }
  for (auto product : field.products) {
    if (!reader.sees({"product", product.value})) throw invalid("unknown_product", "products");
  }
  auto others = active_fields(reader);
  std::erase_if(others, [&](const CustomField& other) { return other.id == field.id; });
  rules::refuse("invalid_fields", rules::field_problems(field, others));
}

}  // namespace

JsonMap check_custom_fields(Reader& reader, Id<ServiceType> type,
                            std::optional<Id<products::Product>> product, const JsonMap& before,
                            const JsonMap& given, Audience audience) {
  auto fields = applying(active_fields(reader), type, product);
  std::vector<FieldError> errors;
  auto after = rules::lay_over(fields, before, given, audience, errors);
  rules::refuse("invalid_fields", std::move(errors));
  return after;
}

std::vector<CustomField> customer_fields_of(Reader& reader, Id<ServiceType> type) {
  auto fields = applying(active_fields(reader), type, {});
  std::erase_if(fields, [](const auto& field) { return field.staff_only; });
  return fields;
}

JsonMap shown_custom_fields(Reader& reader, const JsonMap& values, Audience audience) {
  if (audience == Audience::staff || values.value.empty()) return values;
  JsonMap shown;
  for (const auto& field : active_fields(reader)) {
    if (field.staff_only) continue;
    if (const auto* value = values.value.if_contains(field.key.value)) {
      shown.value[field.key.value] = *value;
    }
  }
  return shown;
}

std::vector<CustomField> list_custom_fields(Reader& reader, const CustomFieldFilter& filter) {
  Where where;
  if (!reader.actor().staff()) where.and_also("f.active = TRUE");
  where.when(filter.active, "f.active = $");
  auto fields = reader.list_where<CustomField>(
      "SELECT {fields f} FROM custom_fields f WHERE {visible f} {where} ORDER BY f.sort, f.id",
      where);
  std::erase_if(fields, [&](const CustomField& field) {
    if (filter.service_type) return !applies(field, *filter.service_type, filter.product);
    const auto& wanted = field.products;
    return filter.product && !wanted.empty() &&
           std::find(wanted.begin(), wanted.end(), *filter.product) == wanted.end();
  });
  return fields;
}

CustomField get_custom_field(Reader& reader, Id<CustomField> id) { return reader.get(id); }

CustomField add_custom_field(Change& change, const NewCustomField& input) {
  CustomField field;
  field.key = input.key;
  field.label_zh = input.label_zh;
  field.label_en = input.label_en;
  field.hint_zh = input.hint_zh;
  field.hint_en = input.hint_en;
  field.kind = input.kind;
  field.options = input.options;
  field.required = input.required;
  field.staff_only = input.staff_only;
  field.service_types = input.service_types;
  field.products = input.products;
  field.show_if = input.show_if;
  field.min = input.min;
  field.max = input.max;
  field.sort = input.sort.value_or(0);
  check_definition(change, field);
  change.add(field);
  change.tell("catalogue.custom_field_added", field);
  return field;
}

CustomField change_custom_field(Change& change, Id<CustomField> id, const CustomFieldPatch& input) {
  auto field = change.take(id);
  input.label_zh.into(field.label_zh);
  input.label_en.into(field.label_en);
  input.hint_zh.into(field.hint_zh);
  input.hint_en.into(field.hint_en);
  input.options.into(field.options);
  input.required.into(field.required);
  input.staff_only.into(field.staff_only);
  input.service_types.into(field.service_types);
  input.products.into(field.products);
  input.show_if.into(field.show_if);
  input.min.into(field.min);
  input.max.into(field.max);
  input.sort.into(field.sort);
  input.active.into(field.active);
  check_definition(change, field);
  change.save(field);
  change.tell("catalogue.custom_field_changed", field);
  return field;
}

void remove_custom_field(Change& change, Id<CustomField> id) {
  auto field = change.take(id);
  change.remove(field);
  change.tell("catalogue.custom_field_removed", field, {{"key", field.key.value}});
}

}  // namespace baijin::catalogue
