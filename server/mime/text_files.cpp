// Files in the middle of a text, from before MIME: uuencode and yEnc.
#include <charconv>

#include "mime/characters.h"
#include "mime/header_block.h"
#include "mime/transfer.h"

namespace baijin::mime {
namespace {

std::string_view line_at(std::string_view text, std::size_t at, std::size_t& end) {
  end = line_end(text, at);
  auto line = text.substr(at, end - at);
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

// "begin 644 photo.jpg"
bool is_uu_begin(std::string_view line) {
  if (!line.starts_with("begin ") || line.size() < 11) return false;
  const auto mode = line.substr(6, line.find(' ', 6) - 6);
  if (mode.size() < 3 || mode.size() > 4 || mode.size() + 7 >= line.size()) return false;
  for (char c : mode) {
    if (c < '0' || c > '7') return false;
  }
  return true;
}

std::string uu_name(std::string_view line) {
  return std::string(trimmed(line.substr(line.find(' ', 6))));
}

// One line: its first letter says how many bytes it holds. False for a line that is none.
bool append_uu_line(std::string& out, std::string_view line) {
  if (line.empty() || line.front() < ' ' || line.front() > '`') return false;
  auto value = [&](std::size_t at) -> unsigned {
    return at < line.size() ? (static_cast<unsigned char>(line[at]) - 32U) & 63U : 0U;
  };
  const auto count = value(0);
  if (line.size() > 90 || line.size() < count) return false;
  std::size_t left = count;
  for (std::size_t at = 1; left > 0; at += 4) {
    const unsigned bits = value(at) << 18 | value(at + 1) << 12 | value(at + 2) << 6 |
                          value(at + 3);
    for (unsigned shift = 24; shift > 0 && left > 0; --left) {
      shift -= 8;
      out += static_cast<char>(bits >> shift);
    }
  }
  return true;
}

TextFile read_uu_file(std::string_view text, std::size_t begin) {
  TextFile file{begin, 0, {}, {}};
  std::size_t at = begin;
  file.name = uu_name(line_at(text, begin, at));
  std::size_t lines = 0;
  while (at < text.size()) {
    std::size_t next = 0;
    const auto line = line_at(text, at, next);
    at = next;
    if (line == "end") {
      file.end = at;
      return file;
    }
    if (trimmed(line).empty() || line == "`") continue;
    if (!append_uu_line(file.content.bytes, line)) return {};
    ++lines;
  }
  file.content.damaged = true;  // cut short: what is here is kept
  file.end = lines > 0 ? at : 0;
  return file;
}

// The value of name= in "=ybegin line=128 size=123456 name=mybinary.dat"; name comes last and may
// hold blanks.
std::string_view yenc_value(std::string_view line, std::string_view wanted) {
  const auto at = line.find(wanted);
  if (at == std::string_view::npos) return {};
  const auto value = line.substr(at + wanted.size());
  return wanted == " name=" ? trimmed(value) : value.substr(0, value.find(' '));
}

TextFile read_yenc_file(std::string_view text, std::size_t begin) {
  TextFile file{begin, 0, {}, {}};
  std::size_t at = begin;
  const auto head = line_at(text, begin, at);
  file.name = yenc_value(head, " name=");
  if (file.name.empty() || yenc_value(head, " size=").empty()) return {};
  auto& out = file.content.bytes;
  while (at < text.size()) {
    std::size_t next = 0;
    const auto line = line_at(text, at, next);
    at = next;
    if (line.starts_with("=ybegin ")) return {};  // the first one was a text about yEnc
    if (line.starts_with("=ypart ")) continue;
    if (line.starts_with("=yend ")) {
      const auto size = yenc_value(line, " size=");
      std::size_t told = 0;
      std::from_chars(size.data(), size.data() + size.size(), told);
      file.content.damaged = told != out.size();
      file.end = at;
      return file;
    }
    for (std::size_t i = 0; i < line.size(); ++i) {
      const bool escaped = line[i] == '=' && i + 1 < line.size();
      if (escaped) ++i;
      out += static_cast<char>(static_cast<unsigned char>(line[i]) - (escaped ? 106 : 42));
    }
  }
  return {};  // no end: it is text that speaks of yEnc
}

}  // namespace

TextFile find_text_file(std::string_view text, std::size_t from) {
  std::size_t at = from;
  while (at < text.size()) {
    std::size_t next = 0;
    const auto line = line_at(text, at, next);
    TextFile file;
    if (is_uu_begin(line)) file = read_uu_file(text, at);
    else if (line.starts_with("=ybegin ")) file = read_yenc_file(text, at);
    if (file.end > 0) return file;
    at = next;
  }
  return {};
}

}  // namespace baijin::mime
