#include <algorithm>
#include <stdexcept>

#include "modules/catalogue/registered.h"
#include "modules/catalogue/routes.h"

namespace baijin {

void Value<catalogue::Phase>::parse(catalogue::Phase& phase, const boost::json::value& in) {
  auto text = json_text(in);
  for (int i = 0; i <= static_cast<int>(catalogue::Phase::closed); ++i) {
    phase = static_cast<catalogue::Phase>(i);
    if (catalogue::phase_text(phase) == text) return;
  }
  throw invalid("not_a_choice");
}

void Value<catalogue::Phase>::load(catalogue::Phase& phase, const Cell& cell) {
  parse(phase, boost::json::value(cell.text));
}

void Value<catalogue::Phase>::schema(boost::json::object& out) {
  out["type"] = "string";
  out["enum"] = boost::json::array{"new", "open", "waiting", "solved", "closed"};
}

}  // namespace baijin

namespace baijin::catalogue {
namespace {

// What a customer may do is all of a workflow that a customer gets.
void hide_staff_moves(const Reader& reader, Workflow& workflow) {
  if (reader.actor().staff()) return;
  std::erase_if(workflow.transitions, [](const Transition& t) { return !t.customer_may; });
}

}  // namespace

std::string_view phase_text(Phase phase) {
  constexpr std::string_view texts[] = {"new", "open", "waiting", "solved", "closed"};
  return texts[static_cast<std::size_t>(phase)];
}

const State& state_of(const Workflow& workflow, std::string_view key) {
  for (const auto& state : workflow.states) {
    if (state.key.value == key) return state;
  }
  throw std::logic_error("the workflow " + workflow.key.value + " has no state " +
                         std::string(key));
}

std::vector<const Transition*> transitions_from(const Workflow& workflow, std::string_view state) {
  std::vector<const Transition*> list;
  for (const auto& transition : workflow.transitions) {
    bool starts = std::any_of(transition.from.begin(), transition.from.end(),
                              [&](const Slug& from) { return from.value == state; });
    if (starts) list.push_back(&transition);
  }
  return list;
}

const Transition* transition_named(const Workflow& workflow, std::string_view key) {
  for (const auto& transition : workflow.transitions) {
    if (transition.key.value == key) return &transition;
  }
  return nullptr;
}

std::shared_ptr<const ServiceType> service_type(Reader& reader, Id<ServiceType> id) {
  return reader.shared(id);
}

std::shared_ptr<const Workflow> workflow(Reader& reader, Id<Workflow> id) {
  return reader.shared(id);
}

std::vector<ServiceType> service_types_for_guests(Reader& reader) {
  return reader.list<ServiceType>(R"(SELECT {fields s} FROM service_types s
      WHERE s.active = TRUE AND s.in_portal = TRUE AND s.for_guests = TRUE
      {all: offered to everybody} ORDER BY s.sort, s.id)");
}

std::optional<Id<ServiceType>> service_type_by_key(Reader& reader, std::string_view key) {
  return reader.value<Id<ServiceType>>(
      "SELECT s.id FROM service_types s WHERE {all: keys are no secret} AND s.key = $1", key);
}

Priority priority_for(Reader& reader, Severity severity, Impact impact) {
  auto found = reader.value<Priority>(
      "SELECT p.priority FROM priority_rules p "
      "WHERE {all: the matrix holds for everybody} AND p.severity = $1 AND p.impact = $2",
      severity, impact);
  return found.value_or(Priority::P3);
}

std::vector<Workflow> list_workflows(Reader& reader) {
  auto list = reader.list<Workflow>(
      "SELECT {fields w} FROM workflows w WHERE {visible w} ORDER BY w.id");
  for (auto& workflow : list) hide_staff_moves(reader, workflow);
  return list;
}

Workflow get_workflow(Reader& reader, Id<Workflow> id) {
  auto workflow = reader.get(id);
  hide_staff_moves(reader, workflow);
  return workflow;
}

WorkflowUses get_workflow_uses(Reader& reader, Id<Workflow> id) {
  reader.get(id);
  WorkflowUses uses;
  uses.service_types = reader.list<WorkflowUser>(R"(SELECT s.id, s.name_zh, s.name_en, s.active
      FROM service_types s WHERE {visible s} AND s.workflow = $1 ORDER BY s.sort, s.id)",
                                                 id);
  for (const auto& [state, count] : state_uses(reader, id)) uses.states.push_back({state, count});
  return uses;
}

std::vector<GuardLine> list_guards(Reader&) {
  std::vector<GuardLine> lines;
  for (const auto* guard : registered_guards()) {
    lines.push_back({guard->name, guard->description_zh, guard->description_en});
  }
  return lines;
}

std::vector<ServiceType> list_service_types(Reader& reader, const ActiveFilter& filter) {
  Where where;
  if (!reader.actor().staff()) where.and_also("s.active = TRUE AND s.in_portal = TRUE");
  where.when(filter.active, "s.active = $");
  return reader.list_where<ServiceType>(
      "SELECT {fields s} FROM service_types s WHERE {visible s} {where} ORDER BY s.sort, s.id",
      where);
}

ServiceType get_service_type(Reader& reader, Id<ServiceType> id) { return reader.get(id); }

std::vector<Category> list_categories(Reader& reader, const ActiveFilter& filter) {
  Where where;
  where.when(filter.active, "c.active = $");
  return reader.list_where<Category>(
      "SELECT {fields c} FROM categories c WHERE {visible c} {where} ORDER BY c.sort, c.id", where);
}

Category get_category(Reader& reader, Id<Category> id) { return reader.get(id); }

std::vector<PriorityCell> list_priorities(Reader& reader) {
  return reader.list<PriorityCell>(
      "SELECT {fields p} FROM priority_rules p WHERE {visible p} ORDER BY p.severity, p.impact");
}

}  // namespace baijin::catalogue
