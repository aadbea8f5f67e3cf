#include "modules/tickets/reads.h"

#include "hub/module.h"
#include "modules/accounts/accounts.h"

namespace baijin::tickets {
namespace {

// That somebody has read something is no news to others: books, not events.
void put_read(Change& change, Id<Ticket> ticket, Time at) {
  if (!change.actor().user) return;
  change.keep_books(R"(INSERT INTO ticket_reads (member, ticket, read_at) VALUES ($1, $2, $3)
      ON CONFLICT (member, ticket) DO UPDATE SET read_at = excluded.read_at
      WHERE ticket_reads.read_at < excluded.read_at)",
                    change.actor().user, ticket, at);
}

// When it was there to be read: ours reach the customer when they are sent.
Time shown_at(const Change& change, const Message& message) {
  return change.actor().staff() ? message.created_at : message.send_at;
}

}  // namespace

std::optional<Time> last_read(Reader& reader, Id<Ticket> ticket) {
  return reader.value<Time>(R"(SELECT r.read_at FROM ticket_reads r WHERE r.member = $1
      AND r.ticket = $2 AND r.read_at > 0 {all: one's own})",
                            reader.actor().user, ticket);
}

void read_own_words(Change& change, Id<Ticket> ticket, Time at) { put_read(change, ticket, at); }

void read_by_customer(Change& change, const Ticket& ticket, Time at) {
  auto read = change.keep_books(R"(UPDATE messages SET read_by_customer_at = $2
      WHERE ticket = $1 AND read_by_customer_at IS NULL AND from_customer = FALSE
        AND kind = 'reply' AND state = 'sent' AND send_at <= $3)",
                                ticket.id, change.now(), at);
  if (read > 0) change.tell("tickets.read_by_customer", ticket, {{"messages", read}});
}

void recount_messages(Change& change, Id<Ticket> ticket) {
  change.execute(R"(UPDATE tickets SET
      last_message_at = (SELECT MAX(m.created_at) FROM messages m
        WHERE m.ticket = $1 AND m.state <> 'withdrawn'),
      last_reply_at = (SELECT MAX(m.send_at) FROM messages m
        WHERE m.ticket = $1 AND m.state = 'sent' AND m.kind = 'reply')
      WHERE id = $1 {all: what was said last, to whom it may concern})",
                 ticket);
}

TicketRead read_ticket(Change& change, Id<Ticket> id, const NewRead& input) {
  auto ticket = change.get(id);
  auto at = change.now();
  if (input.message) {
    auto message = change.get(*input.message);
    if (message.ticket != id) throw not_found();
    at = shown_at(change, message);
  }
  put_read(change, id, at);
  if (!change.actor().staff()) read_by_customer(change, ticket, at);
  return {id, last_read(change, id)};
}

TicketRead forget_read(Change& change, Id<Ticket> ticket) {
  change.must_see({"ticket", ticket.value});
  change.keep_books(R"(INSERT INTO ticket_reads (member, ticket, read_at) VALUES ($1, $2, 0)
      ON CONFLICT (member, ticket) DO UPDATE SET read_at = 0)",
                    change.actor().user, ticket);
  return {ticket, {}};
}

void install_reads(Module& m) {
  m.event<Ticket>("tickets.read_by_customer", "tickets.read");
  m.post("/tickets/{id}/reads", "tickets.read", read_ticket)
      .about("Say that one has read a ticket, up to a message or all of it.");
  m.del("/tickets/{id}/reads", "tickets.read", forget_read)
      .about("Make a ticket unread again for oneself.");
}

}  // namespace baijin::tickets
