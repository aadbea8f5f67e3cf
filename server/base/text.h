#pragma once
// Text with its limits in its type, so that decoding is validation. All text is UTF-8 in NFC.
// Lengths count Unicode code points. Line breaks and tabs are allowed where the type says lines (in
// one line a tab becomes a space); other control characters, bidirectional overrides (U+202A–E,
// U+2066–9) and unpaired surrogates never are.
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace baijin {

// One line, trimmed: names, subjects, serial numbers.
template <int Min, int Max>
struct Text {
  std::string value;
  auto operator<=>(const Text&) const = default;
};
using Name = Text<1, 120>;

// Several lines of plain text; line ends become \n.
template <int Max>
struct Lines {
  std::string value;
  auto operator<=>(const Lines&) const = default;
};

// Rich text from people: sanitised while it is decoded (security.md X1–X6); see html.h.
template <int Max>
struct Html {
  std::string value;
  auto operator<=>(const Html&) const = default;
};

// An e-mail address as in RFC 5321 (local@domain, ≤ 254 octets), domain in lower case.
struct Email {
  std::string value;
  auto operator<=>(const Email&) const = default;
};

// A telephone number as people write it: digits with + ( ) - . space and "转"/"x" extension, 3–40.
struct Phone {
  std::string value;
  auto operator<=>(const Phone&) const = default;
};

// a-z 0-9 _ - , starting with a letter, 1–60: keys that appear in addresses and code.
struct Slug {
  std::string value;
  auto operator<=>(const Slug&) const = default;
};

// An address somebody may be sent to: https://, http:// or mailto: only (X4, U7); ≤ 2,000.
struct Link {
  std::string value;
  auto operator<=>(const Link&) const = default;
};

// A secret on its way in (password, code): never logged, never written out again.
struct Secret {
  std::string value;
  auto operator<=>(const Secret&) const = default;
};

// Each of these puts the text into its normal form or throws invalid(reason):
// "not_unicode", "control_character", "required", "too_short", "too_long", "not_an_email", ….
std::string clean_line(std::string_view raw, int min, int max);
std::string clean_lines(std::string_view raw, int max);
std::string clean_email(std::string_view raw);
std::string clean_phone(std::string_view raw);
std::string clean_slug(std::string_view raw);
std::string clean_link(std::string_view raw);

bool is_utf8(std::string_view text);
std::int64_t code_points(std::string_view utf8);
// The first `count` code points, with "…" where something was cut.
std::string shorten(std::string_view utf8, std::int64_t count);

// For comparing, not for showing: NFKC, case folded, white space squeezed. "ＡＢＣ  Ltd" → "abc ltd".
std::string folded(std::string_view text);
// A pattern for LIKE … ESCAPE '!' that finds the folded text anywhere, or at the beginning.
std::string like_containing(std::string_view text);
std::string like_beginning_with(std::string_view text);
// Only the digits of a phone number, without a leading 0086/+86 or trunk 0: for finding it again.
std::string phone_digits(std::string_view phone);

}  // namespace baijin
