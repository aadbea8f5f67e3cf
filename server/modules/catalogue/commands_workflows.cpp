// Writing workflows, each as a whole.
#include "hub/hub.h"
#include "modules/catalogue/registered.h"
#include "modules/catalogue/routes.h"
#include "modules/catalogue/rules.h"

namespace baijin::catalogue {
namespace {

void check_workflow(Reader& reader, const WorkflowText& text) {
  const auto& registry = reader.hub().registry();
  rules::refuse("workflow_is_wrong",
                rules::workflow_problems(
                    text, [&](std::string_view name) { return registry.right(name) != nullptr; },
                    [](std::string_view name) { return guard(name) != nullptr; }));
}

void write_into(Workflow& workflow, const WorkflowText& text) {
  workflow.key = text.key;
  workflow.name_zh = text.name_zh;
  workflow.name_en = text.name_en;
  workflow.start = text.start;
  workflow.states = text.states;
  workflow.transitions = text.transitions;
}

}  // namespace

Workflow add_workflow(Change& change, const WorkflowText& text) {
  check_workflow(change, text);
  Workflow workflow;
  write_into(workflow, text);
  change.add(workflow);
  change.tell("catalogue.workflow_added", workflow);
  return workflow;
}

Workflow put_workflow(Change& change, Id<Workflow> id, const WorkflowText& text) {
  auto workflow = change.take(id);
  check_workflow(change, text);
  auto gone = rules::states_taken_out(workflow.states, text.states);
  if (!gone.empty()) {
    auto uses = state_uses(change, id);
    for (const auto& state : gone) {
      if (uses.contains(state.value)) throw conflict("state_in_use", state.value);
    }
  }
  write_into(workflow, text);
  change.save(workflow);
  change.tell("catalogue.workflow_changed", workflow);
  return workflow;
}

void remove_workflow(Change& change, Id<Workflow> id) {
  auto workflow = change.take(id);
  if (!state_uses(change, id).empty()) throw conflict("still_in_use");
  change.remove(workflow);
  change.tell("catalogue.workflow_removed", workflow, {{"key", workflow.key.value}});
}

}  // namespace baijin::catalogue
