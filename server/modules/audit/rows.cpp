#include "modules/audit/rows.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <map>
#include <set>

#include "base/csv.h"
#include "hub/hub.h"

namespace baijin::audit {
namespace {

constexpr Duration clocks_apart = minutes(1);

Where where_of(const Wanted& wanted) {
  Where where;
  where.when(wanted.subject, "e.subject = $");
  where.when(wanted.kind, "e.kind = $");
  where.when(wanted.actor, "e.actor = $");
  where.when(wanted.from, "e.at >= $");
  where.when(wanted.to, "e.at <= $");
  return where;
}

}  // namespace

bool matches(const Wanted& wanted, const Event& event) {
  return (!wanted.subject || *wanted.subject == event.subject) &&
         (!wanted.kind || *wanted.kind == event.kind) &&
         (!wanted.actor || *wanted.actor == event.actor) &&
         (!wanted.from || *wanted.from <= event.at) && (!wanted.to || event.at <= *wanted.to);
}

Bounds bounds_of(Reader& reader, const Wanted& wanted) {
  Bounds bounds;
  bounds.below =
      reader
          .value<std::int64_t>(
              "SELECT COALESCE(MAX(e.seq), 0) FROM events e WHERE {all: only how many} e.seq > 0")
          .value_or(0) +
      1;
  if (wanted.to) {
    auto later = reader.value<std::int64_t>(R"(SELECT e.seq FROM events e
          WHERE {all: a place in the log} e.at > $1 ORDER BY e.at LIMIT 1)",
                                            *wanted.to + clocks_apart);
    if (later) bounds.below = *later;
  }
  if (wanted.from) {
    auto earlier = reader.value<std::int64_t>(R"(SELECT e.seq FROM events e
          WHERE {all: a place in the log} e.at < $1 ORDER BY e.at DESC LIMIT 1)",
                                              *wanted.from - clocks_apart);
    if (earlier) bounds.above = *earlier;
  }
  return bounds;
}

std::vector<Event> read_between(Reader& reader, const Wanted& wanted, Bounds bounds, bool down,
                                int limit) {
  auto where = where_of(wanted);
  if (down) {
    return reader.list_where<Event>(R"(SELECT {fields e} FROM events e
          WHERE {all: readable() judges them} e.seq > $1 AND e.seq < $2 {where}
          ORDER BY e.seq DESC LIMIT $3)",
                                    where, bounds.above, bounds.below, std::int64_t{limit});
  }
  return reader.list_where<Event>(R"(SELECT {fields e} FROM events e
        WHERE {all: readable() judges them} e.seq > $1 AND e.seq < $2 {where}
        ORDER BY e.seq LIMIT $3)",
                                  where, bounds.above, bounds.below, std::int64_t{limit});
}

std::vector<Event> readable(Reader& reader, std::vector<Event> events) {
  const auto& registry = reader.hub().registry();
  const auto& actor = reader.actor();
  bool every_row = actor.staff() && actor.scope == Scope::all;
  std::erase_if(events, [&](const Event& event) {
    const auto* kind = registry.event(event.kind);
    // A kind this program no longer knows is left to those who see everything.
    return kind ? !kind->right.empty() && !reader.may(kind->right) : !every_row;
  });
  if (every_row) return events;
  std::map<std::string, std::vector<std::int64_t>> asked;
  for (const auto& event : events) asked[event.subject.kind].push_back(event.subject.id);
  std::set<Ref> seen;
  for (auto& [kind, ids] : asked) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    for (auto id : reader.visible_among(kind, ids)) seen.insert({kind, id});
  }
  std::erase_if(events, [&](const Event& event) { return !seen.contains(event.subject); });
  return events;
}

void append_csv_head(std::string& out) {
  append_csv_row(
      out, {"seq", "at", "actor", "kind", "subject", "customer", "data", "request", "caused_by"});
}

void append_csv(std::string& out, const Event& event) {
  append_csv_row(out,
                 {std::to_string(event.seq), to_text(event.at), event.actor, event.kind,
                  event.subject.text(), event.customer ? std::to_string(event.customer->value) : "",
                  boost::json::serialize(event.data.value), event.request,
                  event.caused_by ? std::to_string(*event.caused_by) : ""});
}

}  // namespace baijin::audit
