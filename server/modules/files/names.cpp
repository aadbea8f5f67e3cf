#include "modules/files/names.h"

#include <algorithm>
#include <array>

#include "base/unicode.h"

namespace baijin::files {
namespace {

constexpr std::size_t longest_name = 200;  // bytes: file systems end at 255
constexpr std::size_t longest_extension = 20;

bool is_invisible(char32_t c) {
  return is_control(c) || is_direction_override(c) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x2029) || (c >= 0x2060 && c <= 0x2064) || c == 0x061C ||
         c == 0xFEFF || c == 0x00AD || c == ill_formed;
}

bool is_reserved(char32_t c) {
  constexpr std::string_view reserved = "<>:\"|?*";
  return c < 0x80 && reserved.find(static_cast<char>(c)) != reserved.npos;
}

std::string_view last_part(std::string_view path) {
  auto slash = path.find_last_of("/\\");
  return slash == path.npos ? path : path.substr(slash + 1);
}

void trim(std::string& name) {
  auto is_edge = [](char c) { return c == '.' || c == ' '; };
  while (!name.empty() && is_edge(name.back())) name.pop_back();
  std::size_t first = 0;
  while (first < name.size() && is_edge(name[first])) ++first;
  name.erase(0, first);
}

// CON, PRN, COM1 … open devices on Windows, with any extension.
bool is_device(std::string_view name) {
  std::string stem(name.substr(0, name.find('.')));
  std::transform(stem.begin(), stem.end(), stem.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  static constexpr std::array<std::string_view, 4> names{"CON", "PRN", "AUX", "NUL"};
  if (std::find(names.begin(), names.end(), stem) != names.end()) return true;
  return stem.size() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT")) &&
         stem[3] >= '0' && stem[3] <= '9';
}

void cut(std::string& text, std::size_t bytes) {
  if (text.size() <= bytes) return;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  text.resize(bytes);
}

void shorten_name(std::string& name) {
  if (name.size() <= longest_name) return;
  auto dot = name.rfind('.');
  std::string extension;
  if (dot != name.npos && name.size() - dot <= longest_extension) extension = name.substr(dot);
  name.resize(name.size() - extension.size());
  cut(name, longest_name - extension.size());
  name += extension;
}

}  // namespace

std::string clean_name(std::string_view sent) {
  std::string name;
  auto part = last_part(sent);
  for (std::size_t at = 0; at < part.size();) {
    auto c = next_code_point(part, at);
    if (is_invisible(c)) continue;
    if (is_reserved(c)) name += '_';
    else append_code_point(name, c == 0xA0 || c == 0x3000 ? U' ' : c);
  }
  name = normal_form(std::move(name));
  trim(name);
  shorten_name(name);
  if (name.empty()) return "file";
  return is_device(name) ? "_" + name : name;
}

std::string attachment_header(std::string_view name) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  constexpr std::string_view plain = "!#$&+-.^_`|~";
  std::string fallback, encoded;
  for (char c : name) {
    auto byte = static_cast<unsigned char>(c);
    bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (alphanumeric || plain.find(c) != plain.npos) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += hex[byte >> 4];
      encoded += hex[byte & 15];
    }
    bool safe = byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\' && c != '%';
    // One underscore for a character, not for each of its bytes.
    if (safe) fallback += c;
    else if ((byte & 0xC0) != 0x80) fallback += '_';
  }
  return "attachment; filename=\"" + fallback + "\"; filename*=UTF-8''" + encoded;
}

}  // namespace baijin::files
