#pragma once
// What the registry says of itself: the OpenAPI 3.1 document and the lists kept in api/.
#include <string>

#include "hub/registry.h"

namespace baijin {

std::string openapi_document(const Registry& registry);
std::string routes_text(const Registry& registry);
std::string events_text(const Registry& registry);
std::string rights_text(const Registry& registry);

}  // namespace baijin
