#pragma once
// The kernel put together: the database, the modules, the clockwork and the outside world.
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "db/database.h"
#include "hub/keys.h"
#include "hub/outside.h"
#include "hub/reader.h"
#include "hub/registry.h"

namespace baijin {

class Change;
class Module;
class Live;
class Clockwork;
class Metrics;
class SharedRecords;

struct HubOptions {
  std::string directory;     // --data: database, blobs, backups, master.key
  std::string database_url;  // empty: SQLite in the directory
  std::string base_url;      // how people reach the desk; links are made of it, never of Host (U2)
  std::string time_zone = "Asia/Shanghai";  // the desk's: years of numbers, daily jobs
  std::string locale = "zh-CN";
  std::int64_t upload_bytes = 50LL << 20;
  int quick_threads = 0;  // 0: as fits the engine
  int slow_threads = 2;
  int refusals_a_minute = 120;  // per person or address, then 429 (Z9); 0: without limit
  bool strict = false;          // tests: a Change that wrote and told nothing throws
  db::Faults faults;            // tests: what the database does wrong
  bool demo = false;            // weak passwords are allowed for the demo's people
  bool filling = false;         // a new desk on SQLite that nobody uses yet, see db/filling.h
};

using Install = void (*)(Module&);
struct ModuleEntry {
  std::string_view name;
  Install install;
};

class Hub {
 public:
  // Installs the modules; nothing is opened yet. `database` may be given by tests.
  Hub(HubOptions options, const std::vector<ModuleEntry>& modules, Outside outside);
  ~Hub();

  // Opens the database, migrates (a backup is taken before), compares every record's columns with
  // its FIELDS, runs the presets on a new desk. Throws std::runtime_error with a clear text.
  void open();
  // The same without presets: for putting a desk's rows back into an empty database.
  void open_empty();
  void start();  // reactions, jobs, live push
  void stop();   // lets running work end

  const HubOptions& options() const { return options_; }
  const Registry& registry() const { return registry_; }
  db::Database& database() { return *database_; }
  Keys& keys() { return *keys_; }
  Outside& outside() { return outside_; }
  Clock& clock() { return outside_.clock; }
  Blobs& blobs() { return outside_.blobs; }
  Live& live() { return *live_; }
  Clockwork& clockwork() { return *clockwork_; }
  Metrics& metrics() { return *metrics_; }
  SharedRecords& shared_records() { return *shared_; }

  Time started_at() const { return started_at_; }

  // Work of the program and of tests, on the calling thread; exceptions come through.
  void read(const Actor& actor, const std::function<void(Reader&)>& work);
  void change(const Actor& actor, const std::function<void(Change&)>& work);
  // As a request does it: `done` is called when it is durable (or with the error).
  void change_later(Actor actor, std::shared_ptr<RequestContext> request,
                    std::function<void(Change&)> work, db::Database::Done done);
  // As part of a request, on the calling thread.
  void read_as(const Actor& actor, RequestContext& request,
               const std::function<void(Reader&)>& work);
  void change_as(const Actor& actor, RequestContext& request,
                 const std::function<void(Change&)>& work);

 private:
  void open_database();

  HubOptions options_;
  Outside outside_;
  Time started_at_;
  Registry registry_;
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<Keys> keys_;
  std::unique_ptr<SharedRecords> shared_;
  std::unique_ptr<Metrics> metrics_;
  std::unique_ptr<Live> live_;
  std::unique_ptr<Clockwork> clockwork_;
};

}  // namespace baijin
