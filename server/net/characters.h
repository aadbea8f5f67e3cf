#pragma once
// Which octets the grammar of HTTP allows where (RFC 9110 §5.6).
#include <array>
#include <string_view>

namespace baijin::net {

// For each octet that may stand in a token its lower case, for every other 0.
inline constexpr auto token_octets = [] {
  std::array<char, 256> table{};
  for (char c = '0'; c <= '9'; ++c) table[static_cast<unsigned char>(c)] = c;
  for (char c = 'a'; c <= 'z'; ++c) {
    table[static_cast<unsigned char>(c)] = c;
    table[static_cast<unsigned char>(c - 'a' + 'A')] = c;
  }
  for (char c : std::string_view("!#$%&'*+-.^_`|~")) table[static_cast<unsigned char>(c)] = c;
  return table;
}();

constexpr char token_octet(char c) { return token_octets[static_cast<unsigned char>(c)]; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Controls are refused everywhere, except the tabulator inside header values.
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
constexpr bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }

constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr bool is_token(std::string_view text) {
  for (char c : text) {
    if (token_octet(c) == 0) return false;
  }
  return !text.empty();
}

// `lower` must be in lower case.
constexpr bool same_token(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (token_octet(text[i]) != lower[i]) return false;
  }
  return true;
}

constexpr std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Tokens with commas between them; blanks and empty elements are allowed (RFC 9110 §5.6.1).
constexpr bool is_token_list(std::string_view list) {
  while (!list.empty()) {
    auto comma = list.find(',');
    auto element = trimmed(list.substr(0, comma));
    if (!element.empty() && !is_token(element)) return false;
    if (comma == std::string_view::npos) return true;
    list.remove_prefix(comma + 1);
  }
  return true;
}

// Whether the comma-separated `list` names `lower`, whatever the case.
constexpr bool list_names(std::string_view list, std::string_view lower) {
  while (!list.empty()) {
    auto comma = list.find(',');
    if (same_token(trimmed(list.substr(0, comma)), lower)) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
  return false;
}

}  // namespace baijin::net
