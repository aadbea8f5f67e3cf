// What a bulk run does to one ticket, and how that is taken back.
#include <algorithm>

#include "modules/accounts/accounts.h"
#include "modules/tickets/bulk_runs.h"
#include "modules/tickets/watchers.h"

namespace baijin::tickets {
namespace {

Id<accounts::User> watcher_of(const BulkRun& run) {
  return run.fields.assignee.value_or(run.started_by);
}

BulkBefore before(Reader& reader, const Ticket& ticket, Id<accounts::User> watcher) {
  return {standing_of(ticket),
          ticket.assignee,
          ticket.team,
          ticket.priority,
          ticket.priority_reason,
          ticket.tags,
          is_watching(reader, ticket.id, watcher)};
}

void assign_one(Change& change, Id<Ticket> ticket, const BulkFields& fields) {
  Assignment input;
  input.assignee = {fields.assignee || fields.without_assignee, fields.assignee};
  input.team = {fields.team || fields.without_team, fields.team};
  input.hand_over_note = fields.hand_over_note;
  assign(change, ticket, input);
}

void tag_one(Change& change, const Ticket& ticket, const Tag& tag, bool wanted) {
  bool there = std::find(ticket.tags.begin(), ticket.tags.end(), tag) != ticket.tags.end();
  if (there == wanted) return;
  TicketPatch patch;
  patch.tags.given = true;
  patch.tags.value = ticket.tags;
  if (wanted) patch.tags.value.push_back(tag);
  else std::erase(patch.tags.value, tag);
  change_ticket(change, ticket.id, patch);
}

void prioritise_one(Change& change, Id<Ticket> ticket, const BulkFields& fields) {
  TicketPatch patch;
  patch.priority = {true, *fields.priority};
  if (fields.priority_reason) patch.priority_reason = {true, *fields.priority_reason};
  change_ticket(change, ticket, patch);
}

void set_watching(Change& change, Id<Ticket> ticket, Id<accounts::User> member, bool wanted) {
  change.must("tickets.work");
  if (is_watching(change, ticket, member) == wanted) return;
  if (wanted) add_watcher(change, ticket, {member});
  else remove_watcher(change, ticket, member);
}

void move_one(Change& change, Id<Ticket> ticket, const BulkFields& fields) {
  move(change, ticket, {*fields.to, fields.reason, fields.fields});
}

void restore(Change& change, Ticket& ticket, const BulkRun& run, const BulkBefore& was) {
  boost::json::object about{{"bulk_run_undone", run.id.value}};
  if (run.action == BulkAction::assign) {
    change.must("tickets.assign");
    ticket.assignee = was.assignee;
    ticket.team = was.team;
    change.save(ticket);
    change.tell("tickets.assigned", ticket, std::move(about));
    return;
  }
  if (run.action == BulkAction::transition) {
    auto phase_before = ticket.phase;
    about["from"] = ticket.state;
    about["to"] = was.standing.state;
    stand_again(change, ticket, was.standing);
    change.save(ticket);
    change.tell("tickets.moved", ticket, about);
    bool closed = ticket.phase == Phase::closed, was_closed = phase_before == Phase::closed;
    if (closed != was_closed) {
      change.tell(closed ? "tickets.closed" : "tickets.reopened", ticket, std::move(about));
    }
    return;
  }
  auto tags_now = ticket.tags;
  if (run.action == BulkAction::set_priority) {
    ticket.priority = was.priority;
    ticket.priority_reason = was.priority_reason;
  } else {
    ticket.tags = was.tags;
  }
  change.save(ticket);
  set_tags(change, ticket, tags_now);
  change.tell("tickets.changed", ticket, std::move(about));
}

}  // namespace

void check_bulk_fields(BulkAction action, const BulkFields& fields) {
  switch (action) {
    case BulkAction::assign:
      if (!fields.assignee && !fields.team && !fields.without_assignee && !fields.without_team) {
        throw invalid("required", "fields.assignee");
      }
      return;
    case BulkAction::transition:
      if (!fields.to) throw invalid("required", "fields.to");
      return;
    case BulkAction::add_tag:
    case BulkAction::remove_tag:
      if (!fields.tag) throw invalid("required", "fields.tag");
      return;
    case BulkAction::set_priority:
      if (!fields.priority) throw invalid("required", "fields.priority");
      return;
    case BulkAction::watch:
    case BulkAction::unwatch: return;
  }
}

void act_on(Change& change, const BulkRun& run, BulkItem& item) {
  auto ticket = change.take(item.ticket);
  item.stood = before(change, ticket, watcher_of(run));
  const auto& fields = run.fields;
  switch (run.action) {
    case BulkAction::assign: assign_one(change, ticket.id, fields); break;
    case BulkAction::transition: move_one(change, ticket.id, fields); break;
    case BulkAction::add_tag: tag_one(change, ticket, *fields.tag, true); break;
    case BulkAction::remove_tag: tag_one(change, ticket, *fields.tag, false); break;
    case BulkAction::set_priority: prioritise_one(change, ticket.id, fields); break;
    case BulkAction::watch: set_watching(change, ticket.id, watcher_of(run), true); break;
    case BulkAction::unwatch: set_watching(change, ticket.id, watcher_of(run), false); break;
  }
  // Whoever asks: an assignment may have taken the ticket out of the actor's sight.
  item.version_after = change.take_unseen(item.ticket).version.value;
}

void take_back(Change& change, const BulkRun& run, const BulkItem& item) {
  if (run.action == BulkAction::watch || run.action == BulkAction::unwatch) {
    change.get(item.ticket);
    set_watching(change, item.ticket, watcher_of(run), item.stood.watched);
    return;
  }
  auto ticket = change.take_unseen(item.ticket);
  if (ticket.version.value != item.version_after) throw conflict("changed_meanwhile");
  if (ticket.merged_into) throw conflict("ticket_was_merged");
  auto same = standing_of(ticket);
  bool nothing_done = same_fields(fields_of<Standing>(), &same, &item.stood.standing) &&
                      ticket.assignee == item.stood.assignee && ticket.team == item.stood.team &&
                      ticket.priority == item.stood.priority && ticket.tags == item.stood.tags;
  if (nothing_done) return;
  ticket.updated_at = change.now();
  restore(change, ticket, run, item.stood);
}

}  // namespace baijin::tickets
