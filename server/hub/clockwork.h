#pragma once
// What runs by itself: reactions to events, jobs at their time, errands to the outside world.
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hub/events.h"
#include "hub/reader.h"
#include "hub/registry.h"

namespace baijin {

class Hub;
class Change;

class Clockwork {
 public:
  explicit Clockwork(Hub& hub);
  ~Clockwork();

  // Puts the repeating jobs and the reactions' cursors into the database where they are missing.
  void prepare();
  void start();
  void stop();
  void ring();  // something was committed

  // One round on the calling thread; how much was done. Tests call these with a fake clock.
  int run_reactions();
  int run_jobs();
  void settle();  // rounds until nothing is due

  // A stuck job tries again at once; not_found when it is not stuck.
  void free_stuck(Change& change, std::int64_t job);

 private:
  struct Reaction {
    const ReactionInfo* info;
    Cursor place;              // everything up to here was handled by this process or another
    int failures = 0;
    std::int64_t rest_until_ms = 0;
  };
  struct Light {  // what is needed to know whether anybody listens
    Cursor place;
    std::string kind;
  };
  struct Claimed;

  void load_cursors();
  std::vector<Light> events_after(Cursor place);
  bool react(Reaction& reaction, const Light& light);
  void give_up(Reaction& reaction, const Light& light, const std::string& why);
  void save_places();
  bool run_one_job();
  void run_errand(const Claimed& job, const JobKind& kind);
  void failed(const Claimed& job, const JobKind* kind, const std::string& why);
  void seal_now_and_then();
  void loop();

  Hub& hub_;
  std::vector<Reaction> reactions_;
  bool cursors_loaded_ = false;
  int unsaved_ = 0;
  std::int64_t sealed_ms_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool rung_ = false, stopping_ = false;
  std::thread thread_;
};

// Chains hashes over the next events settled since the last seal; how many (architecture.md §9).
int seal_events(Hub& hub);
// Sentences about every seal that no longer fits its events; empty when the log is whole.
std::vector<std::string> check_seals(Reader& reader);

}  // namespace baijin
