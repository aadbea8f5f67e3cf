#pragma once
// UTF-8 one code point at a time, and its normal form NFC.
#include <cstddef>
#include <string>
#include <string_view>

namespace baijin {

inline constexpr char32_t ill_formed = 0xFFFFFFFF;

// The code point at `at`, which moves behind it; ill_formed (one byte further) for bytes that are
// not UTF-8: overlong forms, surrogates, beyond U+10FFFF, cut short.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_code_point(std::string& out, char32_t code_point);

// How many of the first bytes are printable ASCII (0x20 … 0x7E); looks at eight at a time.
std::size_t printable_ascii(std::string_view text);

// Ill-formed bytes become U+FFFD.
std::string repaired_utf8(std::string_view text);

// NFC of well-formed UTF-8. At most 30 combining marks in a row are kept (as in Unicode's
// stream-safe format), because sorting longer rows takes quadratic time.
std::string normal_form(std::string text);

// U+202A–E and U+2066–9: they make text read otherwise than it is.
constexpr bool is_direction_override(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}
constexpr bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

// White space and characters without a width, as trimmed from the ends of a line.
constexpr bool is_blank(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

}  // namespace baijin
