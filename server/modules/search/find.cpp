#include <algorithm>
#include <limits>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "hub/cursor_text.h"
#include "hub/hub.h"
#include "modules/search/index.h"

namespace baijin::search {
namespace {

using index::Candidate;

constexpr std::int64_t usual_hits = 20, most_hits = 50;
constexpr std::int64_t most_looked_at = 5'000;  // entries one request tests for visibility
constexpr std::int64_t most_ranked = 2'000;
constexpr std::int64_t most_alike = 20;  // of each piece of a text
constexpr std::int64_t most_counted = 1'000;
constexpr std::int64_t no_end = std::numeric_limits<std::int64_t>::max();

std::function<std::vector<Id<customers::Customer>>(Reader&)>& customers_of_actor() {
  static std::function<std::vector<Id<customers::Customer>>(Reader&)> of_actor;
  return of_actor;
}

// Records an entry stands for, by kind.
std::vector<std::string> kinds_in(const Query& query, Reader& reader) {
  std::vector<std::string> kinds;
  if (!query.kinds) return kinds;
  std::string_view rest = *query.kinds;
  while (true) {
    auto comma = rest.find(',');
    auto kind = rest.substr(0, comma);
    if (!reader.hub().registry().record(kind)) throw invalid("unknown_kind", "kinds");
    kinds.emplace_back(kind);
    if (comma == rest.npos) return kinds;
    rest.remove_prefix(comma + 1);
  }
}

wording::Fence fence_for(Reader& reader, std::vector<std::string> kinds) {
  wording::Fence fence;
  fence.kinds = std::move(kinds);
  if (reader.actor().staff()) return fence;
  fence.customers_only = true;
  if (customers_of_actor()) {
    for (auto customer : customers_of_actor()(reader)) fence.customers.push_back(customer.value);
  }
  return fence;
}

// Walks the candidates from the newest down and gives those whose record the actor sees.
class Walk {
 public:
  Walk(Reader& reader, const std::vector<wording::Part>& parts, wording::Fence fence)
      : reader_(reader), parts_(parts), fence_(std::move(fence)) {}

  // Up to `wanted` visible entries below `before`.
  std::vector<Candidate> take(std::int64_t before, std::int64_t wanted, std::int64_t most) {
    std::vector<Candidate> seen;
    std::int64_t looked_at = 0, chunk = wanted;
    while (looked_at < most) {
      auto some = index::candidates(reader_, parts_, fence_, before, chunk);
      looked_at += static_cast<std::int64_t>(some.size());
      keep_visible(some, seen);
      ended_ = static_cast<std::int64_t>(some.size()) < chunk;
      if (ended_ || static_cast<std::int64_t>(seen.size()) >= wanted) break;
      before = some.back().entry;
      chunk = std::min<std::int64_t>(chunk * 2, 1'000);
    }
    reached_ = before;
    if (static_cast<std::int64_t>(seen.size()) > wanted) {
      seen.resize(static_cast<std::size_t>(wanted));
      ended_ = false;
    }
    return seen;
  }
  bool ended() const { return ended_; }  // there are no more candidates
  std::int64_t reached() const { return reached_; }

 private:
  void keep_visible(const std::vector<Candidate>& some, std::vector<Candidate>& seen) {
    std::map<std::string_view, std::vector<std::int64_t>> by_kind;
    for (const auto& one : some) by_kind[one.kind].push_back(one.subject);
    std::map<std::string_view, std::unordered_set<std::int64_t>> visible;
    for (const auto& [kind, ids] : by_kind) {
      auto found = reader_.visible_among(kind, ids);
      visible[kind].insert(found.begin(), found.end());
    }
    for (const auto& one : some) {
      if (visible[one.kind].contains(one.subject)) seen.push_back(one);
    }
  }

  Reader& reader_;
  const std::vector<wording::Part>& parts_;
  wording::Fence fence_;
  bool ended_ = false;
  std::int64_t reached_ = 0;
};

struct Text {
  std::string title, body;
  Time at;
};
FIELDS(Text, title, body, at)

std::vector<Hit> hits_of(Reader& reader, const std::vector<Candidate>& entries,
                         const std::vector<wording::Part>& parts) {
  std::vector<Hit> hits;
  for (const auto& entry : entries) {
    auto text = reader.first<Text>(R"(SELECT e.title, e.body, e.at FROM search_entries e
        WHERE e.id = $1 {all: only entries whose record the actor sees})",
                                   entry.entry);
    if (!text) continue;
    auto title = wording::marked(text->title, parts);
    auto snippet = wording::snippet(text->body, parts);
    hits.push_back({{entry.kind, entry.subject},
                    std::move(title.text),
                    std::move(title.matches),
                    std::move(snippet.text),
                    std::move(snippet.matches),
                    text->at});
  }
  return hits;
}

std::string cursor_at(std::string_view order, std::int64_t group, std::int64_t entry) {
  Cell cell;
  cell.set(group);
  return write_cursor(order, true, cell, entry);
}

struct Place {
  std::int64_t group = 0;  // 0: title hits or whole words, 1: the rest
  std::int64_t before = no_end;
};
Place place_of(const Query& query, std::string_view order) {
  if (!query.cursor) return {};
  auto place = read_cursor(*query.cursor, order, true, Cell::Type::integer);
  if (!place) throw invalid("bad_cursor", "cursor");
  return {place->value.as_integer(), place->id};
}

struct Found {
  std::vector<Candidate> entries;
  std::optional<std::string> next;
};

// Whole words come first. FTS5 gathers every entry with every word that begins so before it gives
// the first of them; so beginnings are asked for only when whole words leave room.
std::vector<wording::Reach> reaches(const std::vector<wording::Part>& parts) {
  if (!wording::may_go_on(parts)) return {wording::Reach::any};
  return {wording::Reach::whole, wording::Reach::beginnings};
}

Found newest(Reader& reader, const Query& query, const std::vector<wording::Part>& parts,
             wording::Fence fence, std::int64_t limit) {
  auto place = place_of(query, "newest");
  auto groups = reaches(parts);
  Found found;
  for (auto group = place.group; group < std::ssize(groups); ++group) {
    auto room = limit - std::ssize(found.entries);
    fence.reach = groups[static_cast<std::size_t>(group)];
    Walk walk(reader, parts, fence);
    auto before = group == place.group ? place.before : no_end;
    auto some = room > 0 ? walk.take(before, room, most_looked_at) : std::vector<Candidate>();
    found.entries.insert(found.entries.end(), some.begin(), some.end());
    if (room > 0 && walk.ended()) continue;
    bool full = std::ssize(some) == room;
    auto reached = room == 0 ? no_end : full ? some.back().entry : walk.reached();
    found.next = cursor_at("newest", group, reached);
    break;
  }
  return found;
}

// Title hits first, then the others. FTS5's own bm25() counts all rows of every word before it
// ranks the first, which takes the longer the more there is; this does not.
Found relevant(Reader& reader, const Query& query, const std::vector<wording::Part>& parts,
               wording::Fence fence, std::int64_t limit) {
  auto place = place_of(query, "relevance");
  auto title_fence = fence;
  title_fence.title_only = true;
  auto titled = Walk(reader, parts, title_fence).take(no_end, most_ranked, most_ranked);
  std::unordered_set<std::int64_t> in_title;
  for (const auto& one : titled) in_title.insert(one.entry);
  auto all = std::move(titled);
  for (auto& one : Walk(reader, parts, std::move(fence)).take(no_end, most_ranked, most_ranked)) {
    if (!in_title.contains(one.entry)) all.push_back(std::move(one));
  }
  Found found;
  std::int64_t group = 0;
  for (const auto& one : all) {
    group = in_title.contains(one.entry) ? 0 : 1;
    if (group < place.group || (group == place.group && one.entry >= place.before)) continue;
    if (static_cast<std::int64_t>(found.entries.size()) == limit) {
      const auto& last = found.entries.back();
      found.next = cursor_at("relevance", in_title.contains(last.entry) ? 0 : 1, last.entry);
      break;
    }
    found.entries.push_back(one);
  }
  return found;
}

}  // namespace

void searchable_customers(std::function<std::vector<Id<customers::Customer>>(Reader&)> of_actor) {
  customers_of_actor() = std::move(of_actor);
}

Page<Hit> find(Reader& reader, const Query& query) {
  auto limit = query.limit.value_or(usual_hits);
  if (limit < 1 || limit > most_hits) throw invalid("out_of_range", "limit");
  auto parts = wording::parts_of(query.q.value);
  Page<Hit> page;
  if (query.count) page.total = 0;
  if (parts.empty()) return page;
  auto fence = fence_for(reader, kinds_in(query, reader));
  bool by_relevance = query.order == Order::relevance;
  auto found = by_relevance ? relevant(reader, query, parts, fence, limit)
                            : newest(reader, query, parts, fence, limit);
  page.items = hits_of(reader, found.entries, parts);
  page.next = std::move(found.next);
  if (query.count) {
    Walk walk(reader, parts, std::move(fence));
    page.total = static_cast<std::int64_t>(
        walk.take(no_end, most_counted + 1, most_looked_at).size());
    if (!walk.ended()) page.total.reset();
  }
  return page;
}

std::vector<std::int64_t> matching(Reader& reader, std::string_view kind, std::string_view text,
                                   std::size_t limit) {
  auto parts = wording::parts_of(text);
  std::vector<std::int64_t> ids;
  if (parts.empty()) return ids;
  auto fence = fence_for(reader, {std::string(kind)});
  for (auto reach : reaches(parts)) {
    if (ids.size() >= limit) break;
    fence.reach = reach;
    Walk walk(reader, parts, fence);
    auto room = static_cast<std::int64_t>(limit - ids.size());
    for (const auto& one : walk.take(no_end, room, most_looked_at)) ids.push_back(one.subject);
  }
  return ids;
}

std::vector<std::int64_t> similar(Reader& reader, std::string_view kind, std::string_view text,
                                  std::int64_t except, std::size_t limit) {
  auto fence = fence_for(reader, {std::string(kind)});
  fence.title_only = true;
  std::map<std::int64_t, std::int64_t> shared;  // subject → pieces
  for (auto& piece : wording::pieces_of(text)) {
    for (const auto& one :
         index::candidates(reader, {std::move(piece)}, fence, no_end, most_alike)) {
      if (one.subject != except) ++shared[one.subject];
    }
  }
  std::vector<std::int64_t> ids;
  for (const auto& [id, pieces] : shared) ids.push_back(id);
  ids = reader.visible_among(kind, ids);
  std::sort(ids.begin(), ids.end(),
            [&](auto a, auto b) { return std::pair(shared[a], a) > std::pair(shared[b], b); });
  if (ids.size() > limit) ids.resize(limit);
  return ids;
}

}  // namespace baijin::search
