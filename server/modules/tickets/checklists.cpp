#include "modules/tickets/checklists.h"

#include <algorithm>

#include "hub/module.h"
#include "modules/accounts/accounts.h"

namespace baijin::tickets {
namespace {

constexpr std::int64_t most_items = 200;

struct Extent {
  std::int64_t items = 0, last = 0;
};
FIELDS(Extent, items, last)

Extent extent_of(Reader& reader, Id<Ticket> ticket) {
  auto extent = reader.first<Extent>(R"(SELECT count(*), COALESCE(MAX(c.position), 0)
      FROM checklist_items c WHERE c.ticket = $1 {all: the ticket was taken})",
                                     ticket);
  return extent.value_or(Extent{});
}

void tick(const Change& change, ChecklistItem& item, bool done) {
  if (done == item.done) return;
  item.done = done;
  item.done_by.reset();
  item.done_at.reset();
  if (!done) return;
  if (change.actor().user) item.done_by = change.actor().user;
  item.done_at = change.now();
}

void tell_of(Change& change, const Ticket& ticket, const ChecklistItem& item,
             std::string_view what) {
  change.tell("tickets.checklist_changed", ticket,
              {{"item", item.id.value}, {"what", what}, {"title", item.title.value}});
}

}  // namespace

std::vector<ChecklistLine> get_checklist(Reader& reader, Id<Ticket> ticket) {
  must_be_desk(reader);
  reader.must_see({"ticket", ticket.value});
  return reader.list<ChecklistLine>(R"(SELECT c.id, c.version, c.title, c.assignee, a.name,
      c.due_at, c.done, c.done_by, d.name, c.done_at
      FROM checklist_items c LEFT JOIN users a ON a.id = c.assignee
      LEFT JOIN users d ON d.id = c.done_by
      WHERE c.ticket = $1 AND {visible c} ORDER BY c.position, c.id)",
                                    ticket);
}

ChecklistItem add_checklist_item(Change& change, Id<Ticket> id, const NewChecklistItem& input) {
  auto ticket = take_workable(change, id);
  if (input.assignee) must_be_staff(change, *input.assignee, "assignee");
  auto extent = extent_of(change, id);
  if (extent.items >= most_items) throw conflict("too_many_items");
  ChecklistItem item;
  item.ticket = id;
  item.position = extent.last + 1;
  item.title = input.title;
  item.assignee = input.assignee;
  item.due_at = input.due_at;
  if (change.actor().user) item.created_by = change.actor().user;
  item.created_at = change.now();
  change.add(item);
  tell_of(change, ticket, item, "added");
  return item;
}

ChecklistItem change_checklist_item(Change& change, Id<ChecklistItem> id,
                                    const ChecklistItemPatch& input) {
  must_be_desk(change);
  auto item = change.take(id);
  auto ticket = take_workable(change, item.ticket);
  if (input.assignee.given && input.assignee.value) {
    must_be_staff(change, *input.assignee.value, "assignee");
  }
  bool was_done = item.done;
  input.title.into(item.title);
  input.assignee.into(item.assignee);
  input.due_at.into(item.due_at);
  if (input.done.given) tick(change, item, input.done.value);
  change.save(item);
  tell_of(change, ticket, item,
          item.done == was_done ? "changed" : (item.done ? "ticked" : "unticked"));
  return item;
}

void remove_checklist_item(Change& change, Id<ChecklistItem> id) {
  must_be_desk(change);
  auto item = change.take(id);
  auto ticket = take_workable(change, item.ticket);
  change.remove(item);
  tell_of(change, ticket, item, "removed");
}

std::vector<ChecklistLine> order_checklist(Change& change, Id<Ticket> id,
                                           const ChecklistOrder& input) {
  auto ticket = take_workable(change, id);
  auto known = change.values<Id<ChecklistItem>>(
      "SELECT c.id FROM checklist_items c WHERE c.ticket = $1 AND {visible c} ORDER BY c.id", id);
  auto given = input.items;
  std::sort(given.begin(), given.end());
  if (given != known) throw conflict("items_differ");
  for (std::size_t i = 0; i < input.items.size(); ++i) {
    change.execute("UPDATE checklist_items SET position = $1 WHERE id = $2",
                   static_cast<std::int64_t>(i) + 1, input.items[i]);
  }
  change.tell("tickets.checklist_changed", ticket, {{"what", "ordered"}});
  return get_checklist(change, id);
}

void install_checklists(Module& m) {
  m.record<ChecklistItem>(seen_with("ticket", "ticket", "FALSE"), "tickets.read");
  m.event<Ticket>("tickets.checklist_changed", "tickets.read");
  m.get("/tickets/{id}/checklist", "tickets.read", get_checklist)
      .about("What is still to be done, in its order.");
  m.create("/tickets/{id}/checklist", "tickets.work", add_checklist_item).about("Add an item.");
  m.put("/tickets/{id}/checklist", "tickets.work", order_checklist)
      .about("Put the items into another order.");
  m.patch("/checklist-items/{id}", "tickets.work", change_checklist_item)
      .about("Change an item or tick it.");
  m.del("/checklist-items/{id}", "tickets.work", remove_checklist_item).about("Take an item out.");
}

}  // namespace baijin::tickets
