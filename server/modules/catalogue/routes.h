#pragma once
// What the routes of the catalogue take and do; for module.cpp and the tests.
#include "hub/change.h"
#include "modules/catalogue/catalogue.h"

namespace baijin::catalogue {

// ── workflows ────────────────────────────────────────────────────────────────────────────────

// A workflow is written as a whole.
struct WorkflowText {
  Slug key;
  Name name_zh, name_en;
  Slug start;
  std::vector<State> states;
  std::vector<Transition> transitions;
};
FIELDS(WorkflowText, key, name_zh, name_en, start, states, transitions)

struct GuardLine {
  std::string name, description_zh, description_en;
};
FIELDS(GuardLine, name, description_zh, description_en)

struct WorkflowUser {
  Id<ServiceType> service_type;
  Name name_zh, name_en;
  bool active = true;
};
FIELDS(WorkflowUser, service_type, name_zh, name_en, active)

struct StateCount {
  std::string state;
  std::int64_t count = 0;
};
FIELDS(StateCount, state, count)

// What hangs on a workflow: who edits it sees what he touches.
struct WorkflowUses {
  std::vector<WorkflowUser> service_types;
  std::vector<StateCount> states;  // those that something is in
};
FIELDS(WorkflowUses, service_types, states)

WorkflowUses get_workflow_uses(Reader& reader, Id<Workflow> id);

// Customers get the transitions they may make.
std::vector<Workflow> list_workflows(Reader& reader);
Workflow get_workflow(Reader& reader, Id<Workflow> id);
std::vector<GuardLine> list_guards(Reader& reader);
// invalid("workflow_is_wrong") with one entry for each thing that is wrong.
Workflow add_workflow(Change& change, const WorkflowText& text);
// Also conflict("state_in_use"): something is still in a state that was taken out.
Workflow put_workflow(Change& change, Id<Workflow> id, const WorkflowText& text);
void remove_workflow(Change& change, Id<Workflow> id);  // conflict("still_in_use")

// ── service types ────────────────────────────────────────────────────────────────────────────

struct NewServiceType {
  Slug key;
  Name name_zh, name_en;
  std::optional<Text<1, 400>> about_zh, about_en;
  Id<Workflow> workflow;
  std::optional<Slug> icon;
  std::optional<std::int64_t> sort;
  std::optional<bool> in_portal;
  bool for_guests = false;
  std::optional<Priority> default_priority;
  bool changes_customer_system = false;
  bool test_required = false;
  bool signature_required = false;
  std::optional<Slug> form;
  std::optional<std::int64_t> auto_close_days, auto_close_reminders, reopen_days;
  std::vector<IntakeField> intake;
};
FIELDS(NewServiceType, key, name_zh, name_en, about_zh, about_en, workflow, icon, sort, in_portal,
       for_guests, default_priority, changes_customer_system, test_required, signature_required,
       form, auto_close_days, auto_close_reminders, reopen_days, intake)

struct ServiceTypePatch {
  Given<Name> name_zh, name_en;
  Given<std::optional<Text<1, 400>>> about_zh, about_en;
  Given<Id<Workflow>> workflow;
  Given<std::optional<Slug>> icon;
  Given<std::int64_t> sort;
  Given<bool> active, in_portal, for_guests;
  Given<Priority> default_priority;
  Given<bool> changes_customer_system, test_required, signature_required;
  Given<std::optional<Slug>> form;
  Given<std::int64_t> auto_close_days, auto_close_reminders, reopen_days;
  Given<std::vector<IntakeField>> intake;
};
FIELDS(ServiceTypePatch, name_zh, name_en, about_zh, about_en, workflow, icon, sort, active,
       in_portal, for_guests, default_priority, changes_customer_system, test_required,
       signature_required, form, auto_close_days, auto_close_reminders, reopen_days, intake)

struct ActiveFilter {
  std::optional<bool> active;
};
FIELDS(ActiveFilter, active)

// Customers get those they may choose.
std::vector<ServiceType> list_service_types(Reader& reader, const ActiveFilter& filter);
ServiceType get_service_type(Reader& reader, Id<ServiceType> id);
ServiceType add_service_type(Change& change, const NewServiceType& input);
ServiceType change_service_type(Change& change, Id<ServiceType> id, const ServiceTypePatch& input);
void remove_service_type(Change& change, Id<ServiceType> id);  // conflict("still_in_use")

// ── categories and priorities ────────────────────────────────────────────────────────────────

struct NewCategory {
  std::optional<Id<Category>> parent;
  Slug key;
  Name name_zh, name_en;
  std::optional<std::int64_t> sort;
};
FIELDS(NewCategory, parent, key, name_zh, name_en, sort)

struct CategoryPatch {
  Given<std::optional<Id<Category>>> parent;
  Given<Name> name_zh, name_en;
  Given<std::int64_t> sort;
  Given<bool> active;
};
FIELDS(CategoryPatch, parent, name_zh, name_en, sort, active)

struct PriorityCell {
  Severity severity = Severity::S3;
  Impact impact = Impact::I3;
  Priority priority = Priority::P3;
};
FIELDS(PriorityCell, severity, impact, priority)
struct PriorityMatrix {
  std::vector<PriorityCell> items;  // every pair of severity and impact once
};
FIELDS(PriorityMatrix, items)

std::vector<Category> list_categories(Reader& reader, const ActiveFilter& filter);
Category get_category(Reader& reader, Id<Category> id);
Category add_category(Change& change, const NewCategory& input);
Category change_category(Change& change, Id<Category> id, const CategoryPatch& input);
void remove_category(Change& change, Id<Category> id);  // conflict("still_in_use")
std::vector<PriorityCell> list_priorities(Reader& reader);
std::vector<PriorityCell> put_priorities(Change& change, const PriorityMatrix& matrix);

// ── custom fields ────────────────────────────────────────────────────────────────────────────

struct NewCustomField {
  Slug key;
  Name label_zh, label_en;
  std::optional<Text<1, 400>> hint_zh, hint_en;
  FieldKind kind = FieldKind::text;
  std::vector<FieldOption> options;
  bool required = false;
  bool staff_only = false;
  std::vector<Id<ServiceType>> service_types;
  std::vector<Id<products::Product>> products;
  std::optional<ShowIf> show_if;
  std::optional<double> min, max;
  std::optional<std::int64_t> sort;
};
FIELDS(NewCustomField, key, label_zh, label_en, hint_zh, hint_en, kind, options, required,
       staff_only, service_types, products, show_if, min, max, sort)

struct CustomFieldPatch {
  Given<Name> label_zh, label_en;
  Given<std::optional<Text<1, 400>>> hint_zh, hint_en;
  Given<std::vector<FieldOption>> options;
  Given<bool> required, staff_only;
  Given<std::vector<Id<ServiceType>>> service_types;
  Given<std::vector<Id<products::Product>>> products;
  Given<std::optional<ShowIf>> show_if;
  Given<std::optional<double>> min, max;
  Given<std::int64_t> sort;
  Given<bool> active;
};
FIELDS(CustomFieldPatch, label_zh, label_en, hint_zh, hint_en, options, required, staff_only,
       service_types, products, show_if, min, max, sort, active)

struct CustomFieldFilter {
  std::optional<Id<ServiceType>> service_type;
  std::optional<Id<products::Product>> product;
  std::optional<bool> active;
};
FIELDS(CustomFieldFilter, service_type, product, active)

std::vector<CustomField> list_custom_fields(Reader& reader, const CustomFieldFilter& filter);
CustomField get_custom_field(Reader& reader, Id<CustomField> id);
CustomField add_custom_field(Change& change, const NewCustomField& input);
CustomField change_custom_field(Change& change, Id<CustomField> id, const CustomFieldPatch& input);
void remove_custom_field(Change& change, Id<CustomField> id);

// ── what a new desk starts with ──────────────────────────────────────────────────────────────

std::vector<WorkflowText> preset_workflows();
void fill_catalogue(Change& change);

}  // namespace baijin::catalogue
