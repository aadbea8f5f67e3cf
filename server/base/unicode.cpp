#include "base/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <stdexcept>

namespace baijin {
namespace {

constexpr int longest_row_of_marks = 30;

// Ranges whose characters NFC leaves alone whatever stands around them (unicode_test.cpp compares
// each with ICU). They cover nearly all text here, which then needs no second look.
constexpr bool is_inert(char32_t c) {
  return (c < 0x300) || (c >= 0x2010 && c <= 0x2027) || (c >= 0x3000 && c <= 0x3029) ||
         (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x1F300 && c <= 0x1F64F);
}

const icu::Normalizer2& nfc() {
  static const icu::Normalizer2* const form = [] {
    UErrorCode problem = U_ZERO_ERROR;
    const auto* found = icu::Normalizer2::getNFCInstance(problem);
    if (U_FAILURE(problem)) throw std::runtime_error("ICU has no NFC data");
    return found;
  }();
  return *form;
}

std::string without_long_rows_of_marks(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  int row = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto begin = at;
    auto c = next_code_point(text, at);
    row = c >= 0x300 && u_getCombiningClass(static_cast<UChar32>(c)) != 0 ? row + 1 : 0;
    if (row <= longest_row_of_marks) kept.append(text.substr(begin, at - begin));
  }
  return kept;
}

struct Look {
  bool inert = true;
  int longest_row = 0;  // of combining marks
};

Look look_at(std::string_view text) {
  Look look;
  int row = 0;
  for (std::size_t at = 0; at < text.size();) {
    at += printable_ascii(text.substr(at));
    if (at == text.size()) break;
    const auto c = next_code_point(text, at);
    if (is_inert(c)) {
      row = 0;
      continue;
    }
    look.inert = false;
    row = u_getCombiningClass(static_cast<UChar32>(c)) != 0 ? row + 1 : 0;
    look.longest_row = std::max(look.longest_row, row);
  }
  return look;
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const char32_t lead = byte(at++);
  if (lead < 0x80) return lead;
  if (lead < 0xC2 || lead > 0xF4) return ill_formed;
  const std::size_t more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  if (text.size() - at < more) return ill_formed;
  char32_t c = lead & (0x3FU >> more);
  for (std::size_t i = 0; i < more; ++i) {
    const char32_t next = byte(at + i);
    if ((next & 0xC0) != 0x80) return ill_formed;
    c = c << 6 | (next & 0x3F);
  }
  const bool overlong = (more == 2 && c < 0x800) || (more == 3 && c < 0x10000);
  if (overlong || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return ill_formed;
  at += more;
  return c;
}

void append_code_point(std::string& out, char32_t c) {
  auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | c >> 6);
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

std::size_t printable_ascii(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t tops = ones * 0x80;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    const std::uint64_t below_space = (word - ones * 0x20) & ~word;
    const std::uint64_t delete_key = word ^ ones * 0x7F;
    if (((word | below_space | ((delete_key - ones) & ~delete_key)) & tops) != 0) break;
  }
  while (at < text.size() && text[at] >= 0x20 && text[at] < 0x7F) ++at;
  return at;
}

std::string repaired_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto plain = printable_ascii(text.substr(at));
    out.append(text.substr(at, plain));
    at += plain;
    if (at == text.size()) break;
    const auto c = next_code_point(text, at);
    append_code_point(out, c == ill_formed ? 0xFFFD : c);
  }
  return out;
}

std::string normal_form(std::string text) {
  while (true) {
    const auto look = look_at(text);
    if (look.inert) return text;
    if (look.longest_row > longest_row_of_marks) text = without_long_rows_of_marks(text);
    UErrorCode problem = U_ZERO_ERROR;
    if (nfc().isNormalizedUTF8(text, problem) && U_SUCCESS(problem)) return text;
    std::string normal;
    icu::StringByteSink<std::string> sink(&normal);
    problem = U_ZERO_ERROR;
    nfc().normalizeUTF8(0, text, sink, nullptr, problem);
    if (U_FAILURE(problem)) throw std::runtime_error("ICU could not normalise a text");
    text = std::move(normal);  // looked at again: U+0344 becomes two marks, so rows may have grown
  }
}

}  // namespace baijin
