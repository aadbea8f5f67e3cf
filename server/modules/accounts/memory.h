#pragma once
// What one running hub remembers about those who come in: who they are, as long as the access epoch
// stands, and when they were last seen. Everything of it can be forgotten at any time.
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/time.h"
#include "hub/actor.h"

namespace baijin {

class Registry;

namespace accounts {

class Memory {
 public:
  // One for each hub, kept by whoever answers for it: jobs find it by the hub's registry.
  static std::shared_ptr<Memory> make_for(const Registry& registry);
  static std::shared_ptr<Memory> of(const Registry& registry);  // nothing when there is none

  std::optional<Actor> find(const std::string& key, std::int64_t epoch) const;
  void keep(const std::string& key, std::int64_t epoch, const Actor& actor);

  using Marks = std::unordered_map<std::string, Time>;  // hash of a session or token → last seen
  void saw(const std::string& hash, Time at);
  std::optional<Time> last_seen(const std::string& hash) const;
  Marks marks() const;
  void written(const Marks& marks);  // these need no more writing

 private:
  static constexpr std::size_t most_actors = 20'000;
  mutable std::shared_mutex actors_mutex_;
  std::unordered_map<std::string, std::pair<std::int64_t, Actor>> actors_;
  mutable std::mutex marks_mutex_;
  Marks marks_;
};

}  // namespace accounts
}  // namespace baijin
