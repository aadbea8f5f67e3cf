#include "net/byte_range.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace baijin::net {
namespace {

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return {};
  if (text.front() == '-') return {};
  return value;
}

}  // namespace

ByteRange read_range(std::string_view header, std::int64_t size) {
  const ByteRange whole{ByteRange::Answer::whole, 0, size};
  const ByteRange unsatisfiable{ByteRange::Answer::unsatisfiable, 0, 0};
  if (!header.starts_with("bytes=")) return whole;
  header.remove_prefix(6);
  auto dash = header.find('-');
  if (dash == std::string_view::npos) return whole;
  auto first_text = header.substr(0, dash);
  auto last_text = header.substr(dash + 1);
  auto first = number(first_text);
  auto last = number(last_text);
  if ((!first && !first_text.empty()) || (!last && !last_text.empty())) return whole;
  if (!first) {
    if (!last) return whole;
    if (*last == 0 || size == 0) return unsatisfiable;
    auto length = std::min(*last, size);
    return {ByteRange::Answer::part, size - length, length};
  }
  if (last && *last < *first) return whole;
  if (*first >= size) return unsatisfiable;
  auto end = last ? std::min(*last, size - 1) : size - 1;
  return {ByteRange::Answer::part, *first, end - *first + 1};
}

}  // namespace baijin::net
