// Which rows a merge moves from one ticket to the other, and how they come back.
#include <algorithm>

#include "modules/tickets/links.h"
#include "modules/tickets/merges.h"
#include "modules/tickets/reads.h"

namespace baijin::tickets {
namespace {

constexpr std::size_t most_tags = 50;

// Rows that simply change tickets. Each update finds nothing when the row has moved on since.
struct Owned {
  std::string_view kind;
  db::Sql rows, move;
};

constexpr Owned owned_by_ticket[] = {
    {"messages",
     "SELECT m.id FROM messages m WHERE m.ticket = $1 {all: all of it moves} ORDER BY m.id",
     "UPDATE messages SET ticket = $1 WHERE id = $2 AND ticket = $3"},
    {"evidence",
     "SELECT e.id FROM evidence e WHERE e.ticket = $1 {all: all of it moves} ORDER BY e.id",
     "UPDATE evidence SET ticket = $1 WHERE id = $2 AND ticket = $3"},
    {"work_logs",
     "SELECT w.id FROM work_logs w WHERE w.ticket = $1 {all: all of it moves} ORDER BY w.id",
     "UPDATE work_logs SET ticket = $1 WHERE id = $2 AND ticket = $3"}};

void remember(Change& change, const TicketMerge& merge, std::string_view kind, std::int64_t row,
              std::string_view was = "") {
  change.execute(R"(INSERT INTO ticket_merge_moves (merge, kind, moved, was)
      VALUES ($1, $2, $3, $4))",
                 merge.id, kind, row, was);
}

std::vector<std::string> remembered_texts(Reader& reader, Id<TicketMerge> merge,
                                          std::string_view kind) {
  return reader.values<std::string>(R"(SELECT m.was FROM ticket_merge_moves m WHERE m.merge = $1
      AND m.kind = $2 {all: the merge's own memory} ORDER BY m.moved, m.was)",
                                    merge, kind);
}

void find_messages_anew(Change& change, Id<TicketMerge> merge, const Ticket& now_of) {
  for (auto row : moved_rows(change, merge, "messages")) {
    auto message = change.find_unseen(Id<Message>{row});
    if (message && message->ticket == now_of.id && message->state != MessageState::withdrawn) {
      index_message(change, now_of, *message);
    }
  }
}

void move_files(Change& change, const TicketMerge& merge) {
  std::int64_t from = merge.from_ticket.value;
  for (const auto& card : files::files_of(change, "ticket", std::span(&from, 1))) {
    change.execute("UPDATE files SET holder = $1 WHERE id = $2",
                   Ref{"ticket", merge.to_ticket.value}, card.id);
    remember(change, merge, "files", card.id.value);
  }
}

// A person has one draft a ticket: one who writes on both goes on with both.
void move_drafts(Change& change, const TicketMerge& merge) {
  auto rows = change.values<std::int64_t>(R"(SELECT d.id FROM drafts d WHERE d.ticket = $1
      AND NOT EXISTS (SELECT 1 FROM drafts k WHERE k.ticket = $2 AND k.author = d.author)
      {all: all of it moves} ORDER BY d.id)",
                                          merge.from_ticket, merge.to_ticket);
  for (auto row : rows) {
    change.execute("UPDATE drafts SET ticket = $1 WHERE id = $2", merge.to_ticket, row);
    remember(change, merge, "drafts", row);
  }
}

void move_drafts_back(Change& change, const TicketMerge& merge) {
  for (auto row : moved_rows(change, merge.id, "drafts")) {
    change.execute(R"(UPDATE drafts SET ticket = $1 WHERE id = $2 AND ticket = $3
        AND NOT EXISTS (SELECT 1 FROM drafts k WHERE k.ticket = $1 AND k.author = drafts.author)
        {all: one draft a person and ticket})",
                   merge.from_ticket, row, merge.to_ticket);
  }
}

struct Placed {
  std::int64_t id = 0, position = 0;
};
FIELDS(Placed, id, position)

// Behind the kept ticket's own items.
void move_checklist(Change& change, const TicketMerge& merge) {
  auto last = change.value<std::int64_t>(R"(SELECT COALESCE(MAX(c.position), 0)
      FROM checklist_items c WHERE c.ticket = $1 {all: all of it moves})",
                                         merge.to_ticket);
  auto position = last.value_or(0);
  auto items = change.list<Placed>(R"(SELECT {fields c} FROM checklist_items c
      WHERE c.ticket = $1 {all: all of it moves} ORDER BY c.position, c.id)",
                                   merge.from_ticket);
  for (const auto& item : items) {
    change.execute("UPDATE checklist_items SET ticket = $1, position = $2 WHERE id = $3",
                   merge.to_ticket, ++position, item.id);
    remember(change, merge, "checklist", item.id, std::to_string(item.position));
  }
}

void move_checklist_back(Change& change, const TicketMerge& merge) {
  for (auto row : moved_rows(change, merge.id, "checklist")) {
    auto was = change.value<std::string>(R"(SELECT m.was FROM ticket_merge_moves m
        WHERE m.merge = $1 AND m.kind = 'checklist' AND m.moved = $2
        {all: the merge's own memory})",
                                         merge.id, row);
    change.execute(R"(UPDATE checklist_items SET ticket = $1, position = $2 WHERE id = $3
        AND ticket = $4)",
                   merge.from_ticket, std::int64_t{std::stoll(*was)}, row, merge.to_ticket);
  }
}

void add_watchers(Change& change, const TicketMerge& merge) {
  auto members = change.values<Id<accounts::User>>(R"(SELECT w.member FROM watchers w
      WHERE w.ticket = $1 {all: all of it moves} ORDER BY w.member)",
                                                   merge.from_ticket);
  for (auto member : members) {
    if (watch(change, merge.to_ticket, member)) remember(change, merge, "watchers", member.value);
  }
}

void add_tags(Change& change, const TicketMerge& merge, Ticket& kept, const Ticket& other) {
  auto before = kept.tags;
  for (const auto& tag : other.tags) {
    bool known = std::find(kept.tags.begin(), kept.tags.end(), tag) != kept.tags.end();
    if (known || kept.tags.size() >= most_tags) continue;
    kept.tags.push_back(tag);
    remember(change, merge, "tags", 0, tag.value);
  }
  set_tags(change, kept, before);
}

void take_tags_away(Change& change, const TicketMerge& merge, Ticket& kept) {
  auto before = kept.tags;
  auto added = remembered_texts(change, merge.id, "tags");
  std::erase_if(kept.tags, [&](const Tag& tag) {
    return std::find(added.begin(), added.end(), tag.value) != added.end();
  });
  set_tags(change, kept, before);
}

// A link follows unless it would say something a second time, or something that cannot be.
void move_links(Change& change, const TicketMerge& merge) {
  auto links = change.list<TicketLink>(R"(SELECT {fields l} FROM ticket_links l
      WHERE (l.from_ticket = $1 OR l.to_ticket = $1) AND l.from_ticket <> $2 AND l.to_ticket <> $2
      {all: all of it moves} ORDER BY l.id)",
                                       merge.from_ticket, merge.to_ticket);
  for (const auto& link : links) {
    bool outgoing = link.from_ticket == merge.from_ticket;
    auto from = outgoing ? merge.to_ticket : link.from_ticket;
    auto to = outgoing ? link.to_ticket : merge.to_ticket;
    if (link_refusal(change, from, to, link.kind, link.id)) continue;
    change.execute("UPDATE ticket_links SET from_ticket = $1, to_ticket = $2 WHERE id = $3", from,
                   to, link.id);
    remember(change, merge, outgoing ? "links_from" : "links_to", link.id.value);
  }
}

void move_links_back(Change& change, const TicketMerge& merge) {
  for (auto row : moved_rows(change, merge.id, "links_from")) {
    change.execute(R"(UPDATE ticket_links SET from_ticket = $1 WHERE id = $2
        AND from_ticket = $3)",
                   merge.from_ticket, row, merge.to_ticket);
  }
  for (auto row : moved_rows(change, merge.id, "links_to")) {
    change.execute("UPDATE ticket_links SET to_ticket = $1 WHERE id = $2 AND to_ticket = $3",
                   merge.from_ticket, row, merge.to_ticket);
  }
}

}  // namespace

std::vector<std::int64_t> moved_rows(Reader& reader, Id<TicketMerge> merge, std::string_view kind) {
  return reader.values<std::int64_t>(R"(SELECT m.moved FROM ticket_merge_moves m
      WHERE m.merge = $1 AND m.kind = $2 {all: the merge's own memory} ORDER BY m.moved)",
                                     merge, kind);
}

void move_rows(Change& change, const TicketMerge& merge, Ticket& kept, const Ticket& other,
               Moved what) {
  if (what == Moved::everything) {
    for (const auto& owned : owned_by_ticket) {
      for (auto row : change.values<std::int64_t>(owned.rows, other.id)) {
        change.execute(owned.move, kept.id, row, other.id);
        remember(change, merge, owned.kind, row);
      }
    }
    move_files(change, merge);
    move_drafts(change, merge);
    move_links(change, merge);
    find_messages_anew(change, merge.id, kept);
    recount_messages(change, kept.id);
  }
  move_checklist(change, merge);
  add_watchers(change, merge);
  add_tags(change, merge, kept, other);
}

void move_rows_back(Change& change, const TicketMerge& merge, Ticket& kept, const Ticket& other) {
  for (const auto& owned : owned_by_ticket) {
    for (auto row : moved_rows(change, merge.id, owned.kind)) {
      change.execute(owned.move, other.id, row, kept.id);
    }
  }
  for (auto row : moved_rows(change, merge.id, "files")) {
    change.execute("UPDATE files SET holder = $1 WHERE id = $2 AND holder = $3",
                   Ref{"ticket", other.id.value}, row, Ref{"ticket", kept.id.value});
  }
  move_drafts_back(change, merge);
  move_links_back(change, merge);
  move_checklist_back(change, merge);
  for (auto member : moved_rows(change, merge.id, "watchers")) {
    change.execute("DELETE FROM watchers WHERE ticket = $1 AND member = $2", kept.id, member);
  }
  take_tags_away(change, merge, kept);
  find_messages_anew(change, merge.id, other);
  recount_messages(change, kept.id);
  recount_messages(change, other.id);
}

}  // namespace baijin::tickets
