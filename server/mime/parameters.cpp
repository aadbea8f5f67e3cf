#include "mime/parameters.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "mime/characters.h"
#include "mime/charset.h"
#include "mime/encoded_words.h"

namespace baijin::mime {
namespace {

constexpr std::size_t most_parameters = 200;
constexpr int most_pieces = 1'000;

// One piece as it is written: name*2*=…
struct Piece {
  std::string name;
  int number = -1;     // of a continuation
  bool coded = false;  // in RFC 2231's %XX
  std::string value;   // raw bytes
};

class PieceReader {
 public:
  explicit PieceReader(std::string_view text) : text_(text) {}

  std::string value() {
    std::string value;
    bool after_blank = false;
    while (at_ < text_.size() && text_[at_] != ';') {
      const char c = text_[at_];
      if (c == '(') {
        skip_comment();
        continue;
      }
      // "text / plain" is one value; in "text/plain charset=x" the semicolon is missing.
      if (after_blank && !is_white(c) && !value.empty() && !value.ends_with('/') && c != '/') break;
      after_blank = is_white(c);
      if (!is_white(c) && c != '"') value += lower(c);
      ++at_;
    }
    while (value.ends_with('/')) value.pop_back();
    return value.starts_with('/') ? std::string() : one_line(value);
  }

  bool next(Piece& piece) {
    skip(";");
    if (at_ >= text_.size()) return false;
    const auto begin = at_;
    while (at_ < text_.size() && text_[at_] != '=' && text_[at_] != ';') ++at_;
    piece = {};
    read_name(piece, text_.substr(begin, at_ - begin));
    if (at_ >= text_.size() || text_[at_] == ';') return true;
    ++at_;
    skip("");
    piece.value = at_ < text_.size() && text_[at_] == '"' ? quoted() : bare();
    return true;
  }

 private:
  void skip(std::string_view also) {
    while (at_ < text_.size()) {
      if (text_[at_] == '(') skip_comment();
      else if (is_white(text_[at_]) || also.find(text_[at_]) != std::string_view::npos) ++at_;
      else return;
    }
  }

  void skip_comment() {
    int depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '\\') ++at_;
      else if (c == '(') ++depth;
      else if (c == ')' && --depth == 0) return;
    }
  }

  // "name*2*" → name, 2, coded
  static void read_name(Piece& piece, std::string_view raw) {
    auto name = trimmed(raw.substr(0, raw.find('(')));
    if (name.ends_with('*')) {
      piece.coded = true;
      name.remove_suffix(1);
    }
    if (const auto star = name.find('*'); star != std::string_view::npos) {
      const auto digits = name.substr(star + 1);
      std::from_chars(digits.data(), digits.data() + digits.size(), piece.number);
      if (piece.number > most_pieces) piece.number = -1;
      name = name.substr(0, star);
    }
    piece.name = one_line(lower(trimmed(name)));
  }

  std::string quoted() {
    std::string value;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      // Only these two need escaping; C:\file and the second byte of a Chinese character do not.
      const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
      if (text_[at_] == '\\' && (next == '"' || next == '\\')) ++at_;
      value += text_[at_];
    }
    ++at_;
    skip_to_next();
    return value;
  }

  // Where the next parameter begins: behind a semicolon, or where only that is missing.
  void skip_to_next() {
    while (at_ < text_.size() && text_[at_] != ';' && !is_parameter()) {
      if (text_[at_] == '(') skip_comment();
      else ++at_;
    }
  }

  // " name=": a parameter in front of which the semicolon was forgotten.
  bool is_parameter() const {
    auto at = at_;
    if (at == 0 || !is_white(text_[at - 1])) return false;
    while (at < text_.size() && at < at_ + 32) {
      const char c = lower(text_[at]);
      if ((c < 'a' || c > 'z') && !is_digit(c) && c != '*' && c != '-') break;
      ++at;
    }
    return at > at_ && at < text_.size() && text_[at] == '=';
  }

  // "(Plain text)", and not the beginning of "(1).pdf".
  bool is_comment() const {
    if (text_[at_] != '(') return false;
    const auto end = text_.substr(at_, 200).find(')');
    if (end == std::string_view::npos) return false;
    const auto behind = at_ + end + 1;
    return behind == text_.size() || text_[behind] == ';' || is_white(text_[behind]);
  }

  // Up to the next semicolon: names of files have blanks in them, quoted or not.
  std::string bare() {
    const auto begin = at_;
    while (at_ < text_.size() && text_[at_] != ';') {
      const bool after_blank = at_ > begin && is_white(text_[at_ - 1]);
      if (after_blank && (is_comment() || is_parameter())) break;
      ++at_;
    }
    std::string value(trimmed(text_.substr(begin, at_ - begin)));
    skip_to_next();
    return value;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string percent_decoded(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool coded = text[at] == '%' && at + 2 < text.size() && hex_value(text[at + 1]) >= 0 &&
                       hex_value(text[at + 2]) >= 0;
    if (!coded) {
      bytes += text[at];
      continue;
    }
    bytes += static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2]));
    at += 2;
  }
  return bytes;
}

// The pieces of one parameter, in order, as its value.
std::string joined(std::vector<const Piece*>& pieces, std::string_view hint, Budget& budget) {
  std::ranges::stable_sort(pieces, {}, [](const Piece* piece) { return piece->number; });
  std::string charset;
  std::string bytes;
  bool coded = false;
  for (const auto* piece : pieces) {
    std::string_view value = piece->value;
    if (piece->coded && piece == pieces.front()) {  // charset'language'text
      const auto first = value.find('\'');
      const auto second = first == std::string_view::npos ? first : value.find('\'', first + 1);
      if (second != std::string_view::npos) {
        charset = value.substr(0, first);
        value.remove_prefix(second + 1);
      }
    }
    coded = coded || piece->coded;
    bytes += piece->coded ? percent_decoded(value) : std::string(value);
  }
  if (coded) return one_line(to_utf8(bytes, charset, hint).text);
  return decoded_words(bytes, hint, budget);
}

// RFC 2231's form of a parameter counts before the plain one that stands beside it.
std::vector<const Piece*> pieces_of(const std::vector<Piece>& pieces, std::string_view name) {
  std::vector<const Piece*> numbered;
  const Piece* coded = nullptr;
  const Piece* plain = nullptr;
  for (const auto& piece : pieces) {
    if (piece.name != name) continue;
    if (piece.number >= 0) numbered.push_back(&piece);
    else if (piece.coded && !coded) coded = &piece;
    else if (!piece.coded && !plain) plain = &piece;
  }
  if (coded) return {coded};
  if (!numbered.empty()) return numbered;
  return {plain};
}

}  // namespace

std::string_view Parametrised::find(std::string_view name) const {
  const auto found = std::ranges::find(parameters, name, &Parameter::name);
  return found == parameters.end() ? std::string_view() : found->value;
}

Parametrised read_parameters(std::string_view text, std::string_view hint, Budget& budget) {
  Parametrised read;
  PieceReader reader(text);
  read.value = reader.value();
  std::vector<Piece> pieces;
  for (Piece piece; reader.next(piece);) {
    if (piece.number >= 0 && !budget.encoded_word()) break;
    if (piece.name.empty() || pieces.size() >= most_pieces) continue;
    pieces.push_back(std::move(piece));
  }
  for (const auto& piece : pieces) {
    const bool known = std::ranges::find(read.parameters, piece.name, &Parameter::name) !=
                       read.parameters.end();
    if (known || read.parameters.size() >= most_parameters) continue;
    auto mine = pieces_of(pieces, piece.name);
    if (auto value = joined(mine, hint, budget); !value.empty()) {
      read.parameters.push_back({piece.name, std::move(value)});
    }
  }
  return read;
}

}  // namespace baijin::mime
