#include "modules/remote_images/holders.h"

#include <map>
#include <mutex>

namespace baijin::remote_images {
namespace {

// The modules are the same for every hub of a process, so one list serves all.
struct Holders {
  std::mutex mutex;
  std::map<std::string, HtmlOf, std::less<>> by_kind;
};

Holders& holders() {
  static Holders all;
  return all;
}

}  // namespace

void shows_remote_images(Module&, std::string_view kind, HtmlOf html_of) {
  auto& all = holders();
  std::lock_guard lock(all.mutex);
  all.by_kind.emplace(std::string(kind), std::move(html_of));
}

std::optional<std::string> html_of(Reader& reader, const Ref& holder) {
  HtmlOf read;
  {
    auto& all = holders();
    std::lock_guard lock(all.mutex);
    auto found = all.by_kind.find(holder.kind);
    if (found == all.by_kind.end()) return {};
    read = found->second;
  }
  return read(reader, holder.id);
}

}  // namespace baijin::remote_images
