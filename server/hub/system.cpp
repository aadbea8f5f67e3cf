#include "hub/system.h"

#include "hub/clockwork.h"

namespace baijin {
namespace {

struct Job {
  Id<Job> id;
  std::string kind, key;
  Time due_at;
  std::int64_t attempts = 0;
  std::string last_error;
  bool stuck = false;
};
FIELDS(Job, id, kind, key, due_at, attempts, last_error, stuck)
TABLE(Job, "job", "jobs")

struct StuckFilter {
  Paging paging;
};
FIELDS(StuckFilter, paging)

struct Health {
  std::int64_t jobs_waiting = 0, jobs_stuck = 0;
  std::optional<Time> oldest_due;  // of the jobs that are due and wait
  std::optional<Time> last_seal;   // of the event log
  std::string database;            // "sqlite" or "postgres"
};
FIELDS(Health, jobs_waiting, jobs_stuck, oldest_due, last_seal, database)

Page<Job> list_stuck(Reader& reader, const StuckFilter& filter) {
  static const Sorts sorts{"j.id", "-due_at", {{"due_at", "j.due_at"}}};
  return reader.page<Job>(
      "SELECT {fields j}, {keys} FROM jobs j WHERE {visible j} AND j.stuck = TRUE {page}",
      filter.paging, sorts, Where{});
}

void retry_stuck(Change& change, Id<Job> id) {
  auto job = change.get(id);
  change.hub().clockwork().free_stuck(change, id.value);
  change.tell("system.job_freed", job, {{"kind", job.kind}, {"key", job.key}});
}

Health get_health(Reader& reader) {
  Health health;
  health.database = reader.connection().engine() == db::Engine::sqlite ? "sqlite" : "postgres";
  health.jobs_waiting =
      reader.value<std::int64_t>("SELECT count(*) FROM jobs j WHERE j.stuck = FALSE").value_or(0);
  health.jobs_stuck =
      reader.value<std::int64_t>("SELECT count(*) FROM jobs j WHERE j.stuck = TRUE").value_or(0);
  health.oldest_due = reader.value<Time>(
      "SELECT MIN(j.due_at) FROM jobs j WHERE j.stuck = FALSE AND j.due_at <= $1", reader.now());
  health.last_seal = reader.value<Time>("SELECT MAX(s.at) FROM event_seals s");
  return health;
}

constexpr Duration keys_are_kept = hours(48);  // longer than any client tries again

void forget_idempotency_keys(Change& change) {
  change.keep_books("DELETE FROM idempotency_keys WHERE at < $1", change.now() - keys_are_kept);
}

}  // namespace

void install_system(Module& m) {
  m.record<Job>(seen_by_staff(), "system.read");
  m.right("system.read", "See the desk's health and what is stuck");
  m.right("system.manage", "Try again what is stuck");
  m.event<Job>("system.job_freed", "system.read");
  m.get("/system/health", "system.read", get_health).about("How the desk itself is doing.");
  m.get("/system/stuck", "system.read", list_stuck)
      .about("Jobs, errands and reactions that failed for good and wait for somebody.");
  m.post("/system/stuck/{job}/retries", "system.manage", retry_stuck)
      .about("Tries something stuck again at once.");
  m.job(Clockwork::given_up_kind, react_again);
  m.every("system.forget_idempotency_keys", hours(1), forget_idempotency_keys);
  m.check([](Reader& reader) { return check_seals(reader); });
}

}  // namespace baijin
