#pragma once
// The hash chain over the event log (architecture.md §9): what is changed in it afterwards shows.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace baijin {

class Hub;
class Reader;

constexpr int events_a_seal = 2'000;
// Chains hashes over the next events settled since the last seal; how many.
int seal_events(Hub& hub);
// Sentences about every seal that no longer fits its events; empty when the log is whole.
std::vector<std::string> check_seals(Reader& reader);

// Seals what has settled every five seconds, on a thread of its own: a desk that was filled or
// restored has a long log to seal, and people do not wait for it.
class Sealer {
 public:
  explicit Sealer(Hub& hub);
  ~Sealer();
  void start();
  void stop();

 private:
  void loop();
  bool wait(std::chrono::milliseconds time);  // false when it is time to end
  void seal_all();

  Hub& hub_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace baijin
