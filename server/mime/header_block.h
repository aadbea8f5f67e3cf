#pragma once
// The lines above a body, cut into fields (RFC 5322 §2.2) without reading what they say.
#include <string>
#include <string_view>
#include <vector>

#include "mime/budget.h"

namespace baijin::mime {

struct RawField {
  std::string_view name;   // as written
  std::string_view value;  // as written: folded, encoded, any bytes
};

struct HeaderBlock {
  std::vector<RawField> fields;
  std::size_t body = 0;    // where the body begins
  bool ended = false;      // by an empty line, as it should be
  bool bad_lines = false;  // lines that are no fields stood in between and were left out

  const RawField* find(std::string_view name) const;  // the first
};

// Reads from `at` on. A header ends at an empty line, at a line that begins with "--", or where
// text begins although no empty line stood before it.
HeaderBlock read_header_block(std::string_view bytes, std::size_t at, Budget& budget);

// In one line: a fold, with the blanks around it, is one blank, as is NUL.
std::string unfolded(std::string_view value);

// The end of the line that begins at `at`, behind its line feed, or the end of all.
std::size_t line_end(std::string_view bytes, std::size_t at);

}  // namespace baijin::mime
