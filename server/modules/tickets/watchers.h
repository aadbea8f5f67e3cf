#pragma once
// Colleagues who are kept informed of a ticket; they see it whatever their scope.
#include "modules/tickets/desk.h"

namespace baijin::tickets {

struct Watcher {
  Id<accounts::User> member;
  std::string name;
};
FIELDS(Watcher, member, name)

struct NewWatcher {
  std::optional<Id<accounts::User>> member;  // oneself when not said
};
FIELDS(NewWatcher, member)

bool is_watching(Reader& reader, Id<Ticket> ticket, Id<accounts::User> member);
std::vector<Watcher> list_watchers(Reader& reader, Id<Ticket> ticket);
// invalid("not_staff"); nothing happens when they watch already.
std::vector<Watcher> add_watcher(Change& change, Id<Ticket> ticket, const NewWatcher& input);
void remove_watcher(Change& change, Id<Ticket> ticket, Id<accounts::User> member);

}  // namespace baijin::tickets
