#pragma once
// One action on many tickets (PLT-4): each ticket is judged by itself, with the rights of who
// started it; what could not be done is said. Up to fifty are done at once, more go on as a job.
// Within ten minutes all of it can be undone, except where somebody has been at a ticket since.
#include "modules/tickets/desk.h"

namespace baijin::tickets {

enum class BulkAction { assign, transition, add_tag, remove_tag, set_priority, watch, unwatch };
BOOST_DESCRIBE_ENUM(BulkAction, assign, transition, add_tag, remove_tag, set_priority, watch,
                    unwatch)

struct BulkFields {
  std::optional<Id<accounts::User>> assignee;  // assign; watch and unwatch: oneself when not said
  std::optional<Id<accounts::Team>> team;      // assign
  bool without_assignee = false, without_team = false;  // assign: takes it away
  std::optional<Lines<4'000>> hand_over_note;           // assign
  std::optional<Slug> to;                               // transition
  std::optional<Lines<2'000>> reason;                   // transition
  std::optional<MoveFields> fields;                     // transition
  std::optional<Tag> tag;                               // add_tag, remove_tag
  std::optional<Priority> priority;                     // set_priority
  std::optional<Lines<2'000>> priority_reason;
};
FIELDS(BulkFields, assignee, team, without_assignee, without_team, hand_over_note, to, reason,
       fields, tag, priority, priority_reason)

enum class RunState { running, done, undoing, undone };
BOOST_DESCRIBE_ENUM(RunState, running, done, undoing, undone)

struct BulkRun {
  Id<BulkRun> id;
  Version version;
  Id<accounts::User> started_by;
  std::vector<std::string> rights;  // what its starter could do then: it can never do more
  BulkAction action = BulkAction::assign;
  BulkFields fields;
  RunState state = RunState::running;
  Time started_at;
  std::optional<Time> finished_at;
  std::optional<Time> undo_until;
  std::optional<Time> undone_at;
};
FIELDS(BulkRun, id, version, started_by, rights, action, fields, state, started_at, finished_at,
       undo_until, undone_at)
TABLE(BulkRun, "bulk_run", "bulk_runs")

// conflict: not undone, because somebody has changed the ticket since.
enum class BulkOutcome { pending, ok, refused, undone, conflict };
BOOST_DESCRIBE_ENUM(BulkOutcome, pending, ok, refused, undone, conflict)

// What a ticket was like before.
struct BulkBefore {
  Standing standing;
  std::optional<Id<accounts::User>> assignee;
  std::optional<Id<accounts::Team>> team;
  Priority priority = Priority::P3;
  Lines<2'000> priority_reason;
  std::vector<Tag> tags;
  bool watched = false;
};
FIELDS(BulkBefore, standing, assignee, team, priority, priority_reason, tags, watched)

struct BulkItem {
  Id<BulkItem> id;
  Version version;
  Id<BulkRun> bulk_run;
  Id<Ticket> ticket;
  BulkOutcome outcome = BulkOutcome::pending;
  std::string reason;
  std::int64_t version_after = 0;  // of the ticket
  BulkBefore stood;
};
FIELDS(BulkItem, id, version, bulk_run, ticket, outcome, reason, version_after, stood)
TABLE(BulkItem, "bulk_item", "bulk_items")

struct NewBulkRun {
  std::vector<Id<Ticket>> tickets;  // at most 500
  BulkAction action = BulkAction::assign;
  BulkFields fields;
};
FIELDS(NewBulkRun, tickets, action, fields)

struct BulkResult {
  Id<Ticket> ticket;
  BulkOutcome outcome = BulkOutcome::pending;
  std::string reason;
};
FIELDS(BulkResult, ticket, outcome, reason)

struct BulkRunView {
  Id<BulkRun> id;
  Version version;
  BulkAction action = BulkAction::assign;
  RunState state = RunState::running;
  std::int64_t total = 0, pending = 0, ok = 0, refused = 0, undone = 0, conflicts = 0;
  Time started_at;
  std::optional<Time> finished_at;
  std::optional<Time> undo_until;
  std::optional<Time> undone_at;
  std::vector<BulkResult> results;
  std::vector<std::string> allowed;  // "undo"
};
FIELDS(BulkRunView, id, version, action, state, total, pending, ok, refused, undone, conflicts,
       started_at, finished_at, undo_until, undone_at, results, allowed)

// invalid "required" | "too_many" for what the action lacks.
BulkRunView start_bulk_run(Change& change, const NewBulkRun& input);
// One's own runs (with the scope "all": everybody's).
BulkRunView get_bulk_run(Reader& reader, Id<BulkRun> id);
// By who started it; conflict "still_running" | "already_undone" | "too_late".
BulkRunView undo_bulk_run(Change& change, Id<BulkRun> id);

// ── for this noun's files ────────────────────────────────────────────────────────────────────

// invalid for what the action needs and `fields` does not have.
void check_bulk_fields(BulkAction action, const BulkFields& fields);
// Does it to one ticket and fills `stood` and `version_after`.
void act_on(Change& change, const BulkRun& run, BulkItem& item);
// conflict("changed_meanwhile") when somebody has been at the ticket since.
void take_back(Change& change, const BulkRun& run, const BulkItem& item);

}  // namespace baijin::tickets
