#include "hub/hub.h"

#include <sys/stat.h>

#include <filesystem>
#include <stdexcept>

#include "base/log.h"
#include "db/migrate.h"
#include "hub/change.h"
#include "hub/clockwork.h"
#include "hub/live.h"
#include "hub/metrics.h"
#include "hub/module.h"
#include "hub/shared_records.h"
#include "hub/system.h"

namespace baijin {
namespace fs = std::filesystem;
namespace {

void compare_columns(Reader& reader, const Registry& registry) {
  for (const auto& record : registry.records) {
    try {
      reader.connection().run(no_rows_sql(record.table, *record.fields), {}, {});
    } catch (const std::logic_error& problem) {
      throw std::runtime_error("the table " + std::string(record.table.name) +
                               " does not fit the record " + std::string(record.fields->name) +
                               ": " + problem.what());
    }
  }
}

// The change is durable: whatever these steps meet, its answer must go out.
void run_after(const std::vector<std::function<void()>>& steps) {
  for (const auto& step : steps) {
    try {
      step();
    } catch (const std::exception& problem) {
      log::error("after_commit.failed", {{"why", problem.what()}});
    }
  }
}

}  // namespace

Hub::Hub(HubOptions options, const std::vector<ModuleEntry>& modules, Outside outside)
    : options_(std::move(options)), outside_(outside), started_at_(outside.clock.now()) {
  if (!is_time_zone(options_.time_zone)) {
    throw std::runtime_error("unknown time zone: " + options_.time_zone);
  }
  Module system(registry_, "system");
  install_system(system);
  for (const auto& entry : modules) {
    Module module(registry_, std::string(entry.name));
    entry.install(module);
  }
  registry_.index();
  for (const auto& route : registry_.routes) {
    if (route->right != "anyone" && route->right != "signed_in" && !registry_.right(route->right)) {
      throw std::logic_error(route->path +
                             " names a right that no module declares: " + route->right);
    }
  }
  shared_ = std::make_unique<SharedRecords>();
  metrics_ = std::make_unique<Metrics>();
  live_ = std::make_unique<Live>(*this);
  clockwork_ = std::make_unique<Clockwork>(*this);
}

// The database goes first: its threads ring the bell and finish changes.
Hub::~Hub() {
  stop();
  database_.reset();
}

void Hub::open_database() {
  fs::create_directories(options_.directory);
  ::chmod(options_.directory.c_str(), 0700);
  auto url = options_.database_url.empty() ? "sqlite:" + options_.directory + "/baijin.db"
                                           : options_.database_url;
  database_ = db::Database::open({.url = url, .filling = options_.filling}, options_.faults);
  auto plan = db::plan_migrations(*database_, db::migrations());
  keys_ = std::make_unique<Keys>(
      Keys::from_file(options_.directory + "/master.key", plan.at == 0, outside_.chance));
  db::migrate(*database_, db::migrations(), [&](const db::MigrationPlan& what) {
    if (database_->engine() != db::Engine::sqlite) {
      log::warn("migrate.no_backup", {{"why", "take it with pg_dump before an upgrade"}});
      return;
    }
    fs::create_directories(options_.directory + "/backups");
    auto path = options_.directory + "/backups/before-" + std::to_string(what.newest) + "-" +
                std::to_string(clock().now().us) + ".db";
    database_->copy_to(path, [](double) {});
    log::info("migrate.backup", {{"path", path}});
  });
  read(program_actor(), [&](Reader& reader) { compare_columns(reader, registry_); });
}

void Hub::open_empty() { open_database(); }

void Hub::open() {
  open_database();
  change(program_actor(), [&](Change& change) {
    // Claimed first: of two nodes that start together on a new desk one fills it.
    auto is_new = change.keep_books(R"(INSERT INTO settings (name, value)
        VALUES ('presets_filled', 'yes') ON CONFLICT (name) DO NOTHING)");
    if (is_new == 0) return;
    for (const auto& preset : registry_.presets) preset(change);
  });
  clockwork_->prepare();
}

void Hub::start() {
  database_->on_bell([this] {
    clockwork_->ring();
    live_->ring();
  });
  clockwork_->start();
  live_->start();
}

void Hub::stop() {
  if (live_) live_->stop();
  if (clockwork_) clockwork_->stop();
}

void Hub::read(const Actor& actor, const std::function<void(Reader&)>& work) {
  RequestContext request;
  read_as(actor, request, work);
}

void Hub::read_as(const Actor& actor, RequestContext& request,
                  const std::function<void(Reader&)>& work) {
  database_->read([&](db::Connection& connection) {
    Reader reader(*this, connection, actor, request);
    work(reader);
  });
}

void Hub::change(const Actor& actor, const std::function<void(Change&)>& work) {
  RequestContext request;
  change_as(actor, request, work);
}

void Hub::change_as(const Actor& actor, RequestContext& request,
                    const std::function<void(Change&)>& work) {
  std::vector<std::function<void()>> after;
  bool told = false;
  database_->write_now([&](db::Connection& connection) {
    Change change(*this, connection, actor, request);
    work(change);
    change.finish();
    after = std::move(change.after());
    told = change.told();
  });
  run_after(after);
  if (told) database_->ring();
}

void Hub::change_later(Actor actor, std::shared_ptr<RequestContext> request,
                       std::function<void(Change&)> work, db::Database::Done done) {
  struct Outcome {
    Actor actor;
    std::vector<std::function<void()>> after;
    bool told = false;
  };
  auto outcome = std::make_shared<Outcome>();
  outcome->actor = std::move(actor);
  database_->write(
      [this, outcome, request, work = std::move(work)](db::Connection& connection) {
        // On PostgreSQL this may be the second try: nothing of the first may remain.
        request->answer_headers.clear();
        request->status = 0;
        request->raw.reset();
        Change change(*this, connection, outcome->actor, *request);
        work(change);
        change.finish();
        outcome->after = std::move(change.after());
        outcome->told = change.told();
      },
      [this, outcome, done = std::move(done)](std::exception_ptr problem) {
        if (!problem) {
          run_after(outcome->after);
          if (outcome->told) database_->ring();
        }
        done(problem);
      });
}

}  // namespace baijin
