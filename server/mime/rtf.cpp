#include "mime/rtf.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/unicode.h"
#include "mime/characters.h"
#include "mime/charset.h"
#include "mime/little_endian.h"

namespace baijin::mime {
namespace {

// What every packed RTF may refer back to (MS-OXRTFCP §2.1.2.1).
constexpr std::string_view beginning =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    "\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    "\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

constexpr std::size_t window_size = 4'096;

struct Group {
  bool skipped = false;   // its text is no text
  bool html_tag = false;  // {\*\htmltag …}: its text is markup
  bool rtf_only = false;  // \htmlrtf: text for readers that know no HTML
  int bytes_per_unicode = 1;
};

class RtfReader {
 public:
  explicit RtfReader(std::string_view rtf) : rtf_(rtf) {}

  RtfText read() {
    while (at_ < rtf_.size()) {
      const char c = rtf_[at_];
      if (c == '\\') take_control();
      else if (c == '{') open();
      else if (c == '}') close();
      else if (c == '\r' || c == '\n' || c == '\0') ++at_;
      else put(rtf_[at_++]);
    }
    flush();
    return std::move(made_);
  }

 private:
  void open() {
    ++at_;
    if (deeper_ > 0 || groups_.size() >= 1'000) ++deeper_;
    else groups_.push_back(groups_.back());
  }
  void close() {
    ++at_;
    flush();
    if (deeper_ > 0) --deeper_;
    else if (groups_.size() > 1) groups_.pop_back();
  }
  Group& group() { return groups_.back(); }

  // A byte in the document's code page.
  void put(char c) {
    if (to_skip_ > 0) {
      --to_skip_;
      return;
    }
    if (is_heard()) pending_ += c;
  }
  bool is_heard() {
    if (group().skipped) return false;
    return !made_.is_html || group().html_tag || !group().rtf_only;
  }
  void flush() {
    if (!pending_.empty()) made_.text += to_utf8(pending_, charset_).text;
    pending_.clear();
  }
  void put_text(std::string_view text) {
    if (!is_heard()) return;
    flush();
    made_.text += text;
  }

  void take_control() {
    ++at_;
    if (at_ >= rtf_.size()) return;
    const char c = rtf_[at_];
    if (lower(c) < 'a' || lower(c) > 'z') return take_symbol(c);
    const auto begin = at_;
    while (at_ < rtf_.size() && lower(rtf_[at_]) >= 'a' && lower(rtf_[at_]) <= 'z') ++at_;
    const auto word = rtf_.substr(begin, std::min<std::size_t>(at_ - begin, 32));
    int number = 0;
    const auto* first = rtf_.data() + at_;
    const auto parsed = std::from_chars(first, rtf_.data() + rtf_.size(), number);
    const bool numbered = parsed.ec == std::errc{};
    if (numbered) at_ += static_cast<std::size_t>(parsed.ptr - first);
    if (at_ < rtf_.size() && rtf_[at_] == ' ') ++at_;
    take_word(word, number, numbered);
  }

  void take_symbol(char c) {
    ++at_;
    switch (c) {
      case '\'': {
        const int high = at_ < rtf_.size() ? hex_value(rtf_[at_]) : -1;
        const int low = at_ + 1 < rtf_.size() ? hex_value(rtf_[at_ + 1]) : -1;
        if (high < 0 || low < 0) return;
        at_ += 2;
        return put(static_cast<char>(high * 16 + low));
      }
      case '*':
        // A destination that may be ignored; of these only HTML's tags are known here.
        if (rtf_.substr(at_).starts_with("\\htmltag")) group().html_tag = true;
        else group().skipped = true;
        return;
      case '~': return put_text("\u00A0");
      case '\\':
      case '{':
      case '}': return put(c);
      case '\r':
      case '\n': return put_text("\n");
      default: return;
    }
  }

  void take_word(std::string_view word, int number, bool numbered) {
    constexpr std::array<std::string_view, 8> silent = {
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer"};
    for (const auto name : silent) {
      if (word == name) group().skipped = true;
    }
    if (word == "fromhtml" && number == 1) made_.is_html = true;
    else if (word == "htmlrtf") group().rtf_only = !numbered || number != 0;
    else if (word == "ansicpg")
      charset_ = number == 936 ? "gb18030" : "windows-" + std::to_string(number);
    else if (word == "uc") group().bytes_per_unicode = std::clamp(number, 0, 16);
    else if (word == "u") put_unicode(number);
    else if (word == "par" || word == "line" || word == "row") put_text("\n");
    else if (word == "tab" || word == "cell") put_text("\t");
    else if (word == "lquote") put_text("‘");
    else if (word == "rquote") put_text("’");
    else if (word == "ldblquote") put_text("“");
    else if (word == "rdblquote") put_text("”");
    else if (word == "bullet") put_text("•");
    else if (word == "endash") put_text("–");
    else if (word == "emdash") put_text("—");
  }

  // \u20013? : UTF-16 as signed numbers, with letters behind for readers that know none.
  void put_unicode(int number) {
    const auto unit = static_cast<char32_t>(number & 0xFFFF);
    to_skip_ = group().bytes_per_unicode;
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_surrogate_ = unit;
      return;
    }
    char32_t c = unit;
    if (unit >= 0xDC00 && unit < 0xE000) {
      if (high_surrogate_ == 0) return;
      c = 0x10000 + ((high_surrogate_ - 0xD800) << 10) + (unit - 0xDC00);
    }
    high_surrogate_ = 0;
    std::string text;
    append_code_point(text, c);
    put_text(text);
  }

  std::string_view rtf_;
  std::size_t at_ = 0;
  std::vector<Group> groups_{Group{}};
  std::size_t deeper_ = 0;  // groups beyond the thousandth are not told apart
  std::string charset_ = "windows-1252";
  std::string pending_;
  int to_skip_ = 0;
  char32_t high_surrogate_ = 0;
  RtfText made_;
};

}  // namespace

std::string unpacked_rtf(std::string_view bytes, std::size_t longest) {
  LittleEndian head(bytes);
  head.number(4);
  const auto size = head.number(4);
  const auto kind = head.number(4);
  head.number(4);
  if (head.broken() || size > longest) return {};
  auto in = bytes.substr(16);
  if (kind == 0x414C454D) return std::string(in.substr(0, size));  // "MELA": not packed
  if (kind != 0x75465A4C) return {};                               // "LZFu"
  std::array<char, window_size> window{};
  std::size_t write = 0;
  for (char c : beginning) window[write++] = c;
  std::string out;
  auto put = [&](char c) {
    out += c;
    window[write++ % window_size] = c;
  };
  std::size_t at = 0;
  while (at < in.size() && out.size() < size) {
    const auto flags = static_cast<unsigned char>(in[at++]);
    for (unsigned bit = 0; bit < 8 && at < in.size() && out.size() < size; ++bit) {
      if ((flags >> bit & 1) == 0) {
        put(in[at++]);
        continue;
      }
      if (at + 1 >= in.size()) return out;
      const auto pair = static_cast<unsigned>(static_cast<unsigned char>(in[at])) << 8 |
                        static_cast<unsigned char>(in[at + 1]);
      at += 2;
      const std::size_t from = pair >> 4;
      if (from == write % window_size) return out;  // the mark of the end
      for (std::size_t i = 0; i < (pair & 15U) + 2; ++i) put(window[(from + i) % window_size]);
    }
  }
  return out;
}

RtfText read_rtf(std::string_view rtf) { return RtfReader(rtf).read(); }

}  // namespace baijin::mime
