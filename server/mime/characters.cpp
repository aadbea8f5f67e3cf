#include "mime/characters.h"

#include <algorithm>

#include "base/html_values.h"
#include "base/unicode.h"

namespace baijin::mime {

std::string lower(std::string_view text) {
  std::string small(text);
  for (char& c : small) c = lower(c);
  return small;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

bool begins_with_word(std::string_view text, std::string_view beginning) {
  return same_word(text.substr(0, beginning.size()), beginning);
}

std::size_t find_word(std::string_view text, std::string_view wanted, std::size_t from) {
  if (wanted.empty() || from > text.size()) return std::string_view::npos;
  const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(),
                                 wanted.begin(), wanted.end(),
                                 [](char x, char y) { return lower(x) == y; });
  return found == text.end() ? std::string_view::npos
                             : static_cast<std::size_t>(found - text.begin());
}

bool has_high(std::string_view text) { return std::ranges::any_of(text, is_high); }

std::string one_line(std::string_view utf8) {
  std::string line;
  line.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const auto plain = printable_ascii(utf8.substr(at));
    line.append(utf8.substr(at, plain));
    at += plain;
    if (at == utf8.size()) break;
    const auto c = next_code_point(utf8, at);
    if (c == ill_formed) append_code_point(line, 0xFFFD);
    else if (is_control(c) || c == 0x2028 || c == 0x2029) line += ' ';
    else if (!is_direction_override(c)) append_code_point(line, c);
  }
  line = normal_form(std::move(line));
  std::size_t begin = line.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < line.size();) {
    const auto here = at;
    if (is_blank(next_code_point(line, at))) continue;
    begin = std::min(begin, here);
    end = at;
  }
  return end == line.size() && begin == 0 ? line
         : end == 0                       ? std::string()
                                          : line.substr(begin, end - begin);
}

std::string plain_lines(std::string_view utf8) { return normal_form(plain_characters(utf8)); }

}  // namespace baijin::mime
