#pragma once
// What the desk's work around tickets shares: links, merges, checklists, work logs, ready-made
// replies, saved views, bulk runs. Customers have no part in any of it.
#include <optional>
#include <string>
#include <vector>

#include "modules/tickets/steps.h"

namespace baijin::tickets {

// forbidden("not_for_customers") for everybody but the desk.
void must_be_desk(const Reader& reader);
// A ticket that the actor sees, locked; conflict("ticket_was_merged").
Ticket take_workable(Change& change, Id<Ticket> id);
// Whether the actor is a member of the team.
bool is_in_team(Reader& reader, Id<accounts::Team> team);

// One ticket of many for which something was not done.
struct Refused {
  Id<Ticket> ticket;
  std::string reason;
};
FIELDS(Refused, ticket, reason)

// What became of many tickets.
struct Batch {
  std::vector<Id<Ticket>> ok;
  std::vector<Refused> refused;
};
FIELDS(Batch, ok, refused)

// Where a ticket stood on its workflow. Times are microseconds, as exact as the ticket's own.
struct Standing {
  std::string state;
  Phase phase = Phase::fresh;
  std::int64_t state_since = 0;
  std::optional<std::string> previous_state;
  std::optional<std::int64_t> resolved_at, closed_at, reopen_until;
  std::int64_t reopened = 0;
};
FIELDS(Standing, state, phase, state_since, previous_state, resolved_at, closed_at, reopen_until,
       reopened)

Standing standing_of(const Ticket& ticket);
// Puts a taken ticket back to where it stood, silence being counted as before; saving and telling
// are the caller's. conflict("state_is_gone") when the workflow no longer has the state.
void stand_again(Change& change, Ticket& ticket, const Standing& standing);

// What people name in one language is named so in both.
struct BothNames {
  Name zh, en;
};
// invalid("required", "name_zh") when there is neither.
BothNames both_names(const std::optional<Name>& zh, const std::optional<Name>& en);

// All of it. `offered` is the rule of what has an owner or a team or is everybody's.
void install_desk(Module& m, const RowRule& offered);

void install_links(Module& m);
void install_merges(Module& m);
void install_splits(Module& m);
void install_watchers(Module& m);
void install_drafts(Module& m);
void install_checklists(Module& m);
void install_work_logs(Module& m);
void install_canned_replies(Module& m, const RowRule& offered);
void install_views(Module& m, const RowRule& offered);
void install_bulk_runs(Module& m);

}  // namespace baijin::tickets
