#include <algorithm>
#include <map>

#include "base/csv.h"
#include "hub/cursor_text.h"
#include "hub/download.h"
#include "hub/hub.h"
#include "modules/audit/audit.h"
#include "modules/audit/rows.h"

namespace baijin::audit {
namespace {

constexpr int longest_page = 200, usual_page = 50;
constexpr std::int64_t window = 20'000;  // rows looked through at once…
constexpr int windows = 10;              // …and how often for one page
constexpr int settled_batch = 500;
constexpr int export_batch = 1'000;
constexpr std::size_t longest_export = 100'000;

std::size_t limit_of(const Paging& paging) {
  if (paging.sort) throw invalid("unknown_sort", "sort");
  if (paging.count) throw invalid("not_counted", "count");
  auto limit = paging.limit.value_or(usual_page);
  if (limit < 1 || limit > longest_page) throw invalid("out_of_range", "limit");
  return static_cast<std::size_t>(limit);
}

std::string cursor_at(std::int64_t seq, bool down) {
  Cell cell;
  cell.set(seq);
  return write_cursor("log", down, cell, seq);
}

std::optional<std::int64_t> place_of(const Paging& paging, bool down) {
  if (!paging.cursor) return {};
  auto place = read_cursor(*paging.cursor, "log", down, Cell::Type::integer);
  if (!place) throw invalid("bad_cursor", "cursor");
  return place->id;
}

void put(Page<Event>& page, std::vector<Event> events) {
  std::move(events.begin(), events.end(), std::back_inserter(page.items));
}

// From the newest back.
Page<Event> newest_first(Reader& reader, const Wanted& wanted, const Paging& paging) {
  auto limit = limit_of(paging);
  auto all = bounds_of(reader, wanted);
  auto place = std::min(all.below, place_of(paging, true).value_or(all.below));
  Page<Event> page;
  for (int round = 0; round < windows && page.items.size() < limit && place > all.above + 1;
       ++round) {
    // What happened to one record is found by an index; all else only in the next stretch.
    auto above = wanted.subject ? all.above : std::max(all.above, place - 1 - window);
    auto events = read_between(reader, wanted, {above, place}, true, longest_page);
    bool full = events.size() == longest_page;
    place = full ? events.back().seq : above + 1;
    put(page, readable(reader, std::move(events)));
  }
  if (page.items.size() > limit) {
    page.items.resize(limit);
    place = page.items.back().seq;
  }
  if (place > all.above + 1) page.next = cursor_at(place, true);
  return page;
}

// After a place, oldest first, in the order of the log: nothing is skipped that commits later.
Page<Event> after_place(Reader& reader, const Wanted& wanted, std::int64_t after,
                        const Paging& paging) {
  auto limit = limit_of(paging);
  auto seq = place_of(paging, false).value_or(after);
  auto tx = reader.value<std::int64_t>(
      "SELECT e.tx FROM events e WHERE {all: a place in the log} e.seq = $1", seq);
  Cursor place{tx.value_or(0), seq};
  Page<Event> page;
  bool more = true;
  for (int round = 0; round < windows && page.items.size() < limit && more; ++round) {
    auto events = settled_events(reader, place, settled_batch);
    more = events.size() == settled_batch;
    if (!events.empty()) place = {events.back().tx, events.back().seq};
    std::erase_if(events, [&](const Event& event) { return !matches(wanted, event); });
    put(page, readable(reader, std::move(events)));
  }
  if (page.items.size() > limit) {
    page.items.resize(limit);
    place.seq = page.items.back().seq;
    more = true;
  }
  if (more) page.next = cursor_at(place.seq, false);
  return page;
}

}  // namespace

Page<Event> list_events(Reader& reader, const EventFilter& filter) {
  Wanted wanted{filter.subject, filter.kind, filter.actor, filter.from, filter.to};
  if (filter.after && *filter.after < 0) throw invalid("out_of_range", "after");
  if (filter.after) return after_place(reader, wanted, *filter.after, filter.paging);
  return newest_first(reader, wanted, filter.paging);
}

void export_events(Reader& reader, const ExportFilter& filter) {
  Wanted wanted{filter.subject, filter.kind, filter.actor, filter.from, filter.to};
  auto format = filter.format.value_or(Format::csv);
  auto bounds = bounds_of(reader, wanted);
  bool csv = format == Format::csv;
  std::string body;
  if (csv) append_csv_head(body = byte_order_mark);
  std::size_t written = 0;
  for (bool more = true; more;) {
    auto events = read_between(reader, wanted, bounds, false, export_batch);
    more = events.size() == export_batch;
    if (more) bounds.above = events.back().seq;
    for (const auto& event : readable(reader, std::move(events))) {
      if (++written > longest_export) throw invalid("too_many_rows", "from");
      if (csv) append_csv(body, event);
      else body += to_json(event) + "\n";
    }
  }
  const auto& actor = reader.actor();
  reader.request().raw = csv ? csv_download("events.csv", std::move(body))
                             : download("application/x-ndjson", "events.jsonl", std::move(body));
  boost::json::object note{{"format", name_of(format)}, {"events", written}};
  if (filter.subject) note["subject"] = filter.subject->text();
  if (filter.kind) note["kind"] = *filter.kind;
  if (filter.actor) note["actor"] = *filter.actor;
  if (filter.from) note["from"] = to_text(*filter.from);
  if (filter.to) note["to"] = to_text(*filter.to);
  reader.request().read_note = {
      "audit.exported", {"user", std::max<std::int64_t>(1, actor.user.value)}, std::move(note)};
}

std::vector<EventKindLine> list_event_kinds(Reader& reader) {
  std::map<std::string, std::string> by_name;
  for (const auto& kind : reader.hub().registry().events) {
    if (kind.right.empty() || reader.may(kind.right)) by_name[kind.name] = kind.subject_kind;
  }
  std::vector<EventKindLine> lines;
  for (const auto& [name, subject] : by_name) lines.push_back({name, subject});
  return lines;
}

Seal get_seal(Reader& reader) {
  auto seal = reader.first<Seal>(R"(SELECT s.through_seq,
          (SELECT SUM(x.events) FROM event_seals x) AS events, s.hash, s.at,
          (SELECT count(*) FROM events e WHERE e.seq > s.through_seq) AS waiting
        FROM event_seals s WHERE {all: numbers about the whole log} s.id > 0
        ORDER BY s.id DESC LIMIT 1)");
  if (seal) return std::move(*seal);
  Seal none;
  none.waiting = reader
                     .value<std::int64_t>(
                         "SELECT count(*) FROM events e WHERE {all: only how many} e.seq > 0")
                     .value_or(0);
  return none;
}

}  // namespace baijin::audit
