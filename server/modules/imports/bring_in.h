#pragma once
// One imported ticket becomes one of the desk's.
#include <string_view>

#include "modules/imports/people.h"

namespace baijin::imports {

enum class Outcome { imported, renumbered, skipped };

// Throws invalid(…) for a ticket that cannot be brought in. What it then left behind must be undone
// with the Change.
Outcome bring_in(Change& change, const ImportedTicket& ticket, std::string_view source,
                 Added& added);

}  // namespace baijin::imports
