#include "modules/tickets/rules.h"

#include <algorithm>

namespace baijin::tickets::rules {

bool shows_picture(std::string_view safe_html) { return safe_html.find("<img ") != safe_html.npos; }

using catalogue::Transition;
using catalogue::Workflow;

std::vector<const Transition*> ways_to(const Workflow& workflow, std::string_view state,
                                       std::string_view to) {
  std::vector<const Transition*> ways;
  for (const auto* way : catalogue::transitions_from(workflow, state)) {
    if (way->key.value == to) return {way};
    if (way->to.value == to) ways.push_back(way);
  }
  return ways;
}

const Transition* customers_way(const Workflow& workflow, std::string_view state, Phase phase) {
  for (const auto* way : catalogue::transitions_from(workflow, state)) {
    if (way->customer_may && catalogue::state_of(workflow, way->to.value).phase == phase) {
      return way;
    }
  }
  return nullptr;
}

const Transition* closing_way(const Workflow& workflow, std::string_view state) {
  const Transition* customers = nullptr;
  for (const auto* way : catalogue::transitions_from(workflow, state)) {
    if (catalogue::state_of(workflow, way->to.value).phase != Phase::closed) continue;
    if (!way->customer_may) return way;
    if (!customers) customers = way;
  }
  return customers;
}

void enter(Ticket& ticket, const catalogue::State& state, Time now, std::int64_t reopen_days) {
  bool was_closed = ticket.phase == Phase::closed, is_closed = state.phase == Phase::closed;
  if (state.phase == Phase::waiting && ticket.phase != Phase::waiting) {
    ticket.previous_state = ticket.state;
  } else if (state.phase != Phase::waiting) {
    ticket.previous_state.reset();
  }
  ticket.state = state.key.value;
  ticket.phase = state.phase;
  ticket.state_since = now;
  ticket.updated_at = now;
  if (state.phase == Phase::solved) ticket.resolved_at = now;
  if (is_closed && !was_closed) {
    ticket.closed_at = now;
    ticket.reopen_until = now + days(reopen_days);
  } else if (was_closed && !is_closed) {
    ticket.closed_at.reset();
    ticket.reopen_until.reset();
    ticket.resolved_at.reset();
    ++ticket.reopened;
  }
}

void set_priority(Ticket& ticket, const PriorityWish& wish, Priority by_matrix) {
  if (!wish.wanted || *wish.wanted == by_matrix) {
    ticket.priority = by_matrix;
    ticket.priority_reason = {};
    return;
  }
  if (!wish.reason || wish.reason->value.empty()) {
    throw invalid("wants_a_reason", "priority_reason");
  }
  ticket.priority = *wish.wanted;
  ticket.priority_reason = *wish.reason;
}

std::optional<Time> silence_step_at(Time since, std::int64_t days_of_silence,
                                    std::int64_t reminders, std::int64_t step) {
  if (days_of_silence <= 0 || step < 1 || step > reminders + 1) return {};
  return since + microseconds(days(days_of_silence).us * step / (reminders + 1));
}

bool may_be_waived(std::string_view guard) {
  return guard == "original_recorded" || guard == "backup_evidenced" || guard == "form_signed";
}

std::vector<Tag> distinct(const std::vector<Tag>& tags) {
  std::vector<Tag> kept;
  for (const auto& tag : tags) {
    if (std::find(kept.begin(), kept.end(), tag) == kept.end()) kept.push_back(tag);
  }
  if (kept.size() > 50) throw invalid("too_many", "tags");
  return kept;
}

}  // namespace baijin::tickets::rules
