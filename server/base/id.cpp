#include "base/id.h"

#include <charconv>

namespace baijin {

std::optional<Ref> parse_ref(std::string_view text) {
  auto colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 40) return {};
  for (char c : text.substr(0, colon)) {
    if (!(c >= 'a' && c <= 'z') && c != '_') return {};
  }
  auto digits = text.substr(colon + 1);
  if (digits.empty() || digits[0] < '1' || digits[0] > '9') return {};
  Ref ref{std::string(text.substr(0, colon)), 0};
  auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), ref.id);
  if (problem != std::errc{} || end != digits.data() + digits.size()) return {};
  return ref;
}

}  // namespace baijin
