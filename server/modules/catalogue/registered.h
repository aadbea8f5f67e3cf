#pragma once
// What other modules said to the catalogue in their install().
#include <string>
#include <vector>

#include "modules/catalogue/catalogue.h"

namespace baijin::catalogue {

std::vector<const Guard*> registered_guards();  // by name
bool state_in_use(Reader& reader, Id<Workflow> workflow, std::string_view state);

}  // namespace baijin::catalogue
