#pragma once
// The index itself; the only file of the module that knows which engine keeps it.
#include <cstdint>
#include <vector>

#include "hub/reader.h"
#include "modules/search/wording.h"

namespace baijin::search::index {

struct Candidate {
  std::int64_t entry = 0;
  std::string kind;
  std::int64_t subject = 0;
};
FIELDS(Candidate, entry, kind, subject)

// Entries below `before` that match, newest first, whoever may see them.
std::vector<Candidate> candidates(Reader& reader, const std::vector<wording::Part>& parts,
                                  const wording::Fence& fence, std::int64_t before,
                                  std::int64_t limit);

}  // namespace baijin::search::index
