#include "hub/registry.h"

#include <atomic>
#include <charconv>

namespace baijin {
namespace {

template <class List, class Match>
auto find_in(const List& list, const Match& match) -> decltype(&list.front()) {
  for (const auto& item : list) {
    if (match(item)) return &item;
  }
  return nullptr;
}

bool id_in(std::string_view text, std::int64_t& id) {
  if (text.empty() || text[0] < '1' || text[0] > '9') return false;
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), id);
  return problem == std::errc{} && end == text.data() + text.size();
}

bool fits(const Route& route, const std::vector<std::string_view>& parts,
          std::vector<std::int64_t>& ids) {
  if (route.parts.size() != parts.size()) return false;
  ids.clear();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (route.parts[i].front() == '{') {
      std::int64_t id = 0;
      if (!id_in(parts[i], id)) return false;
      ids.push_back(id);
    } else if (route.parts[i] != parts[i]) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> parts;
  if (path.starts_with('/')) path.remove_prefix(1);
  while (true) {
    auto slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

const RecordKind* Registry::record(std::string_view kind) const {
  return find_in(records, [&](const auto& r) { return r.table.kind == kind; });
}
const RecordKind* Registry::record_of_table(std::string_view table) const {
  return find_in(records, [&](const auto& r) { return r.table.name == table; });
}
const DeclaredRight* Registry::right(std::string_view name) const {
  auto found = rights_by_name_.find(name);
  return found == rights_by_name_.end() ? nullptr : &rights[found->second];
}
const EventKind* Registry::event(std::string_view name) const {
  auto found = events_by_name_.find(name);
  return found == events_by_name_.end() ? nullptr : &events[found->second];
}
const JobKind* Registry::job(std::string_view name) const {
  return find_in(jobs, [&](const auto& j) { return j.name == name; });
}

void Registry::index() {
  for (std::size_t i = 0; i < rights.size(); ++i) rights_by_name_[rights[i].name] = i;
  for (std::size_t i = 0; i < events.size(); ++i) events_by_name_[events[i].name] = i;
  for (const auto& route : routes) {
    routes_by_first_[route->parts.front()].push_back(route.get());
  }
}

std::int64_t Registry::next_serial() {
  static std::atomic<std::int64_t> last{0};
  return ++last;
}

const Route* Registry::match(Method method, std::string_view path, std::vector<std::int64_t>& ids,
                             bool& path_known) const {
  path_known = false;
  auto parts = split_path(path);
  auto candidates = routes_by_first_.find(parts.front());
  if (candidates == routes_by_first_.end()) return nullptr;
  for (const auto* route : candidates->second) {
    if (!fits(*route, parts, ids)) continue;
    path_known = true;
    if (route->method == method) return route;
  }
  return nullptr;
}

std::string Registry::methods_of(std::string_view path) const {
  std::string all;
  std::vector<std::int64_t> ids;
  bool known = false;
  for (auto [method, names] : {std::pair(Method::get, "GET, HEAD"), std::pair(Method::post, "POST"),
                               std::pair(Method::put, "PUT"), std::pair(Method::patch, "PATCH"),
                               std::pair(Method::del, "DELETE")}) {
    if (match(method, path, ids, known)) all += (all.empty() ? "" : ", ") + std::string(names);
  }
  return all;
}

}  // namespace baijin
