#include "base/html_values.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/unicode.h"

namespace baijin {
namespace {

constexpr std::size_t longest_address = 8'000;

// Without control characters, direction overrides and blanks at the ends.
std::string bare_address(std::string_view value) {
  std::string bare;
  bare.reserve(value.size());
  for (std::size_t at = 0; at < value.size();) {
    const auto plain = printable_ascii(value.substr(at));
    bare.append(value.substr(at, plain));
    at += plain;
    if (at == value.size()) break;
    const auto c = next_code_point(value, at);
    if (!is_control(c) && !is_direction_override(c) && c != ill_formed) append_code_point(bare, c);
  }
  const auto begin = std::min(bare.find_first_not_of(' '), bare.size());
  return bare.substr(begin, bare.find_last_not_of(' ') + 1 - begin);
}

// The scheme in lower case when the address begins with one: letters, then a colon.
std::string scheme_of(std::string_view address) {
  std::string scheme;
  for (char c : address.substr(0, 12)) {
    if (c == ':') return scheme;
    const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (low < 'a' || low > 'z') return {};
    scheme += low;
  }
  return {};
}

std::string without_blanks(std::string_view address) {
  std::string out;
  for (char c : address) {
    if (c == ' ') out += "%20";
    else out += c;
  }
  return out;
}

std::string with_scheme_of(std::string_view address, std::string_view scheme) {
  const auto rest = address.substr(scheme.size() + 1);
  if (rest.empty() || address.size() > longest_address) return {};
  return std::string(scheme) + ":" + without_blanks(rest);
}

bool is_base64(std::string_view text) {
  const auto end = text.find_last_not_of('=') + 1;
  if (end == 0 || text.size() - end > 2) return false;
  for (char c : text.substr(0, end)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(c >= '0' && c <= '9') && c != '+' && c != '/') return false;
  }
  return true;
}

}  // namespace

std::string safe_href(std::string_view value) {
  const auto address = bare_address(value);
  const auto scheme = scheme_of(address);
  constexpr std::array<std::string_view, 5> schemes = {"http", "https", "mailto", "tel", "cid"};
  for (auto allowed : schemes) {
    if (scheme == allowed) return with_scheme_of(address, scheme);
  }
  return {};
}

std::string safe_image(std::string_view value) {
  const auto address = bare_address(value);
  const auto scheme = scheme_of(address);
  if (scheme == "cid") return with_scheme_of(address, scheme);
  if (scheme != "data") return {};
  constexpr std::array<std::string_view, 4> kinds = {"png", "jpeg", "gif", "webp"};
  for (auto kind : kinds) {
    const auto prefix = "data:image/" + std::string(kind) + ";base64,";
    std::string lower;
    for (char c : address.substr(0, prefix.size())) {
      lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    if (lower != prefix) continue;
    auto bytes = address.substr(prefix.size());
    std::erase(bytes, ' ');
    return is_base64(bytes) ? prefix + bytes : std::string();
  }
  return {};
}

std::string remote_address(std::string_view value) {
  auto address = bare_address(value);
  if (address.starts_with("//")) address.insert(0, "https:");
  const auto scheme = scheme_of(address);
  if (scheme != "http" && scheme != "https") return {};
  return with_scheme_of(address, scheme);
}

std::string plain_characters(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto printable = printable_ascii(text.substr(at));
    plain.append(text.substr(at, printable));
    at += printable;
    if (at == text.size()) break;
    auto c = next_code_point(text, at);
    if (c == '\r' && at < text.size() && text[at] == '\n') continue;
    if (c == '\r') c = '\n';
    if (c == '\f') c = ' ';
    const bool unwanted = (is_control(c) && c != '\n' && c != '\t') || c == ill_formed;
    if (!unwanted && !is_direction_override(c)) append_code_point(plain, c);
  }
  return plain;
}

void append_escaped(std::string& out, std::string_view text, bool in_attribute) {
  constexpr std::string_view overlay = "\xCC\xB8";  // U+0338
  const std::string_view special = in_attribute ? "&<>\"\xCC" : "&<>\xCC";
  while (true) {
    const auto at = text.find_first_of(special);
    out.append(text.substr(0, at));
    if (at == std::string_view::npos) return;
    text.remove_prefix(at);
    if (text.starts_with(overlay)) {
      out += "&#824;";
      text.remove_prefix(overlay.size());
      continue;
    }
    switch (text.front()) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += text.front(); break;
    }
    text.remove_prefix(1);
  }
}

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out.append(" ").append(name).append("=\"");
  append_escaped(out, plain_characters(value), true);
  out += '"';
}

void append_number(std::string& out, const HtmlToken& token, std::string_view name, int max) {
  const auto* text = token.attribute(name);
  if (!text) return;
  int number = 0;
  const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), number);
  const bool pixels = std::string_view(end, text->data() + text->size()) == "px";
  const bool whole = end == text->data() + text->size() || pixels;
  if (problem != std::errc{} || !whole || number < 1 || number > max) return;
  append_attribute(out, name, std::to_string(number));
}

}  // namespace baijin
