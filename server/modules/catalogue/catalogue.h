#pragma once
// The catalogue: what kinds of work the desk does and by which rules, all of it editable data.
// A service type names its workflow, the evidence it demands and its intake fields (TKT-2); a
// workflow is states and transitions (TKT-3); categories, the priority matrix (TKT-4) and custom
// fields (INT-9) describe tickets further.
#include <boost/describe.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "hub/reader.h"

namespace baijin {

class Module;

namespace products {
struct Product;
}

namespace catalogue {

// ── workflows ────────────────────────────────────────────────────────────────────────────────

// What a state means to the clocks, the queues and the customer. `fresh` reads and writes "new",
// a word that C++ keeps for itself.
enum class Phase { fresh, open, waiting, solved, closed };
std::string_view phase_text(Phase phase);

}  // namespace catalogue

template <>
struct Value<catalogue::Phase> : Plain {
  static void write(JsonWriter& out, catalogue::Phase phase, Audience) {
    out.text(catalogue::phase_text(phase));
  }
  static void parse(catalogue::Phase& phase, const boost::json::value& in);
  static void store(Cell& cell, catalogue::Phase p) { cell.set(catalogue::phase_text(p)); }
  static void load(catalogue::Phase& phase, const Cell& cell);
  static void schema(boost::json::object& out);
};

namespace catalogue {

struct State {
  Slug key;
  Name name_zh, name_en;  // as the staff say it
  Phase phase = Phase::open;
  Name customer_name_zh, customer_name_en;  // plain words for the portal
  bool clock_stops = false;
};
FIELDS(State, key, name_zh, name_en, phase, customer_name_zh, customer_name_en, clock_stops)
STAFF_ONLY(State, "name_zh", "name_en")

// What a transition can ask for. A reason and a rating are said with the transition; the others
// need not be said again when the ticket already has them.
inline constexpr std::string_view known_needs[] = {
    "reason", "diagnosis", "solution", "test_result", "appointment", "assignee", "rating"};

struct Transition {
  Slug key;
  std::vector<Slug> from;
  Slug to;
  Name name_zh, name_en;
  Text<1, 60> right;          // that staff need: "tickets.transition"
  bool customer_may = false;  // customers who see the ticket may make it, without that right
  std::vector<Slug> guards;   // names of registered guards, all of which must be fulfilled
  std::vector<Slug> needs;    // of known_needs
  bool notify = false;        // the customer is told
};
FIELDS(Transition, key, from, to, name_zh, name_en, right, customer_may, guards, needs, notify)
STAFF_ONLY(Transition, "right", "guards")

struct Workflow {
  Id<Workflow> id;
  Version version;
  Slug key;
  Name name_zh, name_en;
  Slug start;  // the state new tickets are in
  std::vector<State> states;
  std::vector<Transition> transitions;
};
FIELDS(Workflow, id, version, key, name_zh, name_en, start, states, transitions)
TABLE(Workflow, "workflow", "workflows")

// The workflow's state; throws std::logic_error for a key it does not have.
const State& state_of(const Workflow& workflow, std::string_view key);
std::vector<const Transition*> transitions_from(const Workflow& workflow, std::string_view state);
// The one named `key`, or nullptr.
const Transition* transition_named(const Workflow& workflow, std::string_view key);

// ── guards: conditions that other modules know how to look up ────────────────────────────────

// Nothing when the ticket fulfils the condition, else the reason's slug ("diagnosis_missing").
using GuardCheck = std::function<std::optional<std::string>(Reader&, std::int64_t ticket)>;
struct Guard {
  std::string name, description_zh, description_en;
  GuardCheck check;
};
// Called by install(); the first of a name counts. Workflows may name registered guards only.
void register_guard(Module& module, std::string_view name, std::string_view description_zh,
                    std::string_view description_en, GuardCheck check);
const Guard* guard(std::string_view name);  // nullptr when nobody registered it

// How many of something are in each state of a workflow, states without any left out. A state in
// use cannot be taken out.
using StateUse = std::function<std::map<std::string, std::int64_t>(Reader&, Id<Workflow>)>;
void register_state_use(Module& module, std::string_view owner, StateUse use);

// ── service types ────────────────────────────────────────────────────────────────────────────

enum class Priority { P1, P2, P3, P4 };
BOOST_DESCRIBE_ENUM(Priority, P1, P2, P3, P4)
enum class Severity { S1, S2, S3, S4 };
BOOST_DESCRIBE_ENUM(Severity, S1, S2, S3, S4)
enum class Impact { I1, I2, I3, I4 };
BOOST_DESCRIBE_ENUM(Impact, I1, I2, I3, I4)

// A standard field of a ticket that the intake form of a service type shows.
struct IntakeField {
  Slug key;  // of known_intake_fields
  bool required = false;
};
FIELDS(IntakeField, key, required)
inline constexpr std::string_view known_intake_fields[] = {
    "product", "product_version", "asset",   "site",       "category",   "severity",
    "impact",  "occurred_at",     "contact", "attachment", "appointment"};

struct ServiceType {
  Id<ServiceType> id;
  Version version;
  Slug key;
  Name name_zh, name_en;
  std::optional<Text<1, 400>> about_zh, about_en;  // shown where one chooses
  Id<Workflow> workflow;
  std::optional<Slug> icon;
  std::int64_t sort = 0;
  bool active = true;
  bool in_portal = true;    // customers may choose it themselves
  bool for_guests = false;  // and people without an account, too (INT-8)
  Priority default_priority = Priority::P3;
  // The evidence it demands.
  bool changes_customer_system = false;  // TKT-8: originals recorded and a backup evidenced first
  bool test_required = false;            // TKT-9
  bool signature_required = false;
  std::optional<Slug> form;          // the report form that is due
  std::int64_t auto_close_days = 3;  // TKT-10; 0 never closes by itself
  std::int64_t auto_close_reminders = 2;
  std::int64_t reopen_days = 7;  // 0: a closed ticket stays closed
  std::vector<IntakeField> intake;
};
FIELDS(ServiceType, id, version, key, name_zh, name_en, about_zh, about_en, workflow, icon, sort,
       active, in_portal, for_guests, default_priority, changes_customer_system, test_required,
       signature_required, form, auto_close_days, auto_close_reminders, reopen_days, intake)
TABLE(ServiceType, "service_type", "service_types")
STAFF_ONLY(ServiceType, "default_priority", "changes_customer_system", "test_required")

// Both from memory as long as their version stands: cheap enough for every request. not_found for
// an id there is not.
std::shared_ptr<const ServiceType> service_type(Reader& reader, Id<ServiceType> id);
std::shared_ptr<const Workflow> workflow(Reader& reader, Id<Workflow> id);
// Those that people without an account may choose, in their order.
std::vector<ServiceType> service_types_for_guests(Reader& reader);
std::optional<Id<ServiceType>> service_type_by_key(Reader& reader, std::string_view key);

// ── categories and priorities ────────────────────────────────────────────────────────────────

struct Category {
  Id<Category> id;
  Version version;
  std::optional<Id<Category>> parent;
  Slug key;
  Name name_zh, name_en;
  std::int64_t sort = 0;
  bool active = true;
};
FIELDS(Category, id, version, parent, key, name_zh, name_en, sort, active)
TABLE(Category, "category", "categories")

struct PriorityRule {
  Id<PriorityRule> id;
  Version version;
  Severity severity = Severity::S3;
  Impact impact = Impact::I3;
  Priority priority = Priority::P3;
};
FIELDS(PriorityRule, id, version, severity, impact, priority)
TABLE(PriorityRule, "priority_rule", "priority_rules")

// What the matrix says (TKT-4).
Priority priority_for(Reader& reader, Severity severity, Impact impact);

// ── custom fields ────────────────────────────────────────────────────────────────────────────

enum class FieldKind { text, lines, number, choice, multi_choice, date, boolean, link };
BOOST_DESCRIBE_ENUM(FieldKind, text, lines, number, choice, multi_choice, date, boolean, link)

struct FieldOption {
  Slug key;
  Name label_zh, label_en;
};
FIELDS(FieldOption, key, label_zh, label_en)

// The field is asked for only while another one has this value ("true" and "false" for booleans,
// an option's key for choices).
struct ShowIf {
  Slug field;
  Text<1, 200> equals;
};
FIELDS(ShowIf, field, equals)

struct CustomField {
  Id<CustomField> id;
  Version version;
  Slug key;
  Name label_zh, label_en;
  std::optional<Text<1, 400>> hint_zh, hint_en;
  FieldKind kind = FieldKind::text;
  std::vector<FieldOption> options;  // of choice and multi_choice
  bool required = false;
  bool staff_only = false;                      // customers neither see nor set it
  std::vector<Id<ServiceType>> service_types;   // none: all
  std::vector<Id<products::Product>> products;  // none: all
  std::optional<ShowIf> show_if;
  std::optional<double> min, max;  // of the number, of the characters, of how many are chosen
  std::int64_t sort = 0;
  bool active = true;
};
FIELDS(CustomField, id, version, key, label_zh, label_en, hint_zh, hint_en, kind, options, required,
       staff_only, service_types, products, show_if, min, max, sort, active)
TABLE(CustomField, "custom_field", "custom_fields")

// The values a ticket has after `given` is laid over `before`: a null takes a value away, values of
// fields that are no longer shown go. Texts come back in their normal form.
// Throws invalid("invalid_fields") with "custom_fields.KEY": required, unknown_field, wrong_type,
// not_a_choice, too_short, too_long, out_of_range, not_shown, …. Customers neither set nor owe
// staff-only fields; what staff wrote there stays.
JsonMap check_custom_fields(Reader& reader, Id<ServiceType> type,
                            std::optional<Id<products::Product>> product, const JsonMap& before,
                            const JsonMap& given, Audience audience);
// The fields that customers fill in for a request of this type about no particular product.
std::vector<CustomField> customer_fields_of(Reader& reader, Id<ServiceType> type);
// The values this audience may receive; for customers those of fields not known to be theirs go.
JsonMap shown_custom_fields(Reader& reader, const JsonMap& values, Audience audience);

void install(Module& m);

}  // namespace catalogue
}  // namespace baijin
