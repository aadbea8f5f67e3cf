#pragma once
// One table is audit trail, timeline, outbox and live push (architecture.md §9).
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"

namespace baijin {

namespace customers {
struct Customer;
}

struct Event {
  std::int64_t seq = 0;
  std::int64_t tx = 0;  // orders events on PostgreSQL; 0 on SQLite
  Time at;
  std::string actor;  // "user:7", "program", "nobody"
  std::string kind;   // "tickets.closed"
  Ref subject;
  std::optional<Id<customers::Customer>> customer;
  std::string audience;  // "staff" or "customer"
  JsonMap data;
  std::string request;                    // the request's number
  std::optional<std::int64_t> caused_by;  // seq of the event whose reaction this is
};
FIELDS(Event, seq, tx, at, actor, kind, subject, customer, audience, data, request, caused_by)

// A place in the log; ordered by (tx, seq).
struct Cursor {
  std::int64_t tx = 0, seq = 0;
  auto operator<=>(const Cursor&) const = default;
};

class Reader;
// Settled events after a cursor, oldest first, at most `limit`: never skips one that is committed
// later (on PostgreSQL rows of still running transactions wait). each_settled reads only what is
// needed to know whether anybody listens.
void each_settled(Reader& reader, Cursor after, int limit,
                  const std::function<void(Cursor, std::string_view kind)>& sink);
Event event_at(Reader& reader, std::int64_t seq);  // not_found when there is none
std::vector<Event> settled_events(Reader& reader, Cursor after, int limit);
Cursor newest_settled(Reader& reader);

}  // namespace baijin
