#include "modules/tickets/merges.h"

#include <algorithm>

#include "hub/module.h"
#include "modules/accounts/accounts.h"

namespace baijin::tickets {
namespace {

struct MergeLine {
  Id<TicketMerge> id;
  Version version;
  Id<Ticket> from_ticket;
  std::string from_number;
  Id<Ticket> to_ticket;
  std::string to_number;
  Lines<2'000> reason;
  bool across_customers = false;
  std::optional<std::string> merged_by_name;
  Time merged_at;
  std::optional<Time> undone_at;
};
FIELDS(MergeLine, id, version, from_ticket, from_number, to_ticket, to_number, reason,
       across_customers, merged_by_name, merged_at, undone_at)

struct Moves {
  std::string kind;
  std::int64_t rows = 0;
};
FIELDS(Moves, kind, rows)

bool is_merged(Reader& reader, Id<Ticket> ticket) {
  return reader.any(R"(SELECT 1 FROM tickets t WHERE t.id = $1 AND t.merged_into IS NOT NULL
      {all: a merge both ends of which the actor sees})",
                    ticket);
}

bool may_be_undone(Reader& reader, const MergeLine& line) {
  return !line.undone_at && reader.now() - line.merged_at <= undo_time_of_merges &&
         reader.may("tickets.merge") && !is_merged(reader, line.to_ticket);
}

MergeView view_of(Reader& reader, MergeLine&& line) {
  MergeView view{line.id,
                 line.version,
                 line.from_ticket,
                 line.from_number,
                 line.to_ticket,
                 line.to_number,
                 line.reason,
                 line.across_customers,
                 {},
                 {},
                 line.merged_by_name,
                 line.merged_at,
                 line.undone_at,
                 {}};
  auto counts = reader.list<Moves>(R"(SELECT m.kind, count(*) FROM ticket_merge_moves m
      WHERE m.merge = $1 {all: of a merge that the actor sees} GROUP BY m.kind ORDER BY m.kind)",
                                   line.id);
  for (const auto& count : counts) view.moved.value[count.kind] = count.rows;
  for (auto row : moved_rows(reader, line.id, "messages")) view.messages.push_back({row});
  if (may_be_undone(reader, line)) view.allowed.emplace_back("undo");
  return view;
}

MergeView view_of(Reader& reader, Id<TicketMerge> id) {
  auto line = reader.first<MergeLine>(R"(SELECT m.id, m.version, f.id, f.number, k.id, k.number,
      m.reason, m.across_customers, u.name, m.merged_at, m.undone_at
      FROM ticket_merges m JOIN tickets f ON f.id = m.from_ticket
      JOIN tickets k ON k.id = m.to_ticket LEFT JOIN users u ON u.id = m.merged_by
      WHERE m.id = $1 {all: both ends were taken})",
                                      id);
  if (!line) throw not_found();
  return view_of(reader, std::move(*line));
}

bool of_different_customers(const Ticket& a, const Ticket& b) {
  return a.customer && b.customer && *a.customer != *b.customer;
}

// Its own workflow's end, for good: it is the other number now.
void close_for_good(Change& change, Ticket& other, Id<Ticket> kept) {
  auto workflow = catalogue::workflow(change, other.workflow);
  if (other.phase != Phase::closed) {
    auto end = std::find_if(workflow->states.begin(), workflow->states.end(),
                            [](const auto& state) { return state.phase == Phase::closed; });
    if (end == workflow->states.end()) throw conflict("no_closed_state");
    if (other.phase == Phase::solved) {
      change.cancel("tickets.await_confirmation", std::to_string(other.id.value));
    }
    rules::enter(other, *end, change.now(), 0);
  }
  other.reopen_until.reset();
  other.merged_into = kept;
  other.updated_at = change.now();
  change.save(other);
}

TicketMerge take_merge(Change& change, Id<TicketMerge> id, Id<Ticket> kept) {
  auto merge = change.take(id);
  if (merge.to_ticket != kept) throw not_found();
  if (merge.undone_at) throw conflict("already_undone");
  if (change.now() - merge.merged_at > undo_time_of_merges) throw conflict("too_late");
  return merge;
}

}  // namespace

TicketMerge merge_into(Change& change, Ticket& kept, Ticket& other, const NewMerge& input) {
  bool across = of_different_customers(kept, other);
  if (across && !input.across_customers) throw conflict("customers_differ");
  // Nobody of a known customer may lose sight of what he wrote.
  if (other.customer && !kept.customer) throw conflict("merge_the_other_way");
  TicketMerge merge;
  merge.from_ticket = other.id;
  merge.to_ticket = kept.id;
  merge.reason = input.reason;
  merge.across_customers = across;
  merge.stood = standing_of(other);
  if (change.actor().user) merge.merged_by = change.actor().user;
  merge.merged_at = change.now();
  change.add(merge);
  move_rows(change, merge, kept, other, across ? Moved::desk_work : Moved::everything);
  close_for_good(change, other, kept.id);
  kept.updated_at = change.now();
  change.save(kept);
  boost::json::object about{{"merge", merge.id.value}, {"reason", merge.reason.value}};
  change.tell("tickets.merged_away", other, about);
  about["other"] = other.id.value;
  about["number"] = other.number;
  change.tell("tickets.merged", kept, std::move(about));
  return merge;
}

MergeView merge_tickets(Change& change, Id<Ticket> kept_id, const NewMerge& input) {
  if (kept_id == input.other) throw invalid("same_ticket", "other");
  auto kept = take_workable(change, kept_id);
  auto other = take_workable(change, input.other);
  return view_of(change, merge_into(change, kept, other, input).id);
}

MergeView undo_merge(Change& change, Id<Ticket> kept_id, Id<TicketMerge> id) {
  auto kept = take_workable(change, kept_id);
  auto merge = take_merge(change, id, kept_id);
  auto other = change.take(merge.from_ticket);
  move_rows_back(change, merge, kept, other);
  stand_again(change, other, merge.stood);
  other.merged_into.reset();
  other.updated_at = change.now();
  change.save(other);
  kept.updated_at = change.now();
  change.save(kept);
  merge.undone_at = change.now();
  change.save(merge);
  change.tell("tickets.merge_undone", kept, {{"merge", merge.id.value}});
  change.tell("tickets.merge_undone", other, {{"merge", merge.id.value}});
  return view_of(change, merge.id);
}

std::vector<MergeView> list_merges(Reader& reader, Id<Ticket> ticket) {
  must_be_desk(reader);
  reader.must_see({"ticket", ticket.value});
  auto lines = reader.list<MergeLine>(R"(SELECT m.id, m.version, f.id, f.number, k.id, k.number,
      m.reason, m.across_customers, u.name, m.merged_at, m.undone_at
      FROM ticket_merges m JOIN tickets f ON f.id = m.from_ticket
      JOIN tickets k ON k.id = m.to_ticket LEFT JOIN users u ON u.id = m.merged_by
      WHERE (m.to_ticket = $1 OR m.from_ticket = $1) AND {visible f} AND {visible k}
      ORDER BY m.id DESC)",
                                      ticket);
  std::vector<MergeView> views;
  for (auto& line : lines) views.push_back(view_of(reader, std::move(line)));
  return views;
}

void install_merges(Module& m) {
  m.record<TicketMerge>(seen_with("ticket", "to_ticket", "FALSE"), "tickets.read");
  for (auto name : {"tickets.merged", "tickets.merged_away", "tickets.merge_undone"}) {
    m.event<Ticket>(name, "tickets.read");
  }
  m.get("/tickets/{id}/merges", "tickets.read", list_merges)
      .about("What went into a ticket, and where it went itself.");
  m.create("/tickets/{id}/merges", "tickets.merge", merge_tickets)
      .about("Merge another ticket into this one.");
  m.post("/tickets/{id}/merges/{merge}/undo", "tickets.merge", undo_merge)
      .about("Undo a merge, up to thirty days later.");
}

}  // namespace baijin::tickets
