#pragma once
// Variables in ready-made texts: {{ticket.number}}. Only the names on the list mean anything;
// whatever else stands in double braces is text (security.md I6). Pure.
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace baijin::templates {

// Plain text by name; a name that is missing counts as empty.
using Values = std::map<std::string, std::string, std::less<>>;

struct Filled {
  std::string html;
  std::vector<std::string> unknown;  // what stood in braces and is no variable: at most 20
  std::vector<std::string> empty;    // variables for which there is nothing
};

// `known` are the names that mean something. One pass: values are escaped and never looked into
// again.
Filled fill(std::string_view html, std::span<const std::string_view> known, const Values& values);
// The same for plain text, such as a subject: nothing is escaped.
std::string fill_text(std::string_view text, std::span<const std::string_view> known,
                      const Values& values);

}  // namespace baijin::templates
