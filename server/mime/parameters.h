#pragma once
// Content-Type and Content-Disposition: a value and its parameters (RFC 2045 §5.1, RFC 2231), with
// what mail programs write instead: encoded words in quotes, raw GBK, blanks without quotes.
#include <string>
#include <string_view>
#include <vector>

#include "mime/budget.h"

namespace baijin::mime {

struct Parameter {
  std::string name;   // lower case
  std::string value;  // one plain line
};

struct Parametrised {
  std::string value;  // lower case, without blanks and comments: "text/plain", "attachment"
  std::vector<Parameter> parameters;  // each name once, the first one counts; at most 200
  std::string_view find(std::string_view name) const;  // empty when there is none
};

Parametrised read_parameters(std::string_view unfolded, std::string_view hint, Budget& budget);

}  // namespace baijin::mime
