#include "modules/accounts/memory.h"

#include <map>

namespace baijin::accounts {
namespace {

struct Shelf {
  std::mutex mutex;
  std::map<const Registry*, std::weak_ptr<Memory>> memories;
};
Shelf& shelf() {
  static Shelf one;
  return one;
}

}  // namespace

std::shared_ptr<Memory> Memory::make_for(const Registry& registry) {
  auto made = std::make_shared<Memory>();
  std::lock_guard lock(shelf().mutex);
  shelf().memories[&registry] = made;
  return made;
}

std::shared_ptr<Memory> Memory::of(const Registry& registry) {
  std::lock_guard lock(shelf().mutex);
  auto found = shelf().memories.find(&registry);
  return found == shelf().memories.end() ? nullptr : found->second.lock();
}

std::optional<Actor> Memory::find(const std::string& key, std::int64_t epoch) const {
  std::shared_lock lock(actors_mutex_);
  auto found = actors_.find(key);
  if (found == actors_.end() || found->second.first != epoch) return {};
  return found->second.second;
}

void Memory::keep(const std::string& key, std::int64_t epoch, const Actor& actor) {
  std::unique_lock lock(actors_mutex_);
  if (actors_.size() >= most_actors) actors_.clear();
  actors_.insert_or_assign(key, std::pair(epoch, actor));
}

void Memory::saw(const std::string& hash, Time at) {
  std::lock_guard lock(marks_mutex_);
  auto& mark = marks_[hash];
  if (mark < at) mark = at;
}

std::optional<Time> Memory::last_seen(const std::string& hash) const {
  std::lock_guard lock(marks_mutex_);
  auto found = marks_.find(hash);
  if (found == marks_.end()) return {};
  return found->second;
}

Memory::Marks Memory::marks() const {
  std::lock_guard lock(marks_mutex_);
  return marks_;
}

void Memory::written(const Marks& marks) {
  std::lock_guard lock(marks_mutex_);
  for (const auto& [hash, at] : marks) {
    auto found = marks_.find(hash);
    if (found != marks_.end() && found->second <= at) marks_.erase(found);
  }
}

}  // namespace baijin::accounts
