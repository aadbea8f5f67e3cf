#include "modules/tickets/templates.h"

#include <algorithm>

#include "base/html.h"
#include "base/text.h"

namespace baijin::tickets::templates {
namespace {

constexpr std::size_t longest_name = 80, most_warnings = 20;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_known(std::string_view name) {
  return std::find(std::begin(known_names), std::end(known_names), name) != std::end(known_names);
}

void note(std::vector<std::string>& list, std::string_view name) {
  if (list.size() >= most_warnings) return;
  if (std::find(list.begin(), list.end(), name) == list.end()) list.emplace_back(name);
}

}  // namespace

Filled fill(std::string_view html, const Values& values) {
  Filled filled;
  std::size_t at = 0;
  while (at < html.size()) {
    auto open = std::min(html.find("{{", at), html.size());
    filled.html.append(html.substr(at, open - at));
    if (open == html.size()) break;
    // A name is short: what ends far away was not meant as one, and is not searched for.
    auto inside = html.substr(open + 2, longest_name + 2);
    auto close = inside.find("}}");
    auto name = trimmed(inside.substr(0, std::min(close, inside.size())));
    if (close != inside.npos && is_known(name)) {
      auto value = values.find(name);
      if (value == values.end() || value->second.empty()) note(filled.empty, name);
      else filled.html += escape_html(value->second);
      at = open + 2 + close + 2;
      continue;
    }
    bool meant = close != inside.npos && name.find("{{") == name.npos && is_utf8(name);
    if (meant) note(filled.unknown, name);
    filled.html += "{{";
    at = open + 2;
  }
  return filled;
}

}  // namespace baijin::tickets::templates
