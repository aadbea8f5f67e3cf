#pragma once
// Merging a ticket into another and splitting one in two (TKT-6). Nothing is deleted: what a merge
// moves is remembered row by row, and within thirty days an undo moves back exactly that.
#include "modules/tickets/desk.h"

namespace baijin::tickets {

inline constexpr Duration undo_time_of_merges = days(30);

struct TicketMerge {
  Id<TicketMerge> id;
  Version version;
  Id<Ticket> from_ticket;  // went into to_ticket
  Id<Ticket> to_ticket;
  Lines<2'000> reason;
  bool across_customers = false;
  Standing stood;  // of from_ticket, before
  std::optional<Id<accounts::User>> merged_by;
  Time merged_at;
  std::optional<Time> undone_at;
};
FIELDS(TicketMerge, id, version, from_ticket, to_ticket, reason, across_customers, stood, merged_by,
       merged_at, undone_at)
TABLE(TicketMerge, "ticket_merge", "ticket_merges")

struct NewMerge {
  Id<Ticket> other;
  Lines<2'000> reason;
  bool across_customers = false;
};
FIELDS(NewMerge, other, reason, across_customers)

// A merge as people see it; `moved` counts rows by what they are ("messages": 12).
struct MergeView {
  Id<TicketMerge> id;
  Version version;
  Id<Ticket> from_ticket;
  std::string from_number;
  Id<Ticket> to_ticket;
  std::string to_number;
  Lines<2'000> reason;
  bool across_customers = false;
  JsonMap moved;
  std::vector<Id<Message>> messages;  // those that came with it: their origin is from_ticket
  std::optional<std::string> merged_by_name;
  Time merged_at;
  std::optional<Time> undone_at;
  std::vector<std::string> allowed;  // "undo"
};
FIELDS(MergeView, id, version, from_ticket, from_number, to_ticket, to_number, reason,
       across_customers, moved, messages, merged_by_name, merged_at, undone_at, allowed)

// `other` goes into `kept`: its messages, evidence, files, work logs, drafts, checklist, watchers,
// tags and links; then it is closed and points to `kept`. Notes stay notes.
// Two customers' tickets are merged only when input says across_customers: what each of them could
// see then stays where it is, and only the desk's own work (checklist, watchers, tags) moves.
// conflict "ticket_was_merged" | "customers_differ" | "merge_the_other_way", invalid "same_ticket".
MergeView merge_tickets(Change& change, Id<Ticket> kept, const NewMerge& input);
// conflict "already_undone" | "too_late" | "ticket_was_merged" (undo that one first).
MergeView undo_merge(Change& change, Id<Ticket> kept, Id<TicketMerge> merge);
// What went into the ticket and, when it was merged itself, where it went; newest first. Only
// merges both ends of which the actor sees.
std::vector<MergeView> list_merges(Reader& reader, Id<Ticket> ticket);

// The merge itself, for who has checked both ends and taken both tickets.
TicketMerge merge_into(Change& change, Ticket& kept, Ticket& other, const NewMerge& input);

// ── moving rows ──────────────────────────────────────────────────────────────────────────────

enum class Moved { everything, desk_work };
// Moves the rows of `merge` and remembers which.
void move_rows(Change& change, const TicketMerge& merge, Ticket& kept, const Ticket& other,
               Moved what);
// Moves back what is still where the merge put it.
void move_rows_back(Change& change, const TicketMerge& merge, Ticket& kept, const Ticket& other);
std::vector<std::int64_t> moved_rows(Reader& reader, Id<TicketMerge> merge, std::string_view kind);

// ── splitting ────────────────────────────────────────────────────────────────────────────────

struct TicketSplit {
  Id<TicketSplit> id;
  Version version;
  Id<Ticket> from_ticket;
  Id<Ticket> to_ticket;  // the new one
  std::optional<std::int64_t> link;
  std::int64_t messages = 0;
  std::optional<Id<accounts::User>> split_by;
  Time split_at;
  std::optional<Time> undone_at;
};
FIELDS(TicketSplit, id, version, from_ticket, to_ticket, link, messages, split_by, split_at,
       undone_at)
TABLE(TicketSplit, "ticket_split", "ticket_splits")

struct NewSplit {
  std::vector<Id<Message>> messages;
  Text<1, 200> subject;
  std::optional<Id<catalogue::ServiceType>> service_type;  // the same when not said
  JsonMap custom;  // laid over the ticket's custom fields; of another service type: all of them
};
FIELDS(NewSplit, messages, subject, service_type, custom)

// A new ticket for the same customer, with a number of its own, made of messages of this one.
// invalid "required" | "not_of_ticket".
TicketSplit split_ticket(Change& change, Id<Ticket> ticket, const NewSplit& input);
// The new ticket goes back into the old one with all that has been added to it since.
// conflict "already_undone" | "too_late" | "ticket_was_merged" | "customers_differ".
TicketSplit undo_split(Change& change, Id<Ticket> ticket, Id<TicketSplit> split);
std::vector<TicketSplit> list_splits(Reader& reader, Id<Ticket> ticket);

}  // namespace baijin::tickets
