#include "hub/seal.h"

#include <sched.h>
#include <sys/resource.h>

#include "base/log.h"
#include "hub/change.h"
#include "hub/events.h"
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

constexpr std::chrono::milliseconds seal_every{5'000};
// Beside others, then, 8,000 events a second are sealed: more than a desk on one core tells.
constexpr std::chrono::milliseconds rest_beside_others{250};

// How often somebody else took the processor from this thread.
long times_pushed_away() {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  return usage.ru_nivcsw;
}

}  // namespace

// Hashing happens outside the snapshot and the Change, so that nobody waits for it. The seal's id
// is the last one's plus one: of two nodes sealing together one is refused.
int seal_events(Hub& hub) {
  Seal last;
  std::vector<Event> events;
  hub.read(program_actor(), [&](Reader& reader) {
    last = reader.first<Seal>("SELECT {fields s} FROM event_seals s ORDER BY s.id DESC LIMIT 1")
               .value_or(Seal{});
    events = settled_events(reader, {last.through_tx, last.through_seq}, events_a_seal);
  });
  if (events.empty()) return 0;
  auto count = static_cast<std::int64_t>(events.size());
  auto hash = chained(hub.keys(), last.hash, events);
  hub.change(program_actor(), [&](Change& change) {
    change.keep_books(R"(INSERT INTO event_seals (id, through_tx, through_seq, events, hash, at)
                         VALUES ($1, $2, $3, $4, $5, $6))",
                      last.id + 1, events.back().tx, events.back().seq, count, hash, change.now());
  });
  return static_cast<int>(count);
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

// ── by itself ─────────────────────────────────────────────────────────────────────────────────

Sealer::Sealer(Hub& hub) : hub_(hub) {}
Sealer::~Sealer() { stop(); }

void Sealer::start() {
  stopping_ = false;
  thread_ = std::thread([this] { loop(); });
}

void Sealer::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Sealer::wait(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, time, [&] { return stopping_; });
}

// The thread works when nobody else wants the processor (SCHED_IDLE, sched(7)); where a system
// forbids to say so, it takes its turn like the others.
void Sealer::loop() {
  const sched_param no_priority{};
  static_cast<void>(sched_setscheduler(0, SCHED_IDLE, &no_priority));
  do seal_all();
  while (wait(seal_every));
}

void Sealer::seal_all() {
  try {
    auto pushed = times_pushed_away();
    while (seal_events(hub_) == events_a_seal) {
      // Whoever pushed it away is at work and has his data near the processor, so it comes seldom.
      // On one core the writer of its own seals does it, too.
      auto before = std::exchange(pushed, times_pushed_away());
      if (!wait(pushed == before ? std::chrono::milliseconds(0) : rest_beside_others)) return;
    }
  } catch (const Error& error) {
    if (error.reason == "already_exists") return;  // another node seals
    log::error("seal.failed", {{"why", error.what()}});
  } catch (const std::exception& problem) {  // it is tried again later
    log::error("seal.failed", {{"why", problem.what()}});
  }
}

}  // namespace baijin
