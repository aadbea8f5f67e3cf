#include "modules/catalogue/registered.h"

#include <map>
#include <memory>
#include <mutex>

namespace baijin::catalogue {
namespace {

// The modules are the same for every hub of a process, so one list serves all. What is registered
// stays: pointers handed out are good for ever.
struct Registered {
  std::mutex mutex;
  std::map<std::string, std::unique_ptr<Guard>, std::less<>> guards;
  std::map<std::string, StateUse, std::less<>> uses;
};

Registered& registered() {
  static Registered all;
  return all;
}

}  // namespace

void register_guard(Module&, std::string_view name, std::string_view description_zh,
                    std::string_view description_en, GuardCheck check) {
  auto& all = registered();
  std::lock_guard lock(all.mutex);
  auto& guard = all.guards[std::string(name)];
  if (guard) return;  // another hub of this process installed the same module
  guard = std::make_unique<Guard>(Guard{std::string(name), std::string(description_zh),
                                        std::string(description_en), std::move(check)});
}

const Guard* guard(std::string_view name) {
  auto& all = registered();
  std::lock_guard lock(all.mutex);
  auto found = all.guards.find(name);
  return found == all.guards.end() ? nullptr : found->second.get();
}

std::vector<const Guard*> registered_guards() {
  auto& all = registered();
  std::lock_guard lock(all.mutex);
  std::vector<const Guard*> list;
  for (const auto& [name, guard] : all.guards) list.push_back(guard.get());
  return list;
}

void register_state_use(Module&, std::string_view owner, StateUse use) {
  auto& all = registered();
  std::lock_guard lock(all.mutex);
  all.uses.emplace(std::string(owner), std::move(use));
}

std::map<std::string, std::int64_t> state_uses(Reader& reader, Id<Workflow> workflow) {
  std::vector<StateUse> uses;
  {
    auto& all = registered();
    std::lock_guard lock(all.mutex);
    for (const auto& [owner, use] : all.uses) uses.push_back(use);
  }
  std::map<std::string, std::int64_t> counts;
  for (const auto& use : uses) {
    for (const auto& [state, count] : use(reader, workflow)) counts[state] += count;
  }
  return counts;
}

}  // namespace baijin::catalogue
