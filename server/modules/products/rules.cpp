#include "modules/products/rules.h"

#include "base/error.h"

namespace baijin::products::rules {

std::string number_key(std::string_view number) {
  std::string key;
  for (char c : folded(number)) {
    auto byte = static_cast<unsigned char>(c);
    bool digit = c >= '0' && c <= '9', letter = c >= 'a' && c <= 'z';
    if (digit || letter || byte >= 0x80) key += c;
  }
  return key;
}

std::optional<std::string> number_key(const std::optional<Text<1, 80>>& number) {
  if (!number) return {};
  auto key = number_key(std::string_view(number->value));
  if (key.empty()) return {};
  return key;
}

void check_order(std::optional<Date> begin, std::optional<Date> end, std::string_view field) {
  if (begin && end && *end < *begin) throw invalid("before_it_began", field);
}

}  // namespace baijin::products::rules
