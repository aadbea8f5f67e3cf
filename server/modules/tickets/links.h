#pragma once
// Tickets that belong together (TKT-6): "from KIND to". A parent has children and an incident has
// the tickets it caused; both can be answered together. A link is made, seen and taken away only by
// who sees both of its ends.
#include "modules/tickets/desk.h"

namespace baijin::tickets {

enum class LinkKind { relates, duplicates, blocks, parent, incident };
BOOST_DESCRIBE_ENUM(LinkKind, relates, duplicates, blocks, parent, incident)

struct TicketLink {
  Id<TicketLink> id;
  Version version;
  Id<Ticket> from_ticket;
  Id<Ticket> to_ticket;
  LinkKind kind = LinkKind::relates;
  std::optional<Id<accounts::User>> created_by;
  Time created_at;
};
FIELDS(TicketLink, id, version, from_ticket, to_ticket, kind, created_by, created_at)
TABLE(TicketLink, "ticket_link", "ticket_links")
STAFF_ONLY(TicketLink, "created_by")

struct NewLink {
  Id<Ticket> to;
  LinkKind kind = LinkKind::relates;
};
FIELDS(NewLink, to, kind)

// The ticket at the other end. `outgoing`: the link says it of the ticket that was asked about, as
// in "this one is the parent of …"; else the other way round.
struct LinkedTicket {
  Id<TicketLink> link;
  LinkKind kind = LinkKind::relates;
  bool outgoing = true;
  Id<Ticket> ticket;
  std::string number;
  std::string subject;
  std::string state;
  Phase phase = Phase::fresh;
  Priority priority = Priority::P3;
  std::optional<std::string> customer_name, assignee_name;
  Time created_at;
  std::optional<Time> closed_at;
};
FIELDS(LinkedTicket, link, kind, outgoing, ticket, number, subject, state, phase, priority,
       customer_name, assignee_name, created_at, closed_at)

// A ticket's parent and children, as far as the actor sees them.
struct Family {
  std::optional<LinkedTicket> parent;
  std::vector<LinkedTicket> children;
  std::int64_t total = 0, open = 0;  // of the children
};
FIELDS(Family, parent, children, total, open)

std::vector<LinkedTicket> list_links(Reader& reader, Id<Ticket> ticket);
Family get_family(Reader& reader, Id<Ticket> ticket);

// conflict "already_linked" | "would_be_a_ring" | "has_a_parent" | "ticket_was_merged".
TicketLink link_tickets(Change& change, Id<Ticket> from, const NewLink& input);
void unlink_tickets(Change& change, Id<Ticket> ticket, Id<TicketLink> link);

// Why a link of this kind may not be made, or may not be made in place of another.
std::optional<std::string> link_refusal(Reader& reader, Id<Ticket> from, Id<Ticket> to,
                                        LinkKind kind, Id<TicketLink> instead_of = {});

// The same reply to every open child of a parent or incident. Variables of ready-made replies are
// filled for each.
struct IncidentReply {
  Html<100'000> body;
  std::vector<Id<Ticket>> tickets;  // none: all that the actor sees
  std::optional<std::int64_t> undo_seconds;
};
FIELDS(IncidentReply, body, tickets, undo_seconds)

// conflict("no_children"); a child that cannot be answered does not keep the others from it.
Batch reply_to_incident(Change& change, Id<Ticket> incident, const IncidentReply& input);

}  // namespace baijin::tickets
