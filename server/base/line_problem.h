#pragma once
// What is wrong with a line of a file that somebody wants to bring in.
#include <cstdint>
#include <string>
#include <vector>

#include "base/fields.h"

namespace baijin {

struct LineProblem {
  std::int64_t line = 0;  // of the file
  std::string column;     // "" for the line as a whole
  std::string reason;     // a stable slug: "required", "not_an_email" …
};
FIELDS(LineProblem, line, column, reason)

// One for each field the error names, else one for the line as a whole.
void note_problems(std::int64_t line, const Error& error, std::vector<LineProblem>& problems);

}  // namespace baijin
