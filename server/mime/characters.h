#pragma once
// The characters that mail's grammar is made of, and the plain text that is made of all others.
#include <string>
#include <string_view>

namespace baijin::mime {

constexpr bool is_white(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char small = lower(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

constexpr std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_white(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_white(text.back())) text.remove_suffix(1);
  return text;
}

// ASCII letters only: the names of headers, types, charsets and parameters.
std::string lower(std::string_view text);
bool same_word(std::string_view a, std::string_view b);
bool begins_with_word(std::string_view text, std::string_view beginning);
// Where `wanted`, in lower case, stands in the text in any case; npos when nowhere.
std::size_t find_word(std::string_view text, std::string_view wanted, std::size_t from = 0);

bool has_high(std::string_view text);

// UTF-8 as one line of a Message: what is no character, breaks a line or changes the direction of
// reading is a blank or gone; NFC; no blanks at the ends.
std::string one_line(std::string_view utf8);
// Likewise several lines, which end in \n.
std::string plain_lines(std::string_view utf8);

}  // namespace baijin::mime
