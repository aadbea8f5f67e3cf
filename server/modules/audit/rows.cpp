#include "modules/audit/rows.h"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <map>
#include <set>

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

bool begins_formula(std::string_view text) {
  static constexpr auto starts = std::to_array<std::string_view>(
      {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"});
  auto starts_so = [](std::string_view rest) {
    return std::any_of(starts.begin(), starts.end(),
                       [&](std::string_view start) { return rest.starts_with(start); });
  };
  if (starts_so(text)) return true;
  for (;;) {  // blanks before it do not make it harmless
    if (text.starts_with(' ')) text.remove_prefix(1);
    else if (text.starts_with("　") || text.starts_with("\u00a0"))
      text.remove_prefix(text[0] == '\xc2' ? 2 : 3);
    else return starts_so(text);
  }
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

std::string csv_cell(std::string_view text) {
  std::string cell = "\"";
  if (begins_formula(text)) cell += '\'';
  for (char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell + "\"";
}

std::string csv_head() {
  // The mark tells spreadsheets that the file is UTF-8.
  return "\xef\xbb\xbf\"seq\",\"at\",\"actor\",\"kind\",\"subject\",\"customer\",\"data\","
         "\"request\","
         "\"caused_by\"\r\n";
}

std::string csv_row(const Event& event) {
  auto number = [](const auto& value) { return value ? std::to_string(*value) : std::string(); };
  std::string customer = event.customer ? std::to_string(event.customer->value) : std::string();
  std::string row = csv_cell(std::to_string(event.seq));
  for (const auto& text :
       {to_text(event.at), event.actor, event.kind, event.subject.text(), customer,
        boost::json::serialize(event.data.value), event.request, number(event.caused_by)}) {
    row += "," + csv_cell(text);
  }
  return row + "\r\n";
}

}  // namespace baijin::audit
