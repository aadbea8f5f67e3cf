#include "hub/clockwork.h"

#include <algorithm>

#include "base/log.h"
#include "hub/change.h"
#include "hub/daily.h"
#include "hub/hub.h"

namespace baijin {
namespace {

constexpr int events_a_round = 2'000;
constexpr int failures_until_stuck = 6;
constexpr int places_saved_every = 5'000;
constexpr std::int64_t seal_every_ms = 5'000;
constexpr auto idle_wait = std::chrono::milliseconds(500);  // jobs fall due without a bell
constexpr auto gather_wait = std::chrono::milliseconds(20);

}  // namespace

Clockwork::Clockwork(Hub& hub) : hub_(hub) {}
Clockwork::~Clockwork() { stop(); }

void Clockwork::prepare() {
  hub_.change(program_actor(), [&](Change& change) {
    auto newest = newest_settled(change);
    for (const auto& reaction : hub_.registry().reactions) {
      change.keep_books(R"(INSERT INTO reaction_cursors (name, tx, seq) VALUES ($1, $2, $3)
                           ON CONFLICT (name) DO NOTHING)",
                        reaction.name, newest.tx, newest.seq);
    }
    for (const auto& job : hub_.registry().jobs) {
      if (!job.every && !job.daily_minute) continue;
      auto due = job.every ? change.now() + *job.every
                           : next_daily(change.now(), *job.daily_minute, hub_.options().time_zone);
      change.keep_books(R"(INSERT INTO jobs (kind, key, payload, due_at, attempts, lease_until,
                             lease, last_error, stuck)
                           VALUES ($1, 'repeating', '{}', $2, 0, 0, '', '', FALSE)
                           ON CONFLICT (kind, key) DO NOTHING)",
                        job.name, due);
    }
  });
}

void Clockwork::start() {
  thread_ = std::thread([this] { loop(); });
}

void Clockwork::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) {
    thread_.join();
    save_places();
  }
}

void Clockwork::ring() {
  {
    std::lock_guard lock(mutex_);
    rung_ = true;
  }
  wake_.notify_one();
}

void Clockwork::loop() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, idle_wait, [&] { return rung_ || stopping_; });
      if (stopping_) return;
      // A little patience under load: one look at the log serves many commits.
      if (rung_) wake_.wait_for(lock, gather_wait, [&] { return stopping_; });
      rung_ = false;
    }
    try {
      while (run_reactions() + run_jobs() > 0) {
        std::lock_guard lock(mutex_);
        if (stopping_) return;
      }
      seal_now_and_then();
    } catch (const std::exception& problem) {
      log::error("clockwork.failed", {{"why", problem.what()}});
    }
  }
}

void Clockwork::seal_now_and_then() {
  auto now = hub_.clock().steady_ms();
  if (now - sealed_ms_ < seal_every_ms) return;
  try {
    while (seal_events(hub_) > 0) {
      std::lock_guard lock(mutex_);
      if (stopping_ || rung_) break;
    }
  } catch (const Error& error) {
    if (error.reason != "already_exists") throw;  // another node sealed these
  }
  sealed_ms_ = now;
}

void Clockwork::settle() {
  for (int rounds = 0; rounds < 1'000; ++rounds) {
    if (run_reactions() + run_jobs() == 0) return;
  }
  throw std::logic_error("the clockwork does not come to rest");
}

// ── reactions ─────────────────────────────────────────────────────────────────────────────────

void Clockwork::load_cursors() {
  std::map<std::string, Cursor> saved;
  hub_.read(program_actor(), [&](Reader& reader) {
    reader.each("SELECT c.name, c.tx, c.seq FROM reaction_cursors c", [&](const db::Row& row) {
      Cell name, tx, seq;
      row.read(0, name);
      row.read(1, tx);
      row.read(2, seq);
      saved[std::string(name.text)] = {tx.as_integer(), seq.as_integer()};
    });
  });
  reactions_.clear();
  for (const auto& info : hub_.registry().reactions) {
    reactions_.push_back({&info, saved[info.name]});
  }
  cursors_loaded_ = true;
}

std::vector<Clockwork::Light> Clockwork::events_after(Cursor place) {
  std::vector<Light> list;
  hub_.read(program_actor(), [&](Reader& reader) {
    each_settled(reader, place, events_a_round,
                 [&](Cursor at, std::string_view kind) { list.push_back({at, std::string(kind)}); });
  });
  return list;
}

int Clockwork::run_reactions() {
  if (!cursors_loaded_) load_cursors();
  if (reactions_.empty()) return 0;
  Cursor from = reactions_.front().place;
  for (const auto& reaction : reactions_) from = std::min(from, reaction.place);
  int done = 0;
  for (const auto& light : events_after(from)) {
    ++unsaved_;
    for (auto& reaction : reactions_) {
      if (reaction.place >= light.place || reaction.rest_until_ms > hub_.clock().steady_ms()) {
        continue;
      }
      bool hears = reaction.info->event_kind == light.kind || reaction.info->event_kind == "*";
      if (hears && !react(reaction, light)) continue;
      reaction.place = light.place;
      done += hears ? 1 : 0;
    }
  }
  if (unsaved_ >= places_saved_every) save_places();
  return done;
}

// True when the event is behind this reaction: done here, done by another node, or given up.
bool Clockwork::react(Reaction& reaction, const Light& light) {
  try {
    hub_.change(program_actor(), [&](Change& change) {
      auto claimed = change.keep_books(R"(UPDATE reaction_cursors SET tx = $1, seq = $2
                                          WHERE name = $3 AND (tx, seq) < ($1, $2))",
                                       light.place.tx, light.place.seq, reaction.info->name);
      if (claimed == 0) return;  // another node was here
      change.caused_by(light.place.seq);
      reaction.info->run(change, event_at(change, light.place.seq));
    });
    reaction.failures = 0;
    return true;
  } catch (const std::exception& problem) {
    log::error("reaction.failed", {{"reaction", reaction.info->name},
                                   {"seq", light.place.seq},
                                   {"attempt", reaction.failures + 1},
                                   {"why", problem.what()}});
    if (++reaction.failures < failures_until_stuck) {
      reaction.rest_until_ms = hub_.clock().steady_ms() + (200LL << reaction.failures);
      return false;
    }
    give_up(reaction, light, problem.what());
    return true;
  }
}

// The event waits on the list of what is stuck, so that those behind it go on.
void Clockwork::give_up(Reaction& reaction, const Light& light, const std::string& why) {
  reaction.failures = 0;
  hub_.change(program_actor(), [&](Change& change) {
    change.keep_books(R"(UPDATE reaction_cursors SET tx = $1, seq = $2 WHERE name = $3)",
                      light.place.tx, light.place.seq, reaction.info->name);
    change.keep_books(R"(INSERT INTO jobs (kind, key, payload, due_at, attempts, lease_until, lease,
                           last_error, stuck) VALUES ('hub.reaction', $1, $2, $3, $4, 0, '', $5, TRUE)
                         ON CONFLICT (kind, key) DO NOTHING)",
                      reaction.info->name + " " + std::to_string(light.place.seq),
                      std::to_string(light.place.seq), change.now(),
                      std::int64_t{failures_until_stuck}, why);
  });
}

void Clockwork::save_places() {
  if (unsaved_ == 0) return;
  unsaved_ = 0;
  hub_.change(program_actor(), [&](Change& change) {
    for (const auto& reaction : reactions_) {
      change.keep_books(R"(UPDATE reaction_cursors SET tx = $1, seq = $2
                           WHERE name = $3 AND (tx, seq) < ($1, $2))",
                        reaction.place.tx, reaction.place.seq, reaction.info->name);
    }
  });
}

}  // namespace baijin
