#pragma once
// Catalogue data kept in memory as long as the database holds the same version of it.
#include <cstdint>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string_view>
#include <utility>

namespace baijin {

class SharedRecords {
 public:
  std::shared_ptr<const void> find(std::string_view kind, std::int64_t id,
                                   std::int64_t version) const {
    std::shared_lock lock(mutex_);
    auto found = kept_.find({kind, id});
    if (found == kept_.end() || found->second.version != version) return nullptr;
    return found->second.record;
  }
  // `kind` outlives this (it is a literal of the program).
  void keep(std::string_view kind, std::int64_t id, std::int64_t version,
            std::shared_ptr<const void> record) {
    std::unique_lock lock(mutex_);
    if (kept_.size() >= most) kept_.clear();
    kept_[{kind, id}] = {version, std::move(record)};
  }

 private:
  static constexpr std::size_t most = 4'096;
  struct Kept {
    std::int64_t version = 0;
    std::shared_ptr<const void> record;
  };
  mutable std::shared_mutex mutex_;
  std::map<std::pair<std::string_view, std::int64_t>, Kept> kept_;
};

}  // namespace baijin
