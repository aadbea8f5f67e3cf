#pragma once
// Who has read what. For each person the time up to which a ticket was read: what was said later by
// somebody else makes it unread. And for each reply of ours, when the customer first had it before
// his eyes. Reading is said by a POST, because a GET changes nothing (Z10).
#include <optional>

#include "modules/tickets/tickets.h"

namespace baijin::tickets {

struct NewRead {
  std::optional<Id<Message>> message;  // the newest one that was shown; all there is when not said
};
FIELDS(NewRead, message)

struct TicketRead {
  Id<Ticket> ticket;
  std::optional<Time> read_at;  // what was said up to then has been read
};
FIELDS(TicketRead, ticket, read_at)

// Never takes back what was read before. A customer's reading is told to the desk, once a reply.
TicketRead read_ticket(Change& change, Id<Ticket> ticket, const NewRead& input);
// As if one had not looked at it yet.
TicketRead forget_read(Change& change, Id<Ticket> ticket);

// When the actor read it last.
std::optional<Time> last_read(Reader& reader, Id<Ticket> ticket);
// The author of something said up to `at` has read it. Nothing for the program.
void read_own_words(Change& change, Id<Ticket> ticket, Time at);
// What was said last is looked up again, after messages came or went by another way.
void recount_messages(Change& change, Id<Ticket> ticket);

void install_reads(Module& m);

}  // namespace baijin::tickets
