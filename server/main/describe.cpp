#include <cstdio>
#include <stdexcept>

#include "hub/openapi.h"
#include "main/commands.h"
#include "main/modules.h"

namespace baijin {
namespace {

// The modules' own words need no database.
struct NoBlobs final : Blobs {
  std::string incoming_directory() override { return {}; }
  void adopt(const std::string&, std::string_view) override { none(); }
  std::string store(std::string_view) override { none(); }
  std::string path_of(std::string_view) override { none(); }
  bool has(std::string_view) override { return false; }
  void remove(std::string_view) override { none(); }
  bool intact(std::string_view) override { return false; }
  void each(const std::function<void(std::string_view)>&) override {}
  [[noreturn]] static void none() { throw std::logic_error("there are no files here"); }
};

}  // namespace

int describe(const std::string& what) {
  NoBlobs blobs;
  Hub hub({}, all_modules(), Outside{system_clock(), system_chance(), blobs});
  std::string text = what == "routes"   ? routes_text(hub.registry())
                     : what == "events" ? events_text(hub.registry())
                     : what == "rights" ? rights_text(hub.registry())
                                        : openapi_document(hub.registry()) + "\n";
  std::fwrite(text.data(), 1, text.size(), stdout);
  return 0;
}

}  // namespace baijin
