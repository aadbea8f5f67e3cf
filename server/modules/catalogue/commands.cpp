// Changing service types, categories and the priority matrix.
#include <map>

#include "modules/catalogue/registered.h"
#include "modules/catalogue/routes.h"
#include "modules/catalogue/rules.h"

namespace baijin::catalogue {
namespace {

constexpr int deepest_category = 6;

void check_service_type(Reader& reader, const ServiceType& type) {
  if (!reader.find(type.workflow)) throw invalid("unknown_workflow", "workflow");
  rules::refuse("invalid_fields", rules::service_type_problems(type));
}

// The way up from the parent must end, and not pass the category itself.
void check_parent(Reader& reader, const Category& category) {
  auto at = category.parent;
  for (int depth = 1; at; ++depth) {
    if (category.id && *at == category.id) throw invalid("goes_round", "parent");
    if (depth >= deepest_category) throw invalid("too_deep", "parent");
    auto above = reader.find(*at);
    if (!above) throw invalid("unknown_category", "parent");
    at = above->parent;
  }
}

}  // namespace

ServiceType add_service_type(Change& change, const NewServiceType& input) {
  ServiceType type;
  type.key = input.key;
  type.name_zh = input.name_zh;
  type.name_en = input.name_en;
  type.about_zh = input.about_zh;
  type.about_en = input.about_en;
  type.workflow = input.workflow;
  type.icon = input.icon;
  type.sort = input.sort.value_or(type.sort);
  type.in_portal = input.in_portal.value_or(type.in_portal);
  type.for_guests = input.for_guests;
  type.default_priority = input.default_priority.value_or(type.default_priority);
  type.changes_customer_system = input.changes_customer_system;
  type.test_required = input.test_required;
  type.signature_required = input.signature_required;
  type.form = input.form;
  type.auto_close_days = input.auto_close_days.value_or(type.auto_close_days);
  type.auto_close_reminders = input.auto_close_reminders.value_or(type.auto_close_reminders);
  type.reopen_days = input.reopen_days.value_or(type.reopen_days);
  type.intake = input.intake;
  check_service_type(change, type);
  change.add(type);
  change.tell("catalogue.service_type_added", type);
  return type;
}

ServiceType change_service_type(Change& change, Id<ServiceType> id, const ServiceTypePatch& input) {
  auto type = change.take(id);
  input.name_zh.into(type.name_zh);
  input.name_en.into(type.name_en);
  input.about_zh.into(type.about_zh);
  input.about_en.into(type.about_en);
  input.workflow.into(type.workflow);
  input.icon.into(type.icon);
  input.sort.into(type.sort);
  input.active.into(type.active);
  input.in_portal.into(type.in_portal);
  input.for_guests.into(type.for_guests);
  input.default_priority.into(type.default_priority);
  input.changes_customer_system.into(type.changes_customer_system);
  input.test_required.into(type.test_required);
  input.signature_required.into(type.signature_required);
  input.form.into(type.form);
  input.auto_close_days.into(type.auto_close_days);
  input.auto_close_reminders.into(type.auto_close_reminders);
  input.reopen_days.into(type.reopen_days);
  input.intake.into(type.intake);
  check_service_type(change, type);
  change.save(type);
  change.tell("catalogue.service_type_changed", type);
  return type;
}

void remove_service_type(Change& change, Id<ServiceType> id) {
  auto type = change.take(id);
  change.remove(type);
  change.tell("catalogue.service_type_removed", type, {{"key", type.key.value}});
}

Category add_category(Change& change, const NewCategory& input) {
  Category category;
  category.parent = input.parent;
  category.key = input.key;
  category.name_zh = input.name_zh;
  category.name_en = input.name_en;
  category.sort = input.sort.value_or(0);
  check_parent(change, category);
  change.add(category);
  change.tell("catalogue.category_added", category);
  return category;
}

Category change_category(Change& change, Id<Category> id, const CategoryPatch& input) {
  auto category = change.take(id);
  input.parent.into(category.parent);
  input.name_zh.into(category.name_zh);
  input.name_en.into(category.name_en);
  input.sort.into(category.sort);
  input.active.into(category.active);
  check_parent(change, category);
  change.save(category);
  change.tell("catalogue.category_changed", category);
  return category;
}

void remove_category(Change& change, Id<Category> id) {
  auto category = change.take(id);
  change.remove(category);
  change.tell("catalogue.category_removed", category, {{"key", category.key.value}});
}

std::vector<PriorityCell> put_priorities(Change& change, const PriorityMatrix& matrix) {
  rules::refuse("invalid_fields", rules::matrix_problems(matrix.items));
  auto existing = change.list<PriorityRule>(
      "SELECT {fields p} FROM priority_rules p WHERE {visible p} ORDER BY p.id");
  std::map<std::pair<Severity, Impact>, Id<PriorityRule>> ids;
  for (const auto& rule : existing) ids[{rule.severity, rule.impact}] = rule.id;
  for (const auto& cell : matrix.items) {
    auto found = ids.find({cell.severity, cell.impact});
    if (found == ids.end()) {
      PriorityRule rule{{}, {}, cell.severity, cell.impact, cell.priority};
      change.add(rule);
      change.tell("catalogue.priority_changed", rule);
      continue;
    }
    auto rule = change.take(found->second);
    if (rule.priority == cell.priority) continue;
    rule.priority = cell.priority;
    change.save(rule);
    change.tell("catalogue.priority_changed", rule);
  }
  return list_priorities(change);
}

}  // namespace baijin::catalogue
