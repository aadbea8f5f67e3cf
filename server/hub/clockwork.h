#pragma once
// What runs by itself: reactions to events, jobs at their time, errands to the outside world, and
// sealing the log.
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "hub/events.h"
#include "hub/reader.h"
#include "hub/registry.h"
#include "hub/seal.h"

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

  // One round on the calling thread; 0 when there was nothing to do. Tests call these with a fake
  // clock.
  int run_reactions();
  int run_jobs();  // errands too
  void settle();   // rounds until nothing is due

  // A stuck job tries again at once; not_found when it is not stuck.
  void free_stuck(Change& change, std::int64_t job);
  // Jobs of this kind are reactions that were given up.
  static constexpr std::string_view given_up_kind = "hub.reaction";

 private:
  struct Reaction {
    const DeclaredReaction* declared;
    Cursor place;  // everything up to here was handled by this process or another
    int failures = 0;
    std::int64_t rest_until_ms = 0;
    bool awake = false;  // takes part in this round
  };
  struct Light {  // what is needed to know whether anybody listens
    Cursor place;
    std::string kind;
  };
  struct Claimed;

  void free_leases();
  void load_cursors();
  std::vector<Light> events_after(Cursor place);
  std::optional<Cursor> wake_reactions();
  bool react(Reaction& reaction, const Light& light);
  bool rest_or_give_up(Reaction& reaction, const Light& light, const std::exception& problem);
  void give_up(Reaction& reaction, const Light& light, const std::string& why);
  void save_places();
  // Jobs fall due without a bell.
  static constexpr auto idle_wait = std::chrono::milliseconds(500);
  enum class Work { commands, errands };
  int run_some(Work work);
  bool run_one_job(Work work);
  bool claim(Change& change, Work work, Claimed& job);
  void run_command(Change& change, const Claimed& job, const JobKind& kind);
  void run_errand(const Claimed& job, const JobKind& kind);
  void failed(const Claimed& job, const JobKind* kind, const std::string& why);
  bool wait_for_work();
  void loop();
  bool wait_for_errands(std::uint64_t& heard);
  void run_errands();

  Hub& hub_;
  std::vector<Reaction> reactions_;
  bool cursors_loaded_ = false;
  int unsaved_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_, wake_errands_;
  bool rung_ = false, stopping_ = false;
  std::uint64_t bells_ = 0;  // how often the errands were rung for
  std::thread thread_;
  std::vector<std::thread> errand_threads_;
  Sealer sealer_;
};

// How long what failed for the n-th time waits: 2, 4, 8 … s, at most 15 minutes, and up to a fifth
// more by the dice so that many do not come together.
Duration back_off(std::int64_t attempts, std::uint16_t dice);

// What a job of given_up_kind holds.
struct GivenUp {
  std::string reaction;
  std::int64_t event = 0;
};
FIELDS(GivenUp, reaction, event)
// Runs the reaction once more for its event; the kernel's own job.
void react_again(Change& change, const GivenUp& what);

}  // namespace baijin
