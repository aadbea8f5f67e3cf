#include "modules/tickets/bulk_runs.h"

#include <algorithm>

#include "hub/hub.h"
#include "hub/module.h"
#include "modules/accounts/accounts.h"

namespace baijin::tickets {
namespace {

constexpr std::size_t most_tickets = 500;
constexpr std::int64_t at_once = 50;
constexpr auto undo_time = minutes(10);

struct BulkStep {
  Id<BulkRun> run;
};
FIELDS(BulkStep, run)

std::vector<std::string> rights_of(const Change& change) {
  std::vector<std::string> names;
  for (const auto& right : change.hub().registry().rights) {
    if (change.may(right.name)) names.push_back(right.name);
  }
  return names;
}

// Who started it, with what he may do now and could do then (Z8): a token's narrower rights do not
// widen because the work goes on later.
Actor starter_of(Change& change, const BulkRun& run) {
  if (change.actor().kind != ActorKind::program) return change.actor();
  auto actor = accounts::actor_for(change, run.started_by);
  auto kept = std::make_shared<Rights>();
  for (const auto& name : run.rights) {
    const auto* right = change.hub().registry().right(name);
    if (right && actor.rights && actor.rights->test(right->number)) kept->set(right->number);
  }
  actor.rights = kept;
  return actor;
}

std::vector<BulkItem> items_with(Change& change, const BulkRun& run, BulkOutcome outcome) {
  return change.list<BulkItem>(R"(SELECT {fields i} FROM bulk_items i WHERE i.bulk_run = $1
      AND i.outcome = $2 {all: of a run that is the actor's} ORDER BY i.id LIMIT $3)",
                               run.id, outcome, at_once);
}

void keep(Change& change, const BulkItem& item) {
  change.execute(R"(UPDATE bulk_items SET outcome = $1, reason = $2, version_after = $3,
      stood = $4, version = version + 1 WHERE id = $5)",
                 item.outcome, item.reason, item.version_after, to_json(item.stood), item.id);
}

void settle(BulkItem& item, const std::optional<Error>& refusal, BulkOutcome good,
            BulkOutcome bad) {
  item.outcome = refusal ? bad : good;
  item.reason = refusal ? refusal->reason : "";
}

void do_some(Change& change, const BulkRun& run) {
  auto actor = starter_of(change, run);
  for (auto& item : items_with(change, run, BulkOutcome::pending)) {
    auto refusal = change.attempt(actor, [&](Change& own) {
      own.must("tickets.bulk");
      act_on(own, run, item);
    });
    settle(item, refusal, BulkOutcome::ok, BulkOutcome::refused);
    keep(change, item);
  }
}

void undo_some(Change& change, const BulkRun& run) {
  auto actor = starter_of(change, run);
  for (auto& item : items_with(change, run, BulkOutcome::ok)) {
    auto refusal = change.attempt(actor, [&](Change& own) {
      own.must("tickets.bulk");
      take_back(own, run, item);
    });
    settle(item, refusal, BulkOutcome::undone, BulkOutcome::conflict);
    keep(change, item);
  }
}

bool has_items(Reader& reader, Id<BulkRun> run, BulkOutcome outcome) {
  return reader.any(R"(SELECT 1 FROM bulk_items i WHERE i.bulk_run = $1 AND i.outcome = $2
      {all: of a run that is the actor's} LIMIT 1)",
                    run, outcome);
}

// One step forward or back; what is left goes on as a job.
void go_on(Change& change, BulkRun& run) {
  bool back = run.state == RunState::undoing;
  if (back) undo_some(change, run);
  else do_some(change, run);
  if (has_items(change, run.id, back ? BulkOutcome::ok : BulkOutcome::pending)) {
    change.schedule("tickets.go_on_with_bulk_run", std::to_string(run.id.value), change.now(),
                    BulkStep{run.id});
    change.tell("tickets.bulk_run_went_on", run);
    return;
  }
  if (back) {
    run.state = RunState::undone;
    run.undone_at = change.now();
  } else {
    run.state = RunState::done;
    run.finished_at = change.now();
    run.undo_until = change.now() + undo_time;
  }
  change.save(run);
  change.tell(back ? "tickets.bulk_run_undone" : "tickets.bulk_run_finished", run);
}

void go_on_later(Change& change, const BulkStep& step) {
  auto run = change.take_unseen(step.run);
  if (run.state == RunState::running || run.state == RunState::undoing) go_on(change, run);
}

BulkRunView view_of(Reader& reader, const BulkRun& run) {
  BulkRunView view;
  view.id = run.id;
  view.version = run.version;
  view.action = run.action;
  view.state = run.state;
  view.started_at = run.started_at;
  view.finished_at = run.finished_at;
  view.undo_until = run.undo_until;
  view.undone_at = run.undone_at;
  view.results = reader.list<BulkResult>(R"(SELECT {fields i} FROM bulk_items i
      WHERE i.bulk_run = $1 {all: of a run that is the actor's} ORDER BY i.id)",
                                         run.id);
  for (const auto& result : view.results) {
    ++view.total;
    switch (result.outcome) {
      case BulkOutcome::pending: ++view.pending; break;
      case BulkOutcome::ok: ++view.ok; break;
      case BulkOutcome::refused: ++view.refused; break;
      case BulkOutcome::undone: ++view.undone; break;
      case BulkOutcome::conflict: ++view.conflicts; break;
    }
  }
  bool mine = run.started_by == reader.actor().user;
  bool in_time = run.undo_until && reader.now() <= *run.undo_until;
  if (mine && in_time && run.state == RunState::done && view.ok > 0) view.allowed = {"undo"};
  return view;
}

}  // namespace

BulkRunView start_bulk_run(Change& change, const NewBulkRun& input) {
  must_be_desk(change);
  if (input.tickets.empty()) throw invalid("required", "tickets");
  if (input.tickets.size() > most_tickets) throw invalid("too_many", "tickets");
  check_bulk_fields(input.action, input.fields);
  BulkRun run;
  run.started_by = change.actor().user;
  run.rights = rights_of(change);
  run.action = input.action;
  run.fields = input.fields;
  run.started_at = change.now();
  change.add(run);
  auto tickets = input.tickets;
  std::sort(tickets.begin(), tickets.end());
  tickets.erase(std::unique(tickets.begin(), tickets.end()), tickets.end());
  for (auto ticket : tickets) {
    BulkItem item;
    item.bulk_run = run.id;
    item.ticket = ticket;
    change.add(item);
  }
  change.tell("tickets.bulk_run_started", run,
              {{"action", name_of(run.action)}, {"tickets", tickets.size()}});
  if (static_cast<std::int64_t>(tickets.size()) <= at_once) {
    go_on(change, run);
  } else {
    change.schedule("tickets.go_on_with_bulk_run", std::to_string(run.id.value), change.now(),
                    BulkStep{run.id});
  }
  return view_of(change, run);
}

BulkRunView get_bulk_run(Reader& reader, Id<BulkRun> id) {
  must_be_desk(reader);
  return view_of(reader, reader.get(id));
}

BulkRunView undo_bulk_run(Change& change, Id<BulkRun> id) {
  must_be_desk(change);
  auto run = change.take(id);
  if (run.started_by != change.actor().user) throw forbidden("not_the_author");
  if (run.state == RunState::running) throw conflict("still_running");
  if (run.state != RunState::done) throw conflict("already_undone");
  if (!run.undo_until || change.now() > *run.undo_until) throw conflict("too_late");
  run.state = RunState::undoing;
  change.save(run);
  go_on(change, run);
  return view_of(change, run);
}

void install_bulk_runs(Module& m) {
  constexpr std::string_view own = "{t}.started_by = $user";
  m.record<BulkRun>({own, own, own, "", "", "", ""}, "tickets.bulk");
  m.record<BulkItem>(seen_with("bulk_run", "bulk_run", "FALSE"), "tickets.bulk");
  for (auto name : {"tickets.bulk_run_started", "tickets.bulk_run_went_on",
                    "tickets.bulk_run_finished", "tickets.bulk_run_undone"}) {
    m.event<BulkRun>(name, "tickets.bulk");
  }
  m.create("/tickets/bulk", "tickets.bulk", start_bulk_run)
      .about("Do something to many tickets; more than fifty go on as a job.");
  m.get("/bulk-runs/{id}", "tickets.bulk", get_bulk_run)
      .about("What became of each ticket so far.");
  m.post("/bulk-runs/{id}/undo", "tickets.bulk", undo_bulk_run)
      .about("Undo it within ten minutes, except where somebody has changed a ticket since.");
  m.job("tickets.go_on_with_bulk_run", go_on_later);
}

}  // namespace baijin::tickets
