#pragma once
// What happened with a customer, newest first (CUS-1): requests that came and were done, notes of
// the staff, what was changed about him. For the desk only.
#include <optional>
#include <string>
#include <vector>

#include "modules/tickets/tickets.h"

namespace baijin::tickets {

struct CustomerStoryItem {
  Time at;
  std::string what;  // "tickets.opened", "tickets.closed", "customers.note", "customers.changed" …
  Ref ref;           // ticket:17, customer_note:3, event:99
  std::string title;  // number and subject of a ticket, the beginning of a note
  std::string actor_name;
  std::vector<std::string> fields;  // of a change: which ones
};
FIELDS(CustomerStoryItem, at, what, ref, title, actor_name, fields)

struct CustomerStoryQuery {
  std::optional<Time> before;         // `next` of the part before
  std::optional<std::int64_t> limit;  // 1 … 100, usually 50
};
FIELDS(CustomerStoryQuery, before, limit)

struct CustomerStory {
  std::vector<CustomerStoryItem> items;
  std::optional<Time> next;  // there is more before this time
};
FIELDS(CustomerStory, items, next)

// As far as the actor sees its parts; not_found for customers' people.
CustomerStory customer_story(Reader& reader, Id<customers::Customer> customer,
                             const CustomerStoryQuery& query);

void install_customer_story(Module& m);

}  // namespace baijin::tickets
