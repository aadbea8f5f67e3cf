#include "base/text.h"

#include <unicode/bytestream.h>
#include <unicode/idna.h>
#include <unicode/normalizer2.h>

#include <memory>
#include <stdexcept>

#include "base/error.h"
#include "base/unicode.h"

namespace baijin {
namespace {

std::string_view trimmed_ascii(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Without the blanks at both ends; `text` is well-formed.
std::string_view trimmed(std::string_view text) {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto here = at;
    if (is_blank(next_code_point(text, at))) continue;
    if (!inside) begin = here;
    inside = true;
    end = at;
  }
  return text.substr(begin, end - begin);
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return lower;
}

// The dot-atom of RFC 5321; quoted local parts exist on paper and in attacks only.
bool is_local_part(std::string_view text) {
  if (text.empty() || text.size() > 64 || text.front() == '.' || text.back() == '.') return false;
  char before = 0;
  for (char c : text) {
    constexpr std::string_view signs = "!#$%&'*+-/=?^_`{|}~.";
    if (!is_letter(c) && !is_digit(c) && signs.find(c) == std::string_view::npos) return false;
    if (c == '.' && before == '.') return false;
    before = c;
  }
  return true;
}

bool is_domain(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  while (true) {
    const auto dot = text.find('.');
    const auto label = text.substr(0, dot);
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') {
      return false;
    }
    for (char c : label) {
      if (!is_letter(c) && !is_digit(c) && c != '-') return false;
    }
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

// 例子.中国 → xn--fsqu00a.xn--fiqs8s; empty when there is no such form.
std::string ascii_domain(std::string_view domain) {
  if (printable_ascii(domain) == domain.size()) return lower_ascii(domain);
  static const std::unique_ptr<icu::IDNA> idna = [] {
    UErrorCode failure = U_ZERO_ERROR;
    std::unique_ptr<icu::IDNA> made(icu::IDNA::createUTS46Instance(
        UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI, failure));
    if (U_FAILURE(failure)) throw std::runtime_error("ICU has no IDNA data");
    return made;
  }();
  std::string ascii;
  icu::StringByteSink<std::string> sink(&ascii);
  icu::IDNAInfo info;
  UErrorCode problem = U_ZERO_ERROR;
  idna->nameToASCII_UTF8(domain, sink, info, problem);
  if (U_FAILURE(problem) || info.hasErrors()) return {};
  return ascii;
}

// Full-width digits and signs as Chinese keyboards write them: ＋８６ → +86.
std::string half_width(std::string_view text) {
  std::string half;
  for (std::size_t at = 0; at < text.size();) {
    auto c = next_code_point(text, at);
    if (c == ill_formed) throw invalid("not_unicode");
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    append_code_point(half, c == 0x3000 || c == 0xA0 ? ' ' : c);
  }
  return half;
}

// Who leaves out what must be there is told that, not that nothing is too short.
void check_filled(std::string_view text, int min) {
  if (text.empty() && min > 0) throw invalid("required");
}

void check_length(std::string_view text, int min, int max) {
  check_filled(text, min);
  if (text.size() < static_cast<std::size_t>(min)) throw invalid("too_short");
  if (text.size() <= static_cast<std::size_t>(max)) return;  // bytes are never fewer
  const auto length = code_points(text);
  if (length > max) throw invalid("too_long");
}

// One code point of a line or of lines on its way in.
void append_clean(std::string& out, char32_t c, bool lines) {
  if (c == ill_formed) throw invalid("not_unicode");
  if (c == '\t' && !lines) c = ' ';
  const bool line_end = c == '\n' || c == 0x2028 || c == 0x2029;
  if (line_end && lines) {
    out += '\n';
  } else if (line_end || (is_control(c) && c != '\t') || is_direction_override(c)) {
    throw invalid("control_character");
  } else {
    append_code_point(out, c);
  }
}

}  // namespace

std::string clean_line(std::string_view raw, int min, int max) {
  if (printable_ascii(raw) == raw.size()) {
    raw = trimmed_ascii(raw);
    check_length(raw, min, max);
    return std::string(raw);
  }
  raw = trimmed(raw);
  std::string line;
  line.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size();) append_clean(line, next_code_point(raw, at), false);
  line = normal_form(std::move(line));
  check_filled(line, min);
  if (code_points(line) < min) throw invalid("too_short");
  check_length(line, 0, max);
  return line;
}

std::string clean_lines(std::string_view raw, int max) {
  std::string lines;
  lines.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size();) {
    const auto plain = printable_ascii(raw.substr(at));
    lines.append(raw.substr(at, plain));
    at += plain;
    if (at == raw.size()) break;
    auto c = next_code_point(raw, at);
    if (c == '\r') {
      if (at < raw.size() && raw[at] == '\n') ++at;
      c = '\n';
    }
    append_clean(lines, c, true);
  }
  lines = normal_form(std::move(lines));
  check_length(lines, 0, max);
  return lines;
}

std::string clean_email(std::string_view raw) {
  if (!is_utf8(raw)) throw invalid("not_unicode");
  raw = trimmed(raw);
  const auto at = raw.rfind('@');
  if (at == std::string_view::npos) throw invalid("not_an_email");
  const auto local = raw.substr(0, at);
  const auto domain = ascii_domain(raw.substr(at + 1));
  if (!is_local_part(local) || !is_domain(domain)) throw invalid("not_an_email");
  if (local.size() + 1 + domain.size() > 254) throw invalid("too_long");
  return std::string(local) + "@" + domain;
}

std::string clean_phone(std::string_view raw) {
  if (raw.size() > 1'000) throw invalid("too_long");
  const auto half = half_width(raw);
  const auto phone = trimmed_ascii(half);
  check_filled(phone, 1);
  int digits = 0;
  for (std::size_t at = 0; at < phone.size();) {
    const auto c = next_code_point(phone, at);
    const bool digit = c >= '0' && c <= '9';
    const bool sign = std::u32string_view(U"+()-. xX转").find(c) != std::u32string_view::npos;
    if (!digit && !sign) throw invalid("not_a_phone");
    digits += digit;
  }
  if (digits < 3) throw invalid("too_short");
  check_length(phone, 3, 40);
  return std::string(phone);
}

std::string clean_slug(std::string_view raw) {
  check_filled(raw, 1);
  if (raw.size() > 60) throw invalid("too_long");
  bool good = raw[0] >= 'a' && raw[0] <= 'z';
  for (char c : raw) good = good && ((c >= 'a' && c <= 'z') || is_digit(c) || c == '_' || c == '-');
  if (!good) throw invalid("not_a_slug");
  return std::string(raw);
}

std::string clean_link(std::string_view raw) {
  auto link = clean_line(raw, 1, 2'000);
  const auto colon = link.find(':');
  if (colon == std::string::npos) throw invalid("not_a_link");
  const auto scheme = lower_ascii(std::string_view(link).substr(0, colon));
  const auto rest = std::string_view(link).substr(colon + 1);
  bool good = scheme == "mailto" && !rest.empty();
  if (scheme == "http" || scheme == "https") {
    good = rest.starts_with("//") && rest.size() > 2 && rest[2] != '/' && rest[2] != '?' &&
           rest[2] != '#';
  }
  if (!good || link.find_first_of(" \"'<>\\`") != std::string::npos) throw invalid("not_a_link");
  return scheme + ":" + std::string(rest);
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    at += printable_ascii(text.substr(at));
    if (at < text.size() && next_code_point(text, at) == ill_formed) return false;
  }
  return true;
}

std::int64_t code_points(std::string_view utf8) {
  std::int64_t count = 0;
  for (char c : utf8) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::string shorten(std::string_view utf8, std::int64_t count) {
  if (static_cast<std::int64_t>(utf8.size()) <= count) return std::string(utf8);
  std::size_t at = 0;
  for (std::int64_t i = 0; i < count && at < utf8.size(); ++i) next_code_point(utf8, at);
  std::string text(utf8.substr(0, at));
  if (at < utf8.size()) text += "…";
  return text;
}

std::string folded(std::string_view text) {
  std::string fold;
  if (printable_ascii(text) == text.size()) {
    fold = lower_ascii(text);
  } else {
    UErrorCode problem = U_ZERO_ERROR;
    const auto* form = icu::Normalizer2::getNFKCCasefoldInstance(problem);
    if (U_FAILURE(problem)) throw std::runtime_error("ICU has no NFKC_Casefold data");
    icu::StringByteSink<std::string> sink(&fold);
    form->normalizeUTF8(0, normal_form(repaired_utf8(text)), sink, nullptr, problem);
    if (U_FAILURE(problem)) throw std::runtime_error("ICU could not fold a text");
  }
  std::string squeezed;
  for (std::size_t at = 0; at < fold.size();) {
    const auto c = next_code_point(fold, at);
    if (!is_blank(c)) append_code_point(squeezed, c);
    else if (!squeezed.empty() && squeezed.back() != ' ') squeezed += ' ';
  }
  if (!squeezed.empty() && squeezed.back() == ' ') squeezed.pop_back();
  return squeezed;
}

std::string like_beginning_with(std::string_view text) {
  std::string pattern;
  for (char c : folded(text)) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c;
  }
  return pattern + '%';
}

std::string like_containing(std::string_view text) { return '%' + like_beginning_with(text); }

std::string phone_digits(std::string_view phone) {
  std::string digits;
  bool plus = false;
  for (std::size_t at = 0; at < phone.size();) {
    auto c = next_code_point(phone, at);
    if (c == U'转' || c == 'x' || c == 'X') break;  // an extension is not the line's number
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c == '+' && digits.empty()) plus = true;
    if (c >= '0' && c <= '9') digits += static_cast<char>(c);
  }
  if (digits.starts_with("0086")) digits.erase(0, 4);
  else if (plus && digits.starts_with("86")) digits.erase(0, 2);
  if (digits.starts_with('0')) digits.erase(0, 1);
  return digits;
}

}  // namespace baijin
