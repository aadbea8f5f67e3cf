#pragma once
// One range of a Range header (RFC 9110 §14). Several ranges, other units and what cannot be read
// are ignored, as the RFC allows.
#include <cstdint>
#include <string_view>

namespace baijin::net {

struct ByteRange {
  enum class Answer { whole, part, unsatisfiable };
  Answer answer = Answer::whole;
  std::int64_t first = 0;
  std::int64_t length = 0;
};

ByteRange read_range(std::string_view header, std::int64_t size);

}  // namespace baijin::net
