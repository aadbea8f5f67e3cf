#pragma once
// What other modules said to the catalogue in their install().
#include <map>
#include <string>
#include <vector>

#include "modules/catalogue/catalogue.h"

namespace baijin::catalogue {

std::vector<const Guard*> registered_guards();  // by name
// Of everything that was registered, by state.
std::map<std::string, std::int64_t> state_uses(Reader& reader, Id<Workflow> workflow);

}  // namespace baijin::catalogue
