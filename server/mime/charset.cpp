#include "mime/charset.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "base/text.h"
#include "base/unicode.h"
#include "mime/characters.h"

namespace baijin::mime {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

struct Close {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, Close>;

struct Alias {
  std::string_view name;
  std::string_view meant;
};

// What a name is read as: the larger set where the smaller one is written on the label.
constexpr auto aliases = std::to_array<Alias>({
    {"big5-hkscs", "ibm-1375_P100-2008"},
    {"chinese", "gb18030"},
    {"cn-big5", "big5"},
    {"cn-gb", "gb18030"},
    {"cp936", "gb18030"},
    {"csgb2312", "gb18030"},
    {"euc-cn", "gb18030"},
    {"euc-kr", "windows-949"},
    {"euccn", "gb18030"},
    {"gb", "gb18030"},
    {"gb-2312", "gb18030"},
    {"gb2312", "gb18030"},
    {"gb2312-80", "gb18030"},
    {"gb_2312", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"gbk", "gb18030"},
    {"hz-gb-2312", "HZ"},
    {"iso-8859-1", "windows-1252"},
    {"iso-8859-9", "windows-1254"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"ks_c_5601-1987", "windows-949"},
    {"latin1", "windows-1252"},
    {"ms936", "gb18030"},
    {"shift-jis", "windows-31j"},
    {"shift_jis", "windows-31j"},
    {"sjis", "windows-31j"},
    {"unicode-1-1-utf-7", "utf-7"},
    {"unicode-1-1-utf-8", "utf-8"},
    {"utf8", "utf-8"},
    {"utf8mb4", "utf-8"},
    {"windows-936", "gb18030"},
    {"x-big5", "big5"},
    {"x-euc-cn", "gb18030"},
    {"x-gb2312", "gb18030"},
    {"x-gbk", "gb18030"},
    {"x-sjis", "windows-31j"},
    {"x-unicode-2-0-utf-7", "utf-7"},
    {"x-x-big5", "big5"},
    {"zh_cn.euc", "gb18030"},
});
static_assert(std::ranges::is_sorted(aliases, {}, &Alias::name));

// The name to ask ICU for; empty for those that say nothing.
std::string meant_by(std::string_view told) {
  told = trimmed(told);
  while (!told.empty() && (told.front() == '"' || told.front() == '\'')) told.remove_prefix(1);
  while (!told.empty() && (told.back() == '"' || told.back() == '\'')) told.remove_suffix(1);
  if (told.size() > 60) return {};
  auto name = lower(told);
  const auto* found = std::ranges::lower_bound(aliases, name, {}, &Alias::name);
  if (found != aliases.end() && found->name == name) name = found->meant;
  constexpr std::array<std::string_view, 9> nothing = {
      "us-ascii", "ascii", "unknown",         "unknown-8bit",  "x-unknown",
      "default",  "none",  "_autodetect_all", "ansi_x3.4-1968"};
  return std::ranges::find(nothing, name) == nothing.end() ? name : std::string();
}

Converter open_converter(const std::string& name) {
  UErrorCode problem = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &problem));
  return U_SUCCESS(problem) ? std::move(converter) : nullptr;
}

// Strict: nothing when the bytes do not fit. Otherwise what does not fit is U+FFFD.
std::optional<std::string> convert(std::string_view bytes, UConverter& from, bool strict) {
  UErrorCode problem = U_ZERO_ERROR;
  const Converter utf8(ucnv_open("UTF-8", &problem));
  if (strict) {
    ucnv_setToUCallBack(&from, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &problem);
  }
  if (U_FAILURE(problem)) return {};
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  std::array<char, 16'384> piece;
  std::array<UChar, 4'096> pivot;
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  const char* source = bytes.data();
  bool first = true;
  while (true) {
    char* target = piece.data();
    ucnv_convertEx(utf8.get(), &from, &target, piece.data() + piece.size(), &source,
                   bytes.data() + bytes.size(), pivot.data(), &pivot_source, &pivot_target,
                   pivot.data() + pivot.size(), first, true, &problem);
    out.append(piece.data(), target);
    first = false;
    if (problem != U_BUFFER_OVERFLOW_ERROR) break;
    problem = U_ZERO_ERROR;
  }
  if (U_FAILURE(problem)) return {};
  return out;
}

std::optional<std::string> convert(std::string_view bytes, const std::string& name, bool strict) {
  auto converter = open_converter(name);
  return converter ? convert(bytes, *converter, strict) : std::nullopt;
}

bool is_seven_bit(std::string_view name) {
  return name == "utf-7" || name == "HZ" || name.starts_with("iso-2022") ||
         name.starts_with("utf-16") || name.starts_with("utf-32") || name.starts_with("ucs");
}

struct HighCharacters {
  std::size_t count = 0;
  std::size_t ill_formed = 0;
};

HighCharacters look_at_utf8(std::string_view bytes) {
  HighCharacters seen;
  for (std::size_t at = 0; at < bytes.size();) {
    at += printable_ascii(bytes.substr(at));
    if (at == bytes.size()) break;
    const auto c = next_code_point(bytes, at);
    if (c == ill_formed) ++seen.ill_formed;
    else if (c >= 0x80) ++seen.count;
  }
  return seen;
}

// Whether the bytes are likely Chinese: most of their pairs are those of GB 2312, which have both
// their bytes above 0xA0. In a Western text a high byte mostly stands before a letter.
bool looks_like_gb(std::string_view bytes) {
  std::size_t good = 0;
  std::size_t odd = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    if (lead < 0x80) continue;
    const auto trail = at + 1 < bytes.size() ? static_cast<unsigned char>(bytes[at + 1]) : 0U;
    const bool common = lead >= 0xA1 && lead <= 0xF7 && trail >= 0xA1;
    common ? ++good : ++odd;
    if (trail >= 0x80 || (lead >= 0x81 && trail >= 0x40)) ++at;
  }
  return good > odd;
}

std::string escape_charset(std::string_view bytes) {
  const auto escape = bytes.find("\x1B$");
  if (escape == std::string_view::npos || escape + 2 >= bytes.size()) return {};
  switch (bytes[escape + 2]) {
    case '@':
    case 'B':
    case '(': return "iso-2022-jp";
    case 'A': return "iso-2022-cn";
    case ')':
      return escape + 3 < bytes.size() && bytes[escape + 3] == 'C' ? "iso-2022-kr" : "iso-2022-cn";
    default: return {};
  }
}

// Nothing is told, or nothing that fits.
std::string guessed_text(std::string_view bytes, std::string_view hint) {
  const auto seen = look_at_utf8(bytes);
  if (seen.ill_formed == 0) return std::string(bytes);
  const auto likely = meant_by(hint);
  if (!likely.empty() && likely != "utf-8" && !is_seven_bit(likely)) {
    if (auto text = convert(bytes, likely, true)) return *std::move(text);
  }
  if (looks_like_gb(bytes)) {
    if (auto text = convert(bytes, "gb18030", true)) return *std::move(text);
  }
  // A text of UTF-8 that was cut or damaged in a few places stays what it is.
  if (seen.count > seen.ill_formed) return repaired_utf8(bytes);
  if (looks_like_gb(bytes)) {
    if (auto text = convert(bytes, "gb18030", false)) return *std::move(text);
  }
  if (auto text = convert(bytes, "windows-1252", false)) return *std::move(text);
  return repaired_utf8(bytes);
}

// Nothing when the bytes do not fit what is told, apart from a character here and there.
std::optional<Characters> text_as_told(std::string_view bytes, const std::string& name) {
  if (auto text = convert(bytes, name, true)) return Characters{*std::move(text), false};
  if (name == "big5") {  // Hong Kong's characters are not on its label
    if (auto text = convert(bytes, "ibm-1375_P100-2008", true)) return Characters{*text, false};
  }
  auto text = convert(bytes, name, false);
  if (!text) return {};
  std::int64_t replaced = 0;
  for (auto at = text->find(replacement); at != std::string::npos;
       at = text->find(replacement, at + replacement.size())) {
    ++replaced;
  }
  if (replaced * 20 > code_points(*text)) return {};
  return Characters{*std::move(text), true};
}

Characters without_mark(Characters read) {
  if (read.text.starts_with(byte_order_mark)) read.text.erase(0, byte_order_mark.size());
  return read;
}

Characters read_characters(std::string_view bytes, std::string_view told, std::string_view hint) {
  const auto name = meant_by(told);
  const bool high = has_high(bytes);
  if (!high && bytes.find('\x1B') != std::string_view::npos && !is_seven_bit(name)) {
    const auto escaped = escape_charset(bytes);
    if (!escaped.empty()) {
      if (auto text = convert(bytes, escaped, true)) return {*std::move(text), true};
    }
  }
  if (!high && !is_seven_bit(name)) return {std::string(bytes), false};
  if (high && !name.starts_with("utf-16") && !name.starts_with("utf-32")) {
    const auto seen = look_at_utf8(bytes);
    const bool surely = seen.ill_formed == 0 && (seen.count >= 3 || name == "utf-8");
    if (surely) return {std::string(bytes), name != "utf-8"};
  }
  if (!name.empty() && name != "utf-8") {
    if (auto told_text = text_as_told(bytes, name)) return *std::move(told_text);
  }
  return {guessed_text(bytes, hint), true};
}

}  // namespace

Characters to_utf8(std::string_view bytes, std::string_view told, std::string_view hint) {
  return without_mark(read_characters(bytes, told, hint));
}

bool is_charset(std::string_view name) {
  const auto meant = meant_by(name);
  return !meant.empty() && open_converter(meant) != nullptr;
}

}  // namespace baijin::mime
