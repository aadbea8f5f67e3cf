#pragma once
// What is still to be done inside a ticket (TKT-6): items in an order, who ticked them and when.
// Customers do not see them.
#include "modules/tickets/desk.h"

namespace baijin::tickets {

struct ChecklistItem {
  Id<ChecklistItem> id;
  Version version;
  Id<Ticket> ticket;
  std::int64_t position = 0;
  Text<1, 300> title;
  std::optional<Id<accounts::User>> assignee;
  std::optional<Time> due_at;
  bool done = false;
  std::optional<Id<accounts::User>> done_by;
  std::optional<Time> done_at;
  std::optional<Id<accounts::User>> created_by;
  Time created_at;
};
FIELDS(ChecklistItem, id, version, ticket, position, title, assignee, due_at, done, done_by,
       done_at, created_by, created_at)
TABLE(ChecklistItem, "checklist_item", "checklist_items")

struct ChecklistLine {
  Id<ChecklistItem> id;
  Version version;
  Text<1, 300> title;
  std::optional<Id<accounts::User>> assignee;
  std::optional<std::string> assignee_name;
  std::optional<Time> due_at;
  bool done = false;
  std::optional<Id<accounts::User>> done_by;
  std::optional<std::string> done_by_name;
  std::optional<Time> done_at;
};
FIELDS(ChecklistLine, id, version, title, assignee, assignee_name, due_at, done, done_by,
       done_by_name, done_at)

struct NewChecklistItem {
  Text<1, 300> title;
  std::optional<Id<accounts::User>> assignee;
  std::optional<Time> due_at;
};
FIELDS(NewChecklistItem, title, assignee, due_at)

struct ChecklistItemPatch {
  Given<Text<1, 300>> title;
  Given<std::optional<Id<accounts::User>>> assignee;
  Given<std::optional<Time>> due_at;
  Given<bool> done;
};
FIELDS(ChecklistItemPatch, title, assignee, due_at, done)

struct ChecklistOrder {
  std::vector<Id<ChecklistItem>> items;
};
FIELDS(ChecklistOrder, items)

std::vector<ChecklistLine> get_checklist(Reader& reader, Id<Ticket> ticket);
// Last in the list; conflict("too_many_items") past 200.
ChecklistItem add_checklist_item(Change& change, Id<Ticket> ticket, const NewChecklistItem& input);
ChecklistItem change_checklist_item(Change& change, Id<ChecklistItem> id,
                                    const ChecklistItemPatch& input);
void remove_checklist_item(Change& change, Id<ChecklistItem> id);
// All items of the ticket in their new order; conflict("items_differ") when they are others.
std::vector<ChecklistLine> order_checklist(Change& change, Id<Ticket> ticket,
                                           const ChecklistOrder& input);

}  // namespace baijin::tickets
