#include "mime/transfer.h"

#include <array>
#include <cstdint>

#include "mime/characters.h"

namespace baijin::mime {
namespace {

constexpr auto base64_values = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  std::int8_t next = 0;
  for (char c = 'A'; c <= 'Z'; ++c) values[static_cast<unsigned char>(c)] = next++;
  for (char c = 'a'; c <= 'z'; ++c) values[static_cast<unsigned char>(c)] = next++;
  for (char c = '0'; c <= '9'; ++c) values[static_cast<unsigned char>(c)] = next++;
  values['+'] = next++;
  values['/'] = next;
  return values;
}();

// The bytes of 1 to 3 of a group of four letters.
void append_group(std::string& out, std::uint32_t bits, int letters) {
  bits <<= 6 * (4 - letters);
  for (int i = 0; i < letters - 1; ++i) out += static_cast<char>(bits >> (16 - 8 * i));
}

// Behind the "=" of an end: whether more base64 follows, as when two texts were put together, or
// what some machine appended.
bool goes_on(std::string_view rest) {
  while (rest.starts_with('=')) rest.remove_prefix(1);
  std::size_t letters = 0;
  for (char c : rest) {
    if (base64_values[static_cast<unsigned char>(c)] >= 0 || c == '=') ++letters;
    else if (!is_white(c)) return false;
  }
  return letters % 4 == 0;
}

// One line of quoted-printable without its end.
void append_line(DecodedBytes& decoded, std::string_view line) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    const bool coded = line[at] == '=';
    const int high = coded && at + 2 < line.size() ? hex_value(line[at + 1]) : -1;
    const int low = high >= 0 ? hex_value(line[at + 2]) : -1;
    if (low >= 0) {
      decoded.bytes += static_cast<char>(high * 16 + low);
      at += 2;
      continue;
    }
    decoded.damaged = decoded.damaged || coded;
    decoded.bytes += line[at];
  }
}

}  // namespace

DecodedBytes decode_base64(std::string_view text) {
  DecodedBytes decoded;
  decoded.bytes.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  int letters = 0;
  std::size_t foreign = 0;
  bool ended = false;  // once: what follows is known to be more base64
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const auto value = base64_values[static_cast<unsigned char>(c)];
    if (value >= 0) {
      bits = bits << 6 | static_cast<std::uint32_t>(value);
      if (++letters < 4) continue;
      append_group(decoded.bytes, bits, 4);
    } else if (c == '=' && letters > 0) {
      append_group(decoded.bytes, bits, letters);
      decoded.damaged = decoded.damaged || letters == 1;
      if (!ended && !goes_on(text.substr(at + 1))) break;
      ended = true;
    } else {
      foreign += c != '=' && !is_white(c);
      continue;
    }
    bits = 0;
    letters = 0;
  }
  append_group(decoded.bytes, bits, letters == 0 ? 1 : letters);
  decoded.damaged = decoded.damaged || letters == 1 || foreign > 0;
  // It only says that it is base64: what it is stays readable.
  if (foreign * 20 > text.size()) decoded.bytes = text;
  return decoded;
}

DecodedBytes decode_quoted_printable(std::string_view text) {
  DecodedBytes decoded;
  decoded.bytes.reserve(text.size());
  while (!text.empty()) {
    const auto feed = text.find('\n');
    auto line = text.substr(0, feed);
    const bool carriage = feed != std::string_view::npos && line.ends_with('\r');
    text.remove_prefix(feed == std::string_view::npos ? text.size() : feed + 1);
    while (!line.empty() && is_white(line.back())) line.remove_suffix(1);
    const bool soft = line.ends_with('=');
    if (soft) line.remove_suffix(1);
    append_line(decoded, line);
    if (!soft && feed != std::string_view::npos) decoded.bytes += carriage ? "\r\n" : "\n";
  }
  return decoded;
}

DecodedBytes decode_transfer(std::string_view bytes, std::string_view encoding) {
  encoding = trimmed(encoding);
  if (begins_with_word(encoding, "base64")) return decode_base64(bytes);
  if (begins_with_word(encoding, "quoted-printable")) return decode_quoted_printable(bytes);
  if (find_word(encoding, "uuencode") != std::string_view::npos || same_word(encoding, "x-uue")) {
    auto file = find_text_file(bytes, 0);
    if (file.end > 0) return std::move(file.content);
    return {std::string(bytes), true};
  }
  return {std::string(bytes), false};
}

}  // namespace baijin::mime
