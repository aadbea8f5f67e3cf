#include "hub/clockwork.h"

#include <algorithm>
#include <stdexcept>

#include "base/log.h"
#include "hub/change.h"
#include "hub/daily.h"
#include "hub/desk_place.h"
#include "hub/hub.h"

namespace baijin {
namespace {

constexpr int events_a_round = 2'000;
constexpr int failures_until_stuck = 6;
constexpr int places_saved_every = 5'000;
constexpr int errand_threads = 4;  // they mostly wait for somebody's answer
constexpr auto gather_wait = std::chrono::milliseconds(20);

// The database is away or full: nobody's fault, so it is waited for and never counted.
bool passes(const std::exception& problem) {
  const auto* error = dynamic_cast<const Error*>(&problem);
  return error && (error->kind == Kind::busy || error->kind == Kind::no_space);
}

}  // namespace

Clockwork::Clockwork(Hub& hub) : hub_(hub), sealer_(hub) {}
Clockwork::~Clockwork() { stop(); }

void Clockwork::prepare() {
  hub_.change(program_actor(), [&](Change& change) {
    auto newest = newest_settled(change);
    for (const auto& reaction : hub_.registry().reactions) {
      change.keep_books(R"(INSERT INTO reaction_cursors (name, tx, seq) VALUES ($1, $2, $3)
                           ON CONFLICT (name) DO NOTHING)",
                        reaction.name, newest.tx, newest.seq);
    }
    auto zone = desk_place(change).time_zone;
    for (const auto& job : hub_.registry().jobs) {
      if (!job.every && !job.daily_minute) continue;
      auto due = job.every ? change.now() + *job.every
                           : next_daily(change.now(), *job.daily_minute, zone);
      change.keep_books(R"(INSERT INTO jobs (kind, key, payload, due_at, attempts, lease_until,
                             lease, last_error, stuck)
                           VALUES ($1, 'repeating', '{}', $2, 0, 0, '', '', FALSE)
                           ON CONFLICT (kind, key) DO NOTHING)",
                        job.name, due);
    }
  });
}

// A desk on SQLite is served by one process: what an earlier one was at when it died is free.
void Clockwork::free_leases() {
  hub_.change(program_actor(), [](Change& change) {
    if (change.connection().engine() != db::Engine::sqlite) return;
    change.keep_books("UPDATE jobs SET lease = '', lease_until = 0 WHERE lease_until > 0");
  });
}

void Clockwork::start() {
  free_leases();
  thread_ = std::thread([this] { loop(); });
  for (int i = 0; i < errand_threads; ++i) {
    errand_threads_.emplace_back([this] { run_errands(); });
  }
  sealer_.start();
}

void Clockwork::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  wake_errands_.notify_all();
  sealer_.stop();
  if (!thread_.joinable()) return;
  thread_.join();
  for (auto& thread : errand_threads_) thread.join();
  errand_threads_.clear();
  try {
    save_places();
  } catch (const std::exception& problem) {  // the next start reads a little more of the log
    log::warn("clockwork.places_not_saved", {{"why", problem.what()}});
  }
}

void Clockwork::ring() {
  {
    std::lock_guard lock(mutex_);
    rung_ = true;
    ++bells_;
  }
  wake_.notify_one();
  wake_errands_.notify_one();
}

// False when it is time to end.
bool Clockwork::wait_for_work() {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, idle_wait, [&] { return rung_ || stopping_; });
  // A little patience under load: one look at the log serves many commits.
  if (rung_) wake_.wait_for(lock, gather_wait, [&] { return stopping_; });
  rung_ = false;
  return !stopping_;
}

void Clockwork::loop() {
  while (wait_for_work()) {
    try {
      while (run_reactions() + run_some(Work::commands) > 0) {
        std::lock_guard lock(mutex_);
        if (stopping_) return;
      }
    } catch (const std::exception& problem) {
      log::error("clockwork.failed", {{"why", problem.what()}});
    }
  }
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
    each_settled(reader, place, events_a_round, [&](Cursor at, std::string_view kind) {
      list.push_back({at, std::string(kind)});
    });
  });
  return list;
}

// Those that do not rest after a failure; the place of the slowest of them.
std::optional<Cursor> Clockwork::wake_reactions() {
  std::optional<Cursor> from;
  auto now = hub_.clock().steady_ms();
  for (auto& reaction : reactions_) {
    reaction.awake = reaction.rest_until_ms <= now;
    if (reaction.awake && (!from || reaction.place < *from)) from = reaction.place;
  }
  return from;
}

int Clockwork::run_reactions() {
  if (!cursors_loaded_) load_cursors();
  auto from = wake_reactions();
  if (!from) return 0;
  auto news = events_after(*from);
  int done = news.size() == events_a_round ? 1 : 0;  // then there may be more
  for (const auto& light : news) {
    ++unsaved_;
    for (auto& reaction : reactions_) {
      if (!reaction.awake || reaction.place >= light.place) continue;
      const auto& wanted = reaction.declared->event_kind;
      bool hears = wanted == light.kind || wanted == "*";
      if (hears && !react(reaction, light)) {
        reaction.awake = false;  // until a later round, which begins with this event
        continue;
      }
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
                                       light.place.tx, light.place.seq, reaction.declared->name);
      if (claimed == 0) return;  // another node was here
      change.caused_by(light.place.seq);
      reaction.declared->run(change, event_at(change, light.place.seq));
    });
    reaction.failures = 0;
    return true;
  } catch (const std::exception& problem) {
    return rest_or_give_up(reaction, light, problem);
  }
}

bool Clockwork::rest_or_give_up(Reaction& reaction, const Light& light,
                                const std::exception& problem) {
  log::error("reaction.failed", {{"reaction", reaction.declared->name},
                                 {"seq", light.place.seq},
                                 {"attempt", reaction.failures + 1},
                                 {"why", problem.what()}});
  if (!passes(problem) && ++reaction.failures >= failures_until_stuck) {
    give_up(reaction, light, problem.what());
    return true;
  }
  reaction.rest_until_ms = hub_.clock().steady_ms() + (200LL << std::max(reaction.failures, 1));
  return false;
}

// The event waits on the list of what is stuck, so that those behind it go on.
void Clockwork::give_up(Reaction& reaction, const Light& light, const std::string& why) {
  const auto& name = reaction.declared->name;
  hub_.change(program_actor(), [&](Change& change) {
    auto mine = change.keep_books(R"(UPDATE reaction_cursors SET tx = $1, seq = $2
                                     WHERE name = $3 AND (tx, seq) < ($1, $2))",
                                  light.place.tx, light.place.seq, name);
    if (mine == 0) return;  // another node came through in the meantime
    change.keep_books(R"(INSERT INTO jobs (kind, key, payload, due_at, attempts, lease_until, lease,
                           last_error, stuck) VALUES ($1, $2, $3, $4, $5, 0, '', $6, TRUE)
                         ON CONFLICT (kind, key) DO NOTHING)",
                      given_up_kind, name + " " + std::to_string(light.place.seq),
                      to_json(GivenUp{name, light.place.seq}), change.now(),
                      std::int64_t{failures_until_stuck}, shorten(why, 500));
  });
  reaction.failures = 0;
}

void react_again(Change& change, const GivenUp& what) {
  for (const auto& declared : change.hub().registry().reactions) {
    if (declared.name != what.reaction) continue;
    change.caused_by(what.event);
    return declared.run(change, event_at(change, what.event));
  }
  throw std::runtime_error("no module declares the reaction " + what.reaction);
}

void Clockwork::save_places() {
  if (unsaved_ == 0) return;
  unsaved_ = 0;
  hub_.change(program_actor(), [&](Change& change) {
    for (const auto& reaction : reactions_) {
      change.keep_books(R"(UPDATE reaction_cursors SET tx = $1, seq = $2
                           WHERE name = $3 AND (tx, seq) < ($1, $2))",
                        reaction.place.tx, reaction.place.seq, reaction.declared->name);
    }
  });
}

}  // namespace baijin
