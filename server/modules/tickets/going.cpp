// How a ticket goes from state to state, whoever makes it go: a person, an answer, silence.
#include "hub/hub.h"
#include "modules/accounts/accounts.h"
#include "modules/tickets/steps.h"

namespace baijin::tickets {
namespace {

constexpr std::string_view silence_job = "tickets.await_confirmation";

std::string silence_key(Id<Ticket> ticket) { return std::to_string(ticket.value); }

void listen_to_silence(Change& change, const Ticket& ticket, std::int64_t step) {
  auto type = catalogue::service_type(change, ticket.service_type);
  auto at = rules::silence_step_at(ticket.state_since, type->auto_close_days,
                                   type->auto_close_reminders, step);
  if (!at) return;
  change.schedule(silence_job, silence_key(ticket.id), *at,
                  SilencePayload{ticket.id, ticket.state_since, step});
}

void enter(Change& change, Ticket& ticket, const catalogue::State& state,
           boost::json::object more) {
  auto type = catalogue::service_type(change, ticket.service_type);
  auto phase_before = ticket.phase;
  more["from"] = ticket.state;
  more["to"] = state.key.value;
  rules::enter(ticket, state, change.now(), type->reopen_days);
  change.save(ticket);
  if (ticket.phase == Phase::solved) listen_to_silence(change, ticket, 1);
  else if (phase_before == Phase::solved) change.cancel(silence_job, silence_key(ticket.id));
  change.tell("tickets.moved", ticket, std::move(more));
  if (ticket.phase == Phase::closed && phase_before != Phase::closed) {
    change.tell("tickets.closed", ticket);
  } else if (ticket.phase != Phase::closed && phase_before == Phase::closed) {
    change.tell("tickets.reopened", ticket);
  }
}

}  // namespace

void go(Change& change, Ticket& ticket, const catalogue::Workflow& workflow,
        const catalogue::Transition& way, std::string_view reason, boost::json::object more) {
  more["transition"] = way.key.value;
  if (!reason.empty()) more["reason"] = reason;
  if (way.notify) more["notify"] = true;
  enter(change, ticket, catalogue::state_of(workflow, way.to.value), std::move(more));
}

void go_on(Change& change, Ticket& ticket, const catalogue::State& state, std::string_view reason) {
  boost::json::object more;
  more["reason"] = reason;
  enter(change, ticket, state, std::move(more));
}

void take_up_after_answer(Change& change, const Ticket& seen) {
  bool waits = seen.phase == Phase::waiting && seen.state == waits_for_customer;
  if (!waits && seen.phase != Phase::solved && seen.phase != Phase::closed) return;
  auto workflow = catalogue::workflow(change, seen.workflow);
  if (waits && seen.previous_state) {
    // It goes on where it stopped, without asking again what had let it come there.
    auto ticket = change.take_unseen(seen.id);
    go_on(change, ticket, catalogue::state_of(*workflow, *seen.previous_state),
          "customer_answered");
    return;
  }
  const auto* way = rules::customers_way(*workflow, seen.state, Phase::open);
  if (seen.phase == Phase::closed && (!way || !may_reopen(seen, change.now()))) {
    throw conflict("reopen_window_passed");
  }
  if (!way) return;
  auto ticket = change.take_unseen(seen.id);
  go(change, ticket, *workflow, *way, "customer_answered");
}

void speak_to_silence(Change& change, const SilencePayload& payload) {
  auto ticket = change.take_unseen(payload.ticket);
  if (ticket.phase != Phase::solved || ticket.state_since != payload.since) return;
  auto type = catalogue::service_type(change, ticket.service_type);
  if (payload.step <= type->auto_close_reminders) {
    change.tell("tickets.confirmation_reminded", ticket,
                {{"reminder", payload.step}, {"of", type->auto_close_reminders}});
    listen_to_silence(change, ticket, payload.step + 1);
    return;
  }
  auto workflow = catalogue::workflow(change, ticket.workflow);
  const auto* way = rules::closing_way(*workflow, ticket.state);
  if (!way) return;
  auto refused = refusals(change, ticket.id, *way);
  if (!refused.empty()) {
    change.tell("tickets.closing_held", ticket, {{"because", refused.front().reason}});
    return;
  }
  go(change, ticket, *workflow, *way, "customer_was_silent", {{"by_silence", true}});
}

}  // namespace baijin::tickets
