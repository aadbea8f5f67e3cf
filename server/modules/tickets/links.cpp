#include "modules/tickets/links.h"

#include <algorithm>

#include "base/html.h"
#include "hub/module.h"
#include "modules/accounts/accounts.h"
#include "modules/tickets/canned_replies.h"

namespace baijin::tickets {
namespace {

constexpr std::size_t most_children = 500;

bool is_linked(Reader& reader, Id<Ticket> from, Id<Ticket> to, LinkKind kind) {
  return reader.any(R"(SELECT 1 FROM ticket_links l WHERE l.from_ticket = $1 AND l.to_ticket = $2
      AND l.kind = $3 {all: both ends were taken})",
                    from, to, kind);
}

bool has_parent(Reader& reader, Id<Ticket> ticket, Id<TicketLink> but) {
  return reader.any(R"(SELECT 1 FROM ticket_links l WHERE l.to_ticket = $1 AND l.kind = 'parent'
      AND l.id <> $2 {all: both ends were taken})",
                    ticket, but);
}

bool reaches(Reader& reader, Id<Ticket> from, Id<Ticket> to, LinkKind kind) {
  return reader.any(R"(WITH RECURSIVE reached(ticket) AS (
      SELECT l.to_ticket FROM ticket_links l WHERE l.from_ticket = $1 AND l.kind = $2
        {all: rings are rings whoever asks}
      UNION
      SELECT l.to_ticket FROM ticket_links l JOIN reached r ON l.from_ticket = r.ticket
        WHERE l.kind = $2 {all: rings are rings whoever asks})
      SELECT 1 FROM reached r WHERE r.ticket = $3 {all: rings are rings whoever asks})",
                    from, kind, to);
}

void tell_both(Change& change, std::string_view event, const TicketLink& link, const Ticket& from,
               const Ticket& to) {
  boost::json::object about{{"link", link.id.value}, {"kind", name_of(link.kind)}};
  change.tell(event, from, about);
  change.tell(event, to, about);
}

std::vector<Id<Ticket>> children_of(Reader& reader, Id<Ticket> incident) {
  return reader.values<Id<Ticket>>(R"(SELECT DISTINCT t.id FROM ticket_links l
      JOIN tickets t ON t.id = l.to_ticket
      WHERE l.from_ticket = $1 AND l.kind IN ('parent', 'incident') AND {visible t}
      ORDER BY t.id)",
                                   incident);
}

void answer_child(Change& change, Id<Ticket> child, const IncidentReply& input) {
  auto ticket = change.get(child);
  must_be_open(ticket);
  NewMessage reply;
  reply.body.value = filled_for(change, ticket, input.body.value, {}).html;
  reply.undo_seconds = input.undo_seconds;
  add_message(change, child, reply);
}

}  // namespace

std::vector<LinkedTicket> list_links(Reader& reader, Id<Ticket> ticket) {
  reader.must_see({"ticket", ticket.value});
  return reader.list<LinkedTicket>(R"(SELECT l.id, l.kind, l.from_ticket = $1, t.id, t.number,
      t.subject, t.state, t.phase, t.priority, c.name, u.name, t.created_at, t.closed_at
      FROM ticket_links l JOIN tickets t
        ON t.id = CASE WHEN l.from_ticket = $1 THEN l.to_ticket ELSE l.from_ticket END
      LEFT JOIN customers c ON c.id = t.customer LEFT JOIN users u ON u.id = t.assignee
      WHERE (l.from_ticket = $1 OR l.to_ticket = $1) AND {visible t} ORDER BY l.id)",
                                   ticket);
}

Family get_family(Reader& reader, Id<Ticket> ticket) {
  Family family;
  for (auto& linked : list_links(reader, ticket)) {
    bool down = linked.kind == LinkKind::parent || linked.kind == LinkKind::incident;
    if (linked.outgoing && down) {
      ++family.total;
      if (linked.phase != Phase::closed) ++family.open;
      family.children.push_back(std::move(linked));
    } else if (linked.kind == LinkKind::parent) {
      family.parent = std::move(linked);
    }
  }
  return family;
}

std::optional<std::string> link_refusal(Reader& reader, Id<Ticket> from, Id<Ticket> to,
                                        LinkKind kind, Id<TicketLink> instead_of) {
  if (is_linked(reader, from, to, kind)) return "already_linked";
  if (kind == LinkKind::relates) {
    if (is_linked(reader, to, from, kind)) return "already_linked";
    return {};
  }
  if (kind == LinkKind::parent && has_parent(reader, to, instead_of)) return "has_a_parent";
  if (reaches(reader, to, from, kind)) return "would_be_a_ring";
  return {};
}

TicketLink link_tickets(Change& change, Id<Ticket> from_id, const NewLink& input) {
  if (from_id == input.to) throw invalid("same_ticket", "to");
  auto from = take_workable(change, from_id);
  auto to = take_workable(change, input.to);
  if (auto refusal = link_refusal(change, from.id, to.id, input.kind)) throw conflict(*refusal);
  TicketLink link;
  link.from_ticket = from.id;
  link.to_ticket = to.id;
  link.kind = input.kind;
  if (change.actor().user) link.created_by = change.actor().user;
  link.created_at = change.now();
  change.add(link);
  tell_both(change, "tickets.linked", link, from, to);
  return link;
}

void relate(Change& change, Id<Ticket> ticket, Id<Ticket> other) {
  link_tickets(change, ticket, {other, LinkKind::relates});
}

void unlink_tickets(Change& change, Id<Ticket> id, Id<TicketLink> link_id) {
  must_be_desk(change);
  change.get(id);
  auto link = change.take_unseen(link_id);
  if (link.from_ticket != id && link.to_ticket != id) throw not_found();
  auto from = change.take(link.from_ticket);
  auto to = change.take(link.to_ticket);
  change.remove(link);
  tell_both(change, "tickets.unlinked", link, from, to);
}

Batch reply_to_incident(Change& change, Id<Ticket> id, const IncidentReply& input) {
  auto incident = take_workable(change, id);
  if (html_to_text(input.body.value).empty()) throw invalid("required", "body");
  auto children = children_of(change, id);
  if (children.empty()) throw conflict("no_children");
  const auto& wanted = input.tickets.empty() ? children : input.tickets;
  if (wanted.size() > most_children) throw invalid("too_many", "tickets");
  Batch batch;
  for (auto child : wanted) {
    std::optional<Error> refusal = conflict("not_a_child");
    if (std::find(children.begin(), children.end(), child) != children.end()) {
      refusal = change.attempt(change.actor(),
                               [&](Change& own) { answer_child(own, child, input); });
    }
    if (refusal) batch.refused.push_back({child, refusal->reason});
    else batch.ok.push_back(child);
  }
  change.tell("tickets.incident_answered", incident,
              {{"answered", batch.ok.size()}, {"refused", batch.refused.size()}});
  return batch;
}

void install_links(Module& m) {
  m.record<TicketLink>(seen_with("ticket", "from_ticket", "FALSE"), "tickets.read");
  for (auto name : {"tickets.linked", "tickets.unlinked", "tickets.incident_answered"}) {
    m.event<Ticket>(name, "tickets.read");
  }
  m.get("/tickets/{id}/links", "tickets.read", list_links)
      .about("The tickets it is linked with, as far as one sees them.");
  m.create("/tickets/{id}/links", "tickets.work", link_tickets).about("Link two tickets.");
  m.del("/tickets/{id}/links/{link}", "tickets.work", unlink_tickets).about("Take a link away.");
  m.get("/tickets/{id}/family", "tickets.read", get_family)
      .about("Its parent and its children, with how many are open.");
  m.post("/tickets/{id}/incident-replies", "tickets.work", reply_to_incident)
      .about("Answer all tickets of an incident together.");
}

}  // namespace baijin::tickets
