#include "hub/system.h"

#include <filesystem>

#include "db/dialect.h"
#include "hub/clockwork.h"
#include "hub/live.h"
#include "hub/metrics.h"
#include "hub/seal.h"

namespace baijin {
namespace {

struct Job {
  Id<Job> id;
  std::string kind, key;
  Time due_at;
  std::int64_t attempts = 0;
  std::string last_error;
  bool stuck = false;
  bool errand = false;
};
FIELDS(Job, id, kind, key, due_at, attempts, last_error, stuck, errand)
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
  std::int64_t database_bytes = 0;
  std::int64_t disk_bytes = 0, disk_free_bytes = 0;  // where the desk's directory lies
  std::string version;                               // of the program
  Time started_at;                                   // of the node that answers
  std::int64_t live_lines = 0, requests_running = 0, changes_waiting = 0;  // of this node
};
FIELDS(Health, jobs_waiting, jobs_stuck, oldest_due, last_seal, database, database_bytes,
       disk_bytes, disk_free_bytes, version, started_at, live_lines, requests_running,
       changes_waiting)

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

void look_at_node(Hub& hub, Health& health) {
  std::error_code none;  // a disk that does not answer shows as 0
  auto space = std::filesystem::space(hub.options().directory, none);
  if (!none) {
    health.disk_bytes = static_cast<std::int64_t>(space.capacity);
    health.disk_free_bytes = static_cast<std::int64_t>(space.available);
  }
  health.version = BAIJIN_VERSION;
  health.started_at = hub.started_at();
  health.live_lines = static_cast<std::int64_t>(hub.live().lines());
  health.requests_running = hub.metrics().running;
  health.changes_waiting = static_cast<std::int64_t>(hub.database().figures().waiting);
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
  health.database_bytes =
      reader.value<std::int64_t>(db::database_bytes(reader.connection().engine())).value_or(0);
  look_at_node(reader.hub(), health);
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
