#include "modules/catalogue/rules.h"

#include <algorithm>
#include <set>

namespace baijin::catalogue::rules {
namespace {

using Keys = std::set<std::string_view>;
using Problems = std::vector<FieldError>;

std::string place(std::string_view list, std::size_t index, std::string_view field = {}) {
  auto text = std::string(list) + "." + std::to_string(index);
  return field.empty() ? text : text + "." + std::string(field);
}

template <class List>
Keys unique_keys(const List& list, std::string_view name, Problems& problems) {
  Keys keys;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!keys.insert(list[i].key.value).second) {
      problems.push_back({place(name, i, "key"), "twice"});
    }
  }
  return keys;
}

template <class List>
bool contains(const List& list, std::string_view wanted) {
  return std::find(std::begin(list), std::end(list), wanted) != std::end(list);
}

void check_transition(const Transition& t, std::size_t index, const Keys& states,
                      const Known& right_is_known, const Known& guard_is_known,
                      Problems& problems) {
  auto wrong = [&](std::string_view field, std::string_view reason) {
    problems.push_back({place("transitions", index, field), std::string(reason)});
  };
  if (!states.contains(t.to.value)) wrong("to", "unknown_state");
  if (t.from.empty()) wrong("from", "required");
  Keys seen;
  for (const auto& from : t.from) {
    if (!states.contains(from.value)) wrong("from", "unknown_state");
    if (!seen.insert(from.value).second) wrong("from", "twice");
    if (from == t.to) wrong("from", "goes_nowhere");
  }
  if (!right_is_known(t.right.value)) wrong("right", "unknown_right");
  for (const auto& guard : t.guards) {
    if (!guard_is_known(guard.value)) wrong("guards", "unknown_guard");
  }
  for (const auto& need : t.needs) {
    if (!contains(known_needs, need.value)) wrong("needs", "unknown_need");
  }
}

Keys reachable(const WorkflowText& text) {
  Keys reached{text.start.value};
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& t : text.transitions) {
      bool starts = std::any_of(t.from.begin(), t.from.end(),
                                [&](const Slug& from) { return reached.contains(from.value); });
      if (starts && reached.insert(t.to.value).second) grew = true;
    }
  }
  return reached;
}

void check_range(std::int64_t value, std::int64_t most, std::string_view field,
                 Problems& problems) {
  if (value < 0 || value > most) problems.push_back({std::string(field), "out_of_range"});
}

bool has_options(FieldKind kind) {
  return kind == FieldKind::choice || kind == FieldKind::multi_choice;
}

// Following show_if from `field` must not come back to it.
bool goes_round(const CustomField& field, std::span<const CustomField> others) {
  const auto* at = &field;
  for (std::size_t steps = 0; at->show_if && steps <= others.size(); ++steps) {
    if (at->show_if->field == field.key) return true;
    auto next = std::find_if(others.begin(), others.end(), [&](const CustomField& other) {
      return other.key == at->show_if->field;
    });
    if (next == others.end()) return false;
    at = &*next;
  }
  return false;
}

void check_show_if(const CustomField& field, std::span<const CustomField> others,
                   Problems& problems) {
  if (goes_round(field, others)) return problems.push_back({"show_if.field", "goes_round"});
  auto master = std::find_if(others.begin(), others.end(), [&](const CustomField& other) {
    return other.key == field.show_if->field;
  });
  if (master == others.end()) return problems.push_back({"show_if.field", "unknown_field"});
  const auto& wanted = field.show_if->equals.value;
  if (master->kind == FieldKind::boolean && wanted != "true" && wanted != "false") {
    problems.push_back({"show_if.equals", "not_a_choice"});
  }
  auto is_wanted = [&](const FieldOption& option) { return option.key.value == wanted; };
  if (has_options(master->kind) &&
      std::none_of(master->options.begin(), master->options.end(), is_wanted)) {
    problems.push_back({"show_if.equals", "not_a_choice"});
  }
  if (master->staff_only && !field.staff_only) {
    problems.push_back({"show_if.field", "staff_only"});
  }
}

// What a stranger's form has: no products, no files.
bool guests_know(std::string_view intake) {
  return intake == "contact" || intake == "occurred_at" || intake == "appointment";
}

}  // namespace

std::vector<FieldError> workflow_problems(const WorkflowText& text, const Known& right_is_known,
                                          const Known& guard_is_known) {
  Problems problems;
  if (text.states.empty()) problems.push_back({"states", "required"});
  auto states = unique_keys(text.states, "states", problems);
  unique_keys(text.transitions, "transitions", problems);
  if (!states.contains(text.start.value)) problems.push_back({"start", "unknown_state"});
  for (std::size_t i = 0; i < text.transitions.size(); ++i) {
    check_transition(text.transitions[i], i, states, right_is_known, guard_is_known, problems);
  }
  auto reached = reachable(text);
  bool closes = false;
  for (std::size_t i = 0; i < text.states.size(); ++i) {
    if (!reached.contains(text.states[i].key.value)) {
      problems.push_back({place("states", i), "unreachable"});
    }
    closes = closes || text.states[i].phase == Phase::closed;
  }
  if (!closes) problems.push_back({"states", "no_closed_state"});
  return problems;
}

std::vector<Slug> states_taken_out(const std::vector<State>& before,
                                   const std::vector<State>& after) {
  std::vector<Slug> gone;
  for (const auto& state : before) {
    bool stays = std::any_of(after.begin(), after.end(),
                             [&](const State& other) { return other.key == state.key; });
    if (!stays) gone.push_back(state.key);
  }
  return gone;
}

std::vector<FieldError> service_type_problems(const ServiceType& type) {
  Problems problems;
  check_range(type.auto_close_days, 365, "auto_close_days", problems);
  check_range(type.auto_close_reminders, 10, "auto_close_reminders", problems);
  check_range(type.reopen_days, 3'650, "reopen_days", problems);
  check_range(type.sort, 1'000'000, "sort", problems);
  unique_keys(type.intake, "intake", problems);
  for (std::size_t i = 0; i < type.intake.size(); ++i) {
    if (!contains(known_intake_fields, type.intake[i].key.value)) {
      problems.push_back({place("intake", i, "key"), "unknown_field"});
    }
    if (type.for_guests && type.intake[i].required && !guests_know(type.intake[i].key.value)) {
      problems.push_back({place("intake", i, "required"), "not_for_guests"});
    }
  }
  return problems;
}

std::vector<FieldError> matrix_problems(const std::vector<PriorityCell>& cells) {
  Problems problems;
  std::set<std::pair<Severity, Impact>> seen;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!seen.insert({cells[i].severity, cells[i].impact}).second) {
      problems.push_back({place("items", i), "twice"});
    }
  }
  if (seen.size() != 16) problems.push_back({"items", "incomplete"});
  return problems;
}

std::vector<FieldError> field_problems(const CustomField& field,
                                       std::span<const CustomField> others) {
  Problems problems;
  if (has_options(field.kind) != !field.options.empty()) {
    problems.push_back({"options", field.options.empty() ? "required" : "not_a_choice_field"});
  }
  unique_keys(field.options, "options", problems);
  if (field.min && field.max && *field.min > *field.max) problems.push_back({"max", "below_min"});
  if (field.show_if) check_show_if(field, others, problems);
  check_range(field.sort, 1'000'000, "sort", problems);
  return problems;
}

void refuse(std::string_view reason, std::vector<FieldError> problems) {
  if (problems.empty()) return;
  Error error(Kind::invalid, reason);
  error.fields = std::move(problems);
  throw error;
}

}  // namespace baijin::catalogue::rules
