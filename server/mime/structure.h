#pragma once
// A message cut into its parts (RFC 2046 §5.1) in one pass, without copying or decoding.
#include <string>
#include <string_view>
#include <vector>

#include "mime/budget.h"
#include "mime/header_block.h"
#include "mime/parameters.h"

namespace baijin::mime {

struct Part {
  HeaderBlock head;
  Parametrised type;  // its value is "text/plain" where nothing usable is told
  bool type_told = false;
  Parametrised disposition;  // its value is empty where nothing is told
  std::string encoding;      // lower case
  std::string content_id;    // without < >
  std::string_view body;     // of a multipart: all of it
  std::size_t parent = 0;    // the message itself is its own
  std::vector<std::size_t> children;

  bool is_multipart() const { return type.value.starts_with("multipart/"); }
  bool is(std::string_view wanted) const { return type.value == wanted; }
  std::string_view file_name() const;  // as told, of either header; may be empty
};

struct Structure {
  std::vector<Part> parts;      // in the order of the message; the first is the message itself
  bool bare_multipart = false;  // a multipart without a boundary, or whose boundary never comes
  bool unterminated = false;    // the end of a multipart is missing
};

Structure read_structure(std::string_view bytes, Budget& budget);

}  // namespace baijin::mime
