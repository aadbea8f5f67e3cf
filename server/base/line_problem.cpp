#include "base/line_problem.h"

namespace baijin {

void note_problems(std::int64_t line, const Error& error, std::vector<LineProblem>& problems) {
  for (const auto& field : error.fields) problems.push_back({line, field.field, field.reason});
  if (error.fields.empty()) problems.push_back({line, "", error.reason});
}

}  // namespace baijin
