#include <stdexcept>

#include "base/html.h"
#include "modules/accounts/accounts.h"
#include "modules/tickets/steps.h"

namespace baijin::tickets {
namespace {

using catalogue::Transition;
using catalogue::Workflow;

// Of several transitions into a state, one the actor may make and no guard stands against.
const Transition& chosen(Change& change, const Ticket& ticket, const Workflow& workflow,
                         std::string_view to) {
  auto ways = rules::ways_to(workflow, ticket.state, to);
  if (ways.empty()) throw conflict("no_such_transition");
  std::erase_if(ways, [&](const Transition* way) { return !may_make(change, *way); });
  if (ways.empty()) throw forbidden("missing_right");
  if (ways.size() > 1) {
    for (const auto* way : ways) {
      if (refusals(change, ticket.id, *way).empty()) return *way;
    }
  }
  return *ways.front();
}

void record(Change& change, const Ticket& ticket, EvidenceKind kind,
            const std::optional<Lines<20'000>>& body) {
  if (!body) return;
  NewEvidence evidence;
  evidence.kind = kind;
  evidence.body = *body;
  write_evidence(change, ticket, evidence);
}

// What the request brought along becomes evidence before the guards are asked.
void record_fields(Change& change, Ticket& ticket, const MoveFields& fields) {
  record(change, ticket, EvidenceKind::diagnosis, fields.diagnosis);
  record(change, ticket, EvidenceKind::original_configuration, fields.original_configuration);
  record(change, ticket, EvidenceKind::backup, fields.backup);
  record(change, ticket, EvidenceKind::solution, fields.solution);
  if (fields.test_result) {
    NewEvidence test;
    test.kind = EvidenceKind::test;
    test.body = *fields.test_result;
    test.passed = fields.test_passed;
    write_evidence(change, ticket, test);
  }
  if (fields.appointment) {
    const auto& agreed = *fields.appointment;
    NewEvidence appointment;
    appointment.kind = EvidenceKind::appointment;
    if (agreed.body) appointment.body = *agreed.body;
    appointment.starts_at = agreed.starts_at;
    appointment.place = agreed.place;
    appointment.done_by = agreed.done_by;
    write_evidence(change, ticket, appointment);
  }
  if (fields.team || fields.assignee) {
    change.must("tickets.assign");
    if (fields.team) ticket.team = change.get(*fields.team).id;
    if (fields.assignee) {
      must_be_staff(change, *fields.assignee, "fields.assignee");
      ticket.assignee = fields.assignee;
    }
  }
}

bool has_evidence(Reader& reader, Id<Ticket> ticket, EvidenceKind kind) {
  return reader.any(R"(SELECT 1 FROM evidence e WHERE e.ticket = $1 AND e.kind = $2
      {all: the ticket was taken} LIMIT 1)",
                    ticket, kind);
}

bool is_met(Change& change, const Ticket& ticket, const Move& input, std::string_view need) {
  if (need == "reason") return input.reason && !input.reason->value.empty();
  if (need == "assignee") return ticket.assignee.has_value();
  if (need == "rating") return input.fields && input.fields->rating;
  if (need == "diagnosis") return has_evidence(change, ticket.id, EvidenceKind::diagnosis);
  if (need == "solution") return has_evidence(change, ticket.id, EvidenceKind::solution);
  if (need == "test_result") return has_evidence(change, ticket.id, EvidenceKind::test);
  if (need == "appointment") return has_evidence(change, ticket.id, EvidenceKind::appointment);
  throw std::logic_error("a transition needs something unknown: " + std::string(need));
}

void require_needs(Change& change, const Ticket& ticket, const Move& input, const Transition& way) {
  auto problem = invalid("required");
  for (const auto& need : way.needs) {
    if (is_met(change, ticket, input, need.value)) continue;
    bool own_field = need.value == "reason";
    problem.fields.push_back({own_field ? need.value : "fields." + need.value, "required"});
  }
  if (!problem.fields.empty()) throw problem;
}

void require_guards(Change& change, const Ticket& ticket, const Transition& way) {
  auto refused = refusals(change, ticket.id, way);
  if (!refused.empty()) throw conflict(refused.front().reason, refused.front().guard);
}

void make(Change& change, Ticket& ticket, const Workflow& workflow, const Transition& way,
          const Move& input) {
  bool reopens = ticket.phase == Phase::closed &&
                 catalogue::state_of(workflow, way.to.value).phase != Phase::closed;
  if (reopens && !may_reopen(ticket, change.now())) throw conflict("reopen_window_passed");
  bool rates = input.fields && input.fields->rating;
  if (input.fields) {
    bool by_customer = change.actor().kind == ActorKind::contact;
    if (!by_customer) record_fields(change, ticket, *input.fields);
    if (rates) put_rating(change, ticket, {*input.fields->rating, {}}, "fields.rating");
  }
  require_needs(change, ticket, input, way);
  // Guards look into the database: what this request sets must be there before they are asked.
  if (!way.guards.empty()) change.save(ticket);
  require_guards(change, ticket, way);
  go(change, ticket, workflow, way, input.reason ? input.reason->value : "");
  if (rates) tell_rating(change, ticket);
}

}  // namespace

bool may_make(const Change& change, const Transition& way) {
  if (change.actor().kind == ActorKind::contact) return way.customer_may;
  return change.may(way.right.value);
}

std::vector<Refusal> refusals(Reader& reader, Id<Ticket> ticket, const Transition& way) {
  std::vector<Refusal> refused;
  for (const auto& name : way.guards) {
    const auto* guard = catalogue::guard(name.value);
    if (!guard) {
      refused.push_back({name.value, "unknown_guard"});
    } else if (auto reason = guard->check(reader, ticket.value)) {
      refused.push_back({name.value, *reason});
    }
  }
  return refused;
}

bool may_reopen(const Ticket& ticket, Time now) {
  return ticket.reopen_until && now <= *ticket.reopen_until && !ticket.merged_into;
}

Ticket move(Change& change, Id<Ticket> id, const Move& input) {
  auto ticket = change.take(id);
  if (ticket.merged_into) throw conflict("ticket_was_merged");
  auto workflow = catalogue::workflow(change, ticket.workflow);
  const auto& way = chosen(change, ticket, *workflow, input.to.value);
  make(change, ticket, *workflow, way, input);
  return shown(change, ticket);
}

// "Solved" takes the customers' way into the phase closed and rates on it; "not solved" takes it
// back into work, or reopens. Staff may say it for them, with the transition's right.
Ticket confirm(Change& change, Id<Ticket> id, const Confirmation& input) {
  auto ticket = change.take(id);
  if (ticket.merged_into) throw conflict("ticket_was_merged");
  auto workflow = catalogue::workflow(change, ticket.workflow);
  const auto* way = rules::customers_way(*workflow, ticket.state,
                                         input.solved ? Phase::closed : Phase::open);
  bool offered = ticket.phase == Phase::solved || (!input.solved && ticket.phase == Phase::closed);
  if (!way || !offered) throw conflict("nothing_to_confirm");
  if (!may_make(change, *way)) throw forbidden("missing_right");
  if (input.comment && !input.comment->value.empty()) {
    NewMessage comment;
    // What staff write down of a conversation is for themselves.
    if (change.actor().staff()) comment.kind = MessageKind::note;
    comment.body.value = text_to_html(input.comment->value);
    write_message(change, ticket, comment, {}, Part::conversation);
  }
  Move step;
  step.reason = Lines<2'000>{input.solved ? "confirmed_as_solved" : "not_solved"};
  make(change, ticket, *workflow, *way, step);
  if (input.rating && input.solved) rate(change, ticket, *workflow, {*input.rating, {}});
  return shown(change, ticket);
}

}  // namespace baijin::tickets
