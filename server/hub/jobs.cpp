// The half of the clockwork that runs jobs and errands; see clockwork.h.
#include <algorithm>

#include "base/log.h"
#include "db/dialect.h"
#include "hub/change.h"
#include "hub/clockwork.h"
#include "hub/daily.h"
#include "hub/desk_place.h"
#include "hub/hub.h"

namespace baijin {

struct Clockwork::Claimed {
  std::int64_t id = 0;
  std::string kind, key, payload;
  std::int64_t attempts = 0;
  Time due_at;
  std::string lease;  // as it stands in the row
};

namespace {

constexpr int jobs_a_round = 200;
constexpr Duration lease_time = minutes(5);
constexpr std::int64_t longest_wait_s = 15 * 60;

db::Sql next_job_sql(db::Engine engine) {
  if (engine == db::Engine::sqlite) {
    return R"(SELECT j.id, j.kind, j.key, j.payload, j.attempts, j.due_at, j.lease
                FROM jobs j WHERE j.stuck = FALSE AND j.errand = $2 AND j.due_at <= $1
                  AND j.lease_until <= $1
                ORDER BY j.due_at, j.id LIMIT 1)";
  }
  return R"(SELECT j.id, j.kind, j.key, j.payload, j.attempts, j.due_at, j.lease
              FROM jobs j WHERE j.stuck = FALSE AND j.errand = $2 AND j.due_at <= $1
                AND j.lease_until <= $1
              ORDER BY j.due_at, j.id LIMIT 1 FOR UPDATE SKIP LOCKED)";
}

}  // namespace

Duration back_off(std::int64_t attempts, std::uint16_t dice) {
  auto wait = std::min<std::int64_t>(std::int64_t{1} << std::min<std::int64_t>(attempts, 20),
                                     longest_wait_s);
  return microseconds(wait * 1'000'000 + wait * 200'000 * dice / 65'536);
}

int Clockwork::run_jobs() { return run_some(Work::commands) + run_some(Work::errands); }

int Clockwork::run_some(Work work) {
  int done = 0;
  while (done < jobs_a_round && run_one_job(work)) ++done;
  return done;
}

// A thread that finds an errand wakes the next one: an idle desk has one that looks.
bool Clockwork::wait_for_errands(std::uint64_t& heard) {
  std::unique_lock lock(mutex_);
  wake_errands_.wait_for(lock, idle_wait, [&] { return bells_ != heard || stopping_; });
  heard = bells_;
  return !stopping_;
}

void Clockwork::run_errands() {
  std::uint64_t heard = 0;
  while (wait_for_errands(heard)) {
    try {
      while (run_one_job(Work::errands)) {
        std::lock_guard lock(mutex_);
        if (stopping_) return;
        ++bells_;
        heard = bells_;
        wake_errands_.notify_one();
      }
    } catch (const std::exception& problem) {
      log::error("errands.failed", {{"why", problem.what()}});
    }
  }
}

bool Clockwork::claim(Change& change, Work work, Claimed& job) {
  job = {};
  change.each(
      next_job_sql(change.connection().engine()),
      [&](const db::Row& row) {
        Cell cell;
        row.read(0, cell);
        job.id = cell.as_integer();
        row.read(1, cell);
        job.kind = cell.text;
        row.read(2, cell);
        job.key = cell.text;
        row.read(3, cell);
        job.payload = cell.text;
        row.read(4, cell);
        job.attempts = cell.as_integer();
        row.read(5, cell);
        job.due_at = {cell.as_integer()};
        row.read(6, cell);
        job.lease = cell.text;
      },
      change.now(), work == Work::errands);
  return job.id != 0;
}

// Takes the job off the list before it runs, so that it may put itself there again.
void Clockwork::run_command(Change& change, const Claimed& job, const JobKind& kind) {
  if (kind.every || kind.daily_minute) {
    auto next = kind.every
                    ? change.now() + *kind.every
                    : next_daily(change.now(), *kind.daily_minute, desk_place(change).time_zone);
    change.keep_books("UPDATE jobs SET due_at = $1, attempts = 0, last_error = '' WHERE id = $2",
                      next, job.id);
  } else {
    change.keep_books("DELETE FROM jobs WHERE id = $1", job.id);
  }
  kind.run(change, job.payload);
}

// Looks before it locks: an idle desk's clockwork writes nothing.
bool Clockwork::run_one_job(Work work) {
  bool due = false;
  hub_.read(program_actor(), [&](Reader& reader) {
    due = reader.any(R"(SELECT j.id FROM jobs j WHERE j.stuck = FALSE AND j.errand = $2
                          AND j.due_at <= $1 AND j.lease_until <= $1 LIMIT 1)",
                     reader.now(), work == Work::errands);
  });
  if (!due) return false;
  Claimed job;
  const JobKind* kind = nullptr;
  try {
    auto lease = hub_.keys().random_token();
    hub_.change(program_actor(), [&](Change& change) {
      if (!claim(change, work, job)) return;
      kind = hub_.registry().job(job.kind);
      if (!kind) throw std::runtime_error("no module declares the job " + job.kind);
      if (!kind->talk) return run_command(change, job, *kind);
      // An errand: take the lease, talk outside, settle later.
      change.keep_books("UPDATE jobs SET lease = $1, lease_until = $2 WHERE id = $3", lease,
                        change.now() + lease_time, job.id);
    });
    if (job.id == 0) return false;
    if (!kind->talk) return true;
    job.lease = lease;
    run_errand(job, *kind);
  } catch (const std::exception& problem) {
    if (job.id == 0) throw;
    failed(job, kind, problem.what());
  }
  return true;
}

// Fenced: who lost the lease in the meantime settles nothing (R11).
void Clockwork::run_errand(const Claimed& job, const JobKind& kind) {
  std::any prepared;
  RequestContext context;
  context.attempts = job.attempts;
  hub_.read_as(program_actor(), context,
               [&](Reader& reader) { prepared = kind.prepare(reader, job.payload); });
  auto result = kind.talk(hub_.outside(), prepared, job.key);
  hub_.change(program_actor(), [&](Change& change) {
    auto mine = change.keep_books("DELETE FROM jobs WHERE id = $1 AND lease = $2", job.id,
                                  job.lease);
    if (mine == 0) throw Error(Kind::conflict, "lease_lost");
    kind.settle(change, job.payload, result);
  });
}

// Another node may have run the job since, or somebody have scheduled it anew: then it is no longer
// the one that failed, and stays as it is.
void Clockwork::failed(const Claimed& job, const JobKind* kind, const std::string& why) {
  auto attempts = job.attempts + 1;
  bool stuck = !kind || attempts >= kind->attempts;
  log::error("job.failed", {{"kind", job.kind},
                            {"key", job.key},
                            {"attempt", attempts},
                            {"stuck", stuck},
                            {"why", why}});
  std::uint16_t dice = 0;
  hub_.outside().chance.fill(&dice, sizeof dice);
  hub_.change(program_actor(), [&](Change& change) {
    change.keep_books(R"(UPDATE jobs SET attempts = $1, due_at = $2, lease = '', lease_until = 0,
                           last_error = $3, stuck = $4
                         WHERE id = $5 AND lease = $6 AND attempts = $7 AND due_at = $8)",
                      attempts, change.now() + back_off(attempts, dice), shorten(why, 500), stuck,
                      job.id, job.lease, job.attempts, job.due_at);
  });
}

void Clockwork::free_stuck(Change& change, std::int64_t job) {
  auto freed = change.keep_books(R"(UPDATE jobs SET stuck = FALSE, attempts = 0, due_at = $1
                                    WHERE id = $2 AND stuck = TRUE)",
                                 change.now(), job);
  if (freed == 0) throw not_found();
}

}  // namespace baijin
