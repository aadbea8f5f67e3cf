#include "mime/encode.h"

#include <algorithm>

#include "base/text.h"
#include "base/unicode.h"
#include "mime/characters.h"

namespace baijin::mime {
namespace {

constexpr std::size_t line_length = 76;
constexpr std::size_t longest_word = 75;  // an encoded word (RFC 2047 §2)
constexpr std::string_view word_begin = "=?UTF-8?B?";
constexpr std::string_view word_end = "?=";
constexpr std::string_view digits = "0123456789ABCDEF";
constexpr std::string_view base64_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void append_base64_letters(std::string& out, std::string_view bytes) {
  auto byte = [&](std::size_t at) -> unsigned {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
  };
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const unsigned bits = byte(at) << 16 | byte(at + 1) << 8 | byte(at + 2);
    out += base64_letters[bits >> 18];
    out += base64_letters[bits >> 12 & 63];
    out += at + 1 < bytes.size() ? base64_letters[bits >> 6 & 63] : '=';
    out += at + 2 < bytes.size() ? base64_letters[bits & 63] : '=';
  }
}

// A header being written: its words, broken into lines between them.
class HeaderLine {
 public:
  HeaderLine(std::string& out, std::string_view name) : out_(out) {
    out_.append(name).append(":");
    column_ = name.size() + 1;
  }
  // A word that is not broken itself, a blank before it.
  void add(std::string_view word) {
    if (column_ + 1 + word.size() > line_length && column_ > 1) {
      out_ += "\r\n";
      column_ = 0;
    }
    out_.append(" ").append(word);
    column_ += 1 + word.size();
  }
  // Behind the last word, without a blank.
  void append(std::string_view text) {
    out_ += text;
    column_ += text.size();
  }
  // Words of UTF-8, none of which cuts a character in two.
  void add_encoded(std::string_view text) {
    while (!text.empty()) {
      const auto room = column_ + 1 < line_length ? line_length - column_ - 1 : 0;
      auto bytes = bytes_in(std::min(room, longest_word));
      if (bytes < 6) bytes = bytes_in(longest_word);  // on a line of its own
      const auto end = whole_characters(text, bytes);
      std::string word(word_begin);
      append_base64_letters(word, text.substr(0, end));
      word += word_end;
      add(word);
      text.remove_prefix(end);
    }
  }
  void finish() { out_ += "\r\n"; }

 private:
  static std::size_t bytes_in(std::size_t room) {
    const auto marks = word_begin.size() + word_end.size();
    return room > marks ? (room - marks) / 4 * 3 : 0;
  }
  static std::size_t whole_characters(std::string_view text, std::size_t bytes) {
    if (bytes >= text.size()) return text.size();
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
    return bytes;
  }

  std::string& out_;
  std::size_t column_ = 0;
};

// Printable ASCII that a reader cannot take for an encoded word, its words short enough for a line.
bool is_plain(std::string_view text) {
  if (printable_ascii(text) != text.size() || text.find("=?") != std::string_view::npos)
    return false;
  if (text.find("  ") != std::string_view::npos) return false;  // folding would lose one
  std::size_t length = 0;
  for (char c : text) {
    length = c == ' ' ? 0 : length + 1;
    if (length > line_length - 2) return false;
  }
  return true;
}

void add_words(HeaderLine& line, std::string_view plain) {
  while (!plain.empty()) {
    const auto end = std::min(plain.find(' '), plain.size());
    if (end > 0) line.add(plain.substr(0, end));
    plain.remove_prefix(std::min(end + 1, plain.size()));
  }
}

bool is_atom_letter(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == ' ' ||
         std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

// Quotation marks keep the blanks of what they hold, so a name may have two in a row there.
void add_display_name(HeaderLine& line, std::string_view name) {
  const bool encoded = !is_plain(name) || name.size() > 60;
  if (encoded) return line.add_encoded(name);
  if (std::ranges::all_of(name, is_atom_letter)) return add_words(line, name);
  std::string quoted = "\"";
  for (char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  line.add(quoted + "\"");
}

// In quoted-printable this byte stands for itself.
bool stands_for_itself(char c) { return c >= ' ' && c < 0x7F && c != '='; }

std::string quoted_printable(std::string_view text) {
  std::string out;
  std::size_t column = 0;
  auto put = [&](std::string_view piece, bool last) {
    if (column + piece.size() > line_length - (last ? 0 : 1)) {
      out += "=\r\n";
      column = 0;
    }
    out += piece;
    column += piece.size();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') {
      out += "\r\n";
      column = 0;
      continue;
    }
    const bool last = at + 1 == text.size() || text[at + 1] == '\n';
    // Blanks at the end of a line are lost on the way, a lone dot ends the message for a careless
    // server, and "From " at the beginning of a line grows a ">" in old mailboxes.
    const bool fragile = ((c == ' ' || c == '\t') && last) || (c == '.' && column == 0) ||
                         (c == 'F' && column == 0 && text.substr(at).starts_with("From "));
    if ((stands_for_itself(c) || c == '\t') && !fragile) {
      put({&c, 1}, last);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    const char coded[3] = {'=', digits[byte >> 4], digits[byte & 15]};
    put({coded, 3}, last);
  }
  return out;
}

std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32);
  for (char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

bool is_id(std::string_view id) {
  const auto sign = id.find('@');
  if (id.empty() || id.size() > 250 || sign == 0 || sign == std::string_view::npos) return false;
  return printable_ascii(id) == id.size() &&
         id.find_first_of(" <>\"(),;") == std::string_view::npos;
}

}  // namespace

void append_text_header(std::string& out, std::string_view name, std::string_view text) {
  const auto plain = one_line(text);
  HeaderLine line(out, name);
  if (is_plain(plain)) add_words(line, plain);
  else line.add_encoded(plain);
  line.finish();
}

void append_address_header(std::string& out, std::string_view name,
                           const std::vector<Address>& addresses) {
  HeaderLine line(out, name);
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const auto email = clean_email(addresses[i].email);
    const auto display = one_line(addresses[i].name);
    if (!display.empty()) add_display_name(line, display);
    line.add(display.empty() ? email : "<" + email + ">");
    if (i + 1 < addresses.size()) line.append(",");
  }
  line.finish();
}

void append_id_header(std::string& out, std::string_view name,
                      const std::vector<std::string>& ids) {
  HeaderLine line(out, name);
  for (const auto& id : ids) {
    if (!is_id(id)) throw invalid("not_a_message_id");
    line.add("<" + id + ">");
  }
  line.finish();
}

void append_file_name(std::string& out, std::string_view parameter, std::string_view raw) {
  const auto name = one_line(raw);
  const bool plain = is_plain(name) && name.size() <= 60 &&
                     name.find_first_of("\"\\%") == std::string_view::npos;
  if (plain) {
    out.append(";\r\n ").append(parameter).append("=\"").append(name).append("\"");
    return;
  }
  // Programs that do not know RFC 2231 read encoded words here, though no standard says so.
  out.append(";\r\n ").append(parameter).append("=\"");
  std::string words;
  HeaderLine line(words, std::string(parameter) + "=\"");  // as long as what stands in front
  line.add_encoded(name);
  out.append(std::string_view(words).substr(words.find(": ") + 2)).append("\"");
  std::string piece;
  int number = 0;
  auto flush = [&] {
    out.append(";\r\n ").append(parameter).append("*").append(std::to_string(number));
    out.append(number == 0 ? "*=UTF-8''" : "*=").append(piece);
    piece.clear();
    ++number;
  };
  for (char c : name) {
    const bool letter = is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '.' ||
                        c == '-' || c == '_';
    if (piece.size() + 3 > 48) flush();
    if (letter) {
      piece += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    piece += '%';
    piece += digits[byte >> 4];
    piece += digits[byte & 15];
  }
  flush();
}

void append_encoded_text(std::string& out, std::string_view text) {
  auto quoted = quoted_printable(text);
  const auto canonical = with_crlf(text);
  if (quoted.size() <= canonical.size() / 3 * 4) {
    out += "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
    out += quoted;
    out += "\r\n";
    return;
  }
  out += "Content-Transfer-Encoding: base64\r\n\r\n";
  append_base64(out, canonical);
}

void append_base64(std::string& out, std::string_view bytes) {
  constexpr std::size_t bytes_a_line = line_length / 4 * 3;
  out.reserve(out.size() + bytes.size() / 57 * 78 + 80);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes_a_line, bytes.size()))) {
    append_base64_letters(out, bytes.substr(0, bytes_a_line));
    out += "\r\n";
  }
}

}  // namespace baijin::mime
