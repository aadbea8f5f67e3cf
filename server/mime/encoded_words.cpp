#include "mime/encoded_words.h"

#include "mime/characters.h"
#include "mime/charset.h"
#include "mime/transfer.h"

namespace baijin::mime {
namespace {

struct EncodedWord {
  std::string_view charset;
  char encoding = 0;  // 'b' or 'q'
  std::string_view text;
  std::size_t length = 0;  // with its marks
};

// "=?gb2312?B?1tC5+g==?=". Blanks inside are no more than a bad mail program's folding.
bool take_encoded_word(std::string_view text, EncodedWord& word) {
  if (!text.starts_with("=?")) return false;
  const auto charset_end = text.find('?', 2);
  if (charset_end == std::string_view::npos || charset_end == 2 || charset_end > 80) return false;
  if (charset_end + 2 >= text.size() || text[charset_end + 2] != '?') return false;
  word.charset = text.substr(2, charset_end - 2);
  for (char c : word.charset) {
    if (is_white(c) || is_high(c) || c == '=') return false;
  }
  word.charset = word.charset.substr(0, word.charset.find('*'));  // RFC 2231's language
  word.encoding = lower(text[charset_end + 1]);
  if (word.encoding != 'b' && word.encoding != 'q') return false;
  const auto begin = charset_end + 3;
  const auto end = text.find("?=", begin);
  if (end == std::string_view::npos) return false;
  word.text = text.substr(begin, end - begin);
  word.length = end + 2;
  return true;
}

// Words of one charset in a row: their bytes belong together.
class WordRow {
 public:
  bool takes(const EncodedWord& word) const { return !empty_ && same_word(word.charset, charset_); }
  bool empty() const { return empty_; }

  void add(const EncodedWord& word) {
    charset_ = std::string(word.charset);
    empty_ = false;
    if (word.encoding == 'q') {
      flush_base64();
      bytes_ += decoded_q(word.text);
      return;
    }
    // Some programs cut the base64 of a long text without regard to its groups of four.
    base64_ += word.text;
    if (word.text.ends_with('=') || significant(base64_) % 4 == 0) flush_base64();
  }

  std::string finish() {
    flush_base64();
    auto text = to_utf8(bytes_, charset_).text;
    bytes_.clear();
    empty_ = true;
    return text;
  }

 private:
  static std::size_t significant(std::string_view base64) {
    std::size_t count = 0;
    for (char c : base64) count += !is_white(c);
    return count;
  }
  static std::string decoded_q(std::string_view text) {
    std::string bytes;
    for (std::size_t at = 0; at < text.size(); ++at) {
      const bool coded = text[at] == '=' && at + 2 < text.size() && hex_value(text[at + 1]) >= 0 &&
                         hex_value(text[at + 2]) >= 0;
      if (coded) {
        bytes += static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2]));
        at += 2;
      } else {
        bytes += text[at] == '_' ? ' ' : text[at];
      }
    }
    return bytes;
  }
  void flush_base64() {
    if (!base64_.empty()) bytes_ += decode_base64(base64_).bytes;
    base64_.clear();
  }

  std::string charset_;
  std::string bytes_;
  std::string base64_;
  bool empty_ = true;
};

}  // namespace

std::size_t encoded_word_length(std::string_view text) {
  EncodedWord word;
  return take_encoded_word(text, word) ? word.length : 0;
}

std::string decoded_words(std::string_view text, std::string_view hint, Budget& budget) {
  std::string out;
  WordRow row;
  std::size_t plain_begin = 0;
  // What stands between two words: gone when it is white, else it ends the row.
  auto add_plain = [&](std::size_t end) {
    const auto plain = text.substr(plain_begin, end - plain_begin);
    if (!row.empty()) {
      if (trimmed(plain).empty() && end < text.size()) return;
      out += row.finish();
    }
    out += has_high(plain) ? to_utf8(plain, {}, hint).text : std::string(plain);
  };
  const auto last = text.rfind("?=");  // behind it no word can end
  for (auto at = text.find("=?"); at != std::string_view::npos; at = text.find("=?", at)) {
    EncodedWord word;
    if (last == std::string_view::npos || at >= last) break;
    if (!take_encoded_word(text.substr(at), word)) {
      ++at;
      continue;
    }
    if (!budget.encoded_word()) break;
    add_plain(at);
    if (!row.empty() && !row.takes(word)) out += row.finish();
    row.add(word);
    at += word.length;
    plain_begin = at;
  }
  add_plain(text.size());
  if (!row.empty()) out += row.finish();
  return one_line(out);
}

}  // namespace baijin::mime
