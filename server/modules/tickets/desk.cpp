#include "modules/tickets/desk.h"

#include <algorithm>

#include "modules/accounts/accounts.h"

namespace baijin::tickets {
namespace {

std::optional<std::int64_t> us_of(const std::optional<Time>& time) {
  if (!time) return {};
  return time->us;
}

std::optional<Time> time_of(const std::optional<std::int64_t>& us) {
  if (!us) return {};
  return Time{*us};
}

// The reminders that came due while the ticket stood elsewhere are not made up for.
void count_silence_again(Change& change, const Ticket& ticket) {
  auto type = catalogue::service_type(change, ticket.service_type);
  for (std::int64_t step = 1;; ++step) {
    auto at = rules::silence_step_at(ticket.state_since, type->auto_close_days,
                                     type->auto_close_reminders, step);
    if (!at) return;
    if (*at < change.now() && step <= type->auto_close_reminders) continue;
    SilencePayload payload;
    payload.ticket = ticket.id;
    payload.since = ticket.state_since;
    payload.step = step;
    change.schedule("tickets.await_confirmation", std::to_string(ticket.id.value), *at, payload);
    return;
  }
}

}  // namespace

void must_be_desk(const Reader& reader) {
  if (!reader.actor().staff()) throw forbidden("not_for_customers");
}

Ticket take_workable(Change& change, Id<Ticket> id) {
  must_be_desk(change);
  auto ticket = change.take(id);
  if (ticket.merged_into) throw conflict("ticket_was_merged");
  return ticket;
}

bool is_in_team(Reader& reader, Id<accounts::Team> team) {
  return reader.any(R"(SELECT 1 FROM team_members m WHERE m.team = $1 AND m.member = $2
      {all: one's own membership})",
                    team, reader.actor().user);
}

Standing standing_of(const Ticket& ticket) {
  return {ticket.state,
          ticket.phase,
          ticket.state_since.us,
          ticket.previous_state,
          us_of(ticket.resolved_at),
          us_of(ticket.closed_at),
          us_of(ticket.reopen_until),
          ticket.reopened};
}

void stand_again(Change& change, Ticket& ticket, const Standing& standing) {
  auto workflow = catalogue::workflow(change, ticket.workflow);
  bool known = std::any_of(workflow->states.begin(), workflow->states.end(),
                           [&](const auto& state) { return state.key.value == standing.state; });
  if (!known) throw conflict("state_is_gone");
  if (ticket.phase == Phase::solved && standing.phase != Phase::solved) {
    change.cancel("tickets.await_confirmation", std::to_string(ticket.id.value));
  }
  ticket.state = standing.state;
  ticket.phase = standing.phase;
  ticket.state_since.us = standing.state_since;
  ticket.previous_state = standing.previous_state;
  ticket.resolved_at = time_of(standing.resolved_at);
  ticket.closed_at = time_of(standing.closed_at);
  ticket.reopen_until = time_of(standing.reopen_until);
  ticket.reopened = standing.reopened;
  if (ticket.phase == Phase::solved) count_silence_again(change, ticket);
}

BothNames both_names(const std::optional<Name>& zh, const std::optional<Name>& en) {
  if (!zh && !en) throw invalid("required", "name_zh");
  return {zh ? *zh : *en, en ? *en : *zh};
}

void install_desk(Module& m, const RowRule& offered) {
  install_links(m);
  install_merges(m);
  install_splits(m);
  install_watchers(m);
  install_drafts(m);
  install_checklists(m);
  install_work_logs(m);
  install_canned_replies(m, offered);
  install_views(m, offered);
  install_bulk_runs(m);
}

}  // namespace baijin::tickets
