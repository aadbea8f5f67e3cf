#include "modules/accounts/accounts.h"
#include "modules/search/search.h"
#include "modules/tickets/steps.h"

namespace baijin::tickets {
namespace {

void check(Change& change, const NewEvidence& input) {
  bool has_text = !input.body.value.empty();
  bool wants_something = input.kind != EvidenceKind::appointment &&
                         input.kind != EvidenceKind::waiver;
  if (wants_something && !has_text && input.files.empty()) {
    throw invalid("required", "body");
  }
  if (input.kind == EvidenceKind::test && !input.passed) throw invalid("required", "passed");
  if (input.kind == EvidenceKind::appointment && !input.starts_at) {
    throw invalid("required", "starts_at");
  }
  if (input.kind == EvidenceKind::waiver) {
    if (!has_text) throw invalid("wants_a_reason", "body");
    if (!input.guard) throw invalid("required", "guard");
    if (!rules::may_be_waived(input.guard->value)) throw invalid("not_waivable", "guard");
  } else if (input.guard) {
    throw invalid("not_a_waiver", "guard");
  }
  if (input.done_by) must_be_staff(change, *input.done_by, "done_by");
}

}  // namespace

Evidence write_evidence(Change& change, const Ticket& ticket, const NewEvidence& input) {
  check(change, input);
  Evidence evidence;
  evidence.ticket = ticket.id;
  evidence.kind = input.kind;
  evidence.body = input.body;
  if (input.kind == EvidenceKind::test) evidence.passed = input.passed;
  evidence.guard = input.guard;
  evidence.starts_at = input.starts_at;
  evidence.place = input.place;
  evidence.done_by = input.done_by;
  if (change.actor().user) evidence.recorded_by = change.actor().user;
  evidence.recorded_at = change.now();
  change.add(evidence);
  for (auto file : input.files) {
    files::attach(change, file, {"evidence", evidence.id.value});
  }
  boost::json::object more{{"evidence", evidence.id.value}, {"kind", name_of(evidence.kind)}};
  if (evidence.guard) more["guard"] = evidence.guard->value;
  bool waives = evidence.kind == EvidenceKind::waiver;
  change.tell(waives ? "tickets.waived" : "tickets.evidence_recorded", ticket, std::move(more));
  return evidence;
}

Evidence record_evidence(Change& change, Id<Ticket> id, const NewEvidence& input) {
  auto ticket = change.take(id);
  must_be_open(ticket);
  if (change.actor().kind == ActorKind::contact) throw forbidden("not_for_customers");
  if (input.kind == EvidenceKind::waiver) change.must("tickets.waive");
  return write_evidence(change, ticket, input);
}

}  // namespace baijin::tickets
