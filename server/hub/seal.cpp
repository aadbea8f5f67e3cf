// The hash chain over the event log; see clockwork.h.
#include "hub/change.h"
#include "hub/clockwork.h"
#include "hub/hub.h"
#include "hub/keys.h"

namespace baijin {
namespace {

struct Seal {
  std::int64_t id = 0;
  std::int64_t through_tx = 0, through_seq = 0;
  std::int64_t events = 0;
  std::string hash;
  Time at;
};
FIELDS(Seal, id, through_tx, through_seq, events, hash, at)

// Every field of the event is in its line; the seal before it chains it to all earlier ones. The
// MAC needs the master key: who has only the database in his hands cannot make the seals anew.
std::string chained(const Keys& keys, std::string hash, const std::vector<Event>& events) {
  for (const auto& event : events) hash = sha256_hex(hash + "\n" + to_json(event));
  return keys.mac("event log", hash);
}

}  // namespace

// Hashing happens in a snapshot, outside the Change, so that no writer waits for it. The seal's id
// is the last one's plus one: of two nodes sealing together one is refused.
int seal_events(Hub& hub) {
  std::optional<Seal> next;
  hub.read(program_actor(), [&](Reader& reader) {
    auto last = reader
                    .first<Seal>("SELECT {fields s} FROM event_seals s ORDER BY s.id DESC LIMIT 1")
                    .value_or(Seal{});
    auto events = settled_events(reader, {last.through_tx, last.through_seq}, events_a_seal);
    if (events.empty()) return;
    next = Seal{last.id + 1,
                events.back().tx,
                events.back().seq,
                static_cast<std::int64_t>(events.size()),
                chained(hub.keys(), last.hash, events),
                reader.now()};
  });
  if (!next) return 0;
  hub.change(program_actor(), [&](Change& change) {
    change.keep_books(R"(INSERT INTO event_seals (id, through_tx, through_seq, events, hash, at)
                         VALUES ($1, $2, $3, $4, $5, $6))",
                      next->id, next->through_tx, next->through_seq, next->events, next->hash,
                      next->at);
  });
  return static_cast<int>(next->events);
}

std::vector<std::string> check_seals(Reader& reader) {
  std::vector<std::string> problems;
  Cursor place;
  std::string hash;
  for (const auto& seal : reader.list<Seal>("SELECT {fields s} FROM event_seals s ORDER BY s.id")) {
    std::vector<Event> events;
    if (seal.events > 0) events = settled_events(reader, place, static_cast<int>(seal.events));
    place = {seal.through_tx, seal.through_seq};
    hash = chained(reader.hub().keys(), std::move(hash), events);
    if (hash != seal.hash || events.empty() || events.back().seq != seal.through_seq) {
      problems.push_back("the event log does not fit seal " + std::to_string(seal.id) +
                         " (events up to " + std::to_string(seal.through_seq) +
                         "): something was changed, added or taken away");
      return problems;
    }
  }
  return problems;
}

}  // namespace baijin
