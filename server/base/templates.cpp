#include "base/templates.h"

#include <algorithm>

#include "base/html.h"
#include "base/text.h"

namespace baijin::templates {
namespace {

constexpr std::size_t longest_name = 80, most_warnings = 20;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_among(std::span<const std::string_view> known, std::string_view name) {
  return std::find(known.begin(), known.end(), name) != known.end();
}

void note(std::vector<std::string>& list, std::string_view name) {
  if (list.size() >= most_warnings) return;
  if (std::find(list.begin(), list.end(), name) == list.end()) list.emplace_back(name);
}

// What stands between {{ and }} at `open`; npos for the end when that is no name.
struct Braces {
  std::string_view name;
  std::size_t end = std::string_view::npos;
};
Braces braces_at(std::string_view text, std::size_t open) {
  // A name is short: what ends far away was not meant as one, and is not searched for.
  auto inside = text.substr(open + 2, longest_name + 2);
  auto close = inside.find("}}");
  if (close == inside.npos) return {trimmed(inside), inside.npos};
  return {trimmed(inside.substr(0, close)), open + 2 + close + 2};
}

}  // namespace

Filled fill(std::string_view html, std::span<const std::string_view> known, const Values& values) {
  Filled filled;
  std::size_t at = 0;
  while (at < html.size()) {
    auto open = std::min(html.find("{{", at), html.size());
    filled.html.append(html.substr(at, open - at));
    if (open == html.size()) break;
    auto found = braces_at(html, open);
    if (found.end != html.npos && is_among(known, found.name)) {
      auto value = values.find(found.name);
      if (value == values.end() || value->second.empty()) note(filled.empty, found.name);
      else filled.html += escape_html(value->second);
      at = found.end;
      continue;
    }
    bool meant = found.end != html.npos && found.name.find("{{") == found.name.npos &&
                 is_utf8(found.name);
    if (meant) note(filled.unknown, found.name);
    filled.html += "{{";
    at = open + 2;
  }
  return filled;
}

std::string fill_text(std::string_view text, std::span<const std::string_view> known,
                      const Values& values) {
  std::string filled;
  std::size_t at = 0;
  while (at < text.size()) {
    auto open = std::min(text.find("{{", at), text.size());
    filled.append(text.substr(at, open - at));
    if (open == text.size()) break;
    auto found = braces_at(text, open);
    bool known_name = found.end != text.npos && is_among(known, found.name);
    if (!known_name) {
      filled += "{{";
      at = open + 2;
      continue;
    }
    if (auto value = values.find(found.name); value != values.end()) filled += value->second;
    at = found.end;
  }
  return filled;
}

}  // namespace baijin::templates
