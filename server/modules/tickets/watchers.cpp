#include "modules/tickets/watchers.h"

#include "hub/module.h"
#include "modules/accounts/accounts.h"

namespace baijin::tickets {

bool is_watching(Reader& reader, Id<Ticket> ticket, Id<accounts::User> member) {
  return reader.any(R"(SELECT 1 FROM watchers w WHERE w.ticket = $1 AND w.member = $2
      {all: of a ticket that the actor sees})",
                    ticket, member);
}

std::vector<Watcher> list_watchers(Reader& reader, Id<Ticket> ticket) {
  must_be_desk(reader);
  reader.must_see({"ticket", ticket.value});
  return reader.list<Watcher>(R"(SELECT u.id AS member, u.name FROM watchers w
      JOIN users u ON u.id = w.member WHERE w.ticket = $1
      {all: names of colleagues on a ticket that the actor sees} ORDER BY u.id)",
                              ticket);
}

std::vector<Watcher> add_watcher(Change& change, Id<Ticket> id, const NewWatcher& input) {
  must_be_desk(change);
  auto ticket = change.get(id);
  auto member = input.member.value_or(change.actor().user);
  must_be_staff(change, member, "member");
  if (!is_watching(change, id, member)) {
    watch(change, id, member);
    change.tell("tickets.watched", ticket, {{"member", member.value}});
  }
  return list_watchers(change, id);
}

void remove_watcher(Change& change, Id<Ticket> id, Id<accounts::User> member) {
  must_be_desk(change);
  auto ticket = change.get(id);
  auto gone = change.execute("DELETE FROM watchers WHERE ticket = $1 AND member = $2", id, member);
  if (gone == 0) throw not_found();
  change.tell("tickets.unwatched", ticket, {{"member", member.value}});
}

void install_watchers(Module& m) {
  for (auto name : {"tickets.watched", "tickets.unwatched"}) m.event<Ticket>(name, "tickets.read");
  m.get("/tickets/{id}/watchers", "tickets.read", list_watchers)
      .about("Colleagues who are kept informed.");
  m.post("/tickets/{id}/watchers", "tickets.work", add_watcher)
      .about("Keep a colleague, or oneself, informed.");
  m.del("/tickets/{id}/watchers/{member}", "tickets.work", remove_watcher)
      .about("No longer keep somebody informed.");
}

}  // namespace baijin::tickets
