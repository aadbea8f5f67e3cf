#include "hub/module.h"
#include "modules/search/search.h"

namespace baijin::search {

void install(Module& m) {
  m.right("search.use", "Search everything one may see");
  m.get("/search", "search.use", find).about("Find records by their words, newest first.");
}

}  // namespace baijin::search
