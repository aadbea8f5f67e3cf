#include "modules/tickets/progress.h"

#include <algorithm>

#include "modules/tickets/tickets.h"

namespace baijin::tickets {
namespace {

bool has_phase(const catalogue::Workflow& workflow, Phase phase) {
  return std::any_of(workflow.states.begin(), workflow.states.end(),
                     [&](const auto& state) { return state.phase == phase; });
}

struct MoveLine {
  Time at;
  JsonMap data;
};
FIELDS(MoveLine, at, data)

// The first move to where somebody works on it; what was imported was answered at the latest then.
std::optional<Time> taken_up(Reader& reader, const Ticket& ticket,
                             const catalogue::Workflow& workflow) {
  if (ticket.phase == Phase::fresh) return {};
  auto moves = reader.list<MoveLine>(R"(SELECT e.at, e.data FROM events e WHERE e.subject = $1
      AND e.kind = 'tickets.moved' {all: events of a ticket that the actor sees}
      ORDER BY e.seq LIMIT 10)",
                                     Ref{"ticket", ticket.id.value});
  for (const auto& move : moves) {
    const auto* to = move.data.value.if_contains("to");
    if (!to || !to->is_string()) continue;
    for (const auto& state : workflow.states) {
      bool works = state.phase != Phase::fresh && state.phase != Phase::closed;
      if (works && state.key.value == std::string_view(to->as_string())) return move.at;
    }
  }
  return ticket.responded_at;
}

// The last test that was passed since it was taken up again.
std::optional<Time> verified(Reader& reader, const Ticket& ticket) {
  return reader.value<Time>(R"(SELECT MAX(v.recorded_at) FROM evidence v
      WHERE v.ticket = $1 AND v.kind = 'test' AND v.passed = TRUE AND v.recorded_at > COALESCE(
        (SELECT MAX(e.at) FROM events e WHERE e.subject = $2 AND e.kind = 'tickets.reopened'), 0)
      {all: of a ticket that the actor sees})",
                            ticket.id, Ref{"ticket", ticket.id.value});
}

}  // namespace

std::vector<ProgressStep> progress(const catalogue::Workflow& workflow, Phase phase, bool tested,
                                   const ProgressTimes& times) {
  std::vector<ProgressStep> steps;
  bool closed = phase == Phase::closed, offered = phase == Phase::solved;
  auto add = [&](StepKey key, bool is_past, bool is_now, std::optional<Time> at) {
    if (closed && !is_past) return;  // it was called off before
    auto state = is_past ? StepState::past : is_now ? StepState::now : StepState::ahead;
    steps.push_back({key, state, state == StepState::ahead ? std::nullopt : at});
  };
  bool works = phase == Phase::open || phase == Phase::waiting;
  add(StepKey::received, phase != Phase::fresh, true, times.received);
  if (has_phase(workflow, Phase::open) || has_phase(workflow, Phase::waiting)) {
    add(StepKey::in_work, offered || (closed && times.taken_up), works, times.taken_up);
  }
  if (tested) add(StepKey::verified, offered || times.verified.has_value(), false, times.verified);
  if (has_phase(workflow, Phase::solved)) {
    add(StepKey::confirmation, closed && times.offered, offered, times.offered);
  }
  add(StepKey::done, closed, false, times.closed);
  return steps;
}

Progress progress_of(Reader& reader, const Ticket& ticket) {
  auto workflow = catalogue::workflow(reader, ticket.workflow);
  auto type = catalogue::service_type(reader, ticket.service_type);
  const auto& state = catalogue::state_of(*workflow, ticket.state);
  ProgressTimes times{ticket.created_at,
                      taken_up(reader, ticket, *workflow),
                      {},
                      ticket.resolved_at,
                      ticket.closed_at};
  if (type->test_required) times.verified = verified(reader, ticket);
  return {state.customer_name_zh.value, state.customer_name_en.value,
          progress(*workflow, ticket.phase, type->test_required, times)};
}

}  // namespace baijin::tickets
