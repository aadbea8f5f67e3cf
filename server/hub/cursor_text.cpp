#include "hub/cursor_text.h"

#include <sodium.h>

#include <charconv>

#include "base/text.h"

namespace baijin {
namespace {

constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t longest_cursor = 2'000;

std::optional<std::int64_t> integer_in(std::string_view text) {
  std::int64_t value = 0;
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

}  // namespace

std::string base64url(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), variant);
  text.pop_back();  // the terminating NUL
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &length, &end, variant) != 0 ||
      end != text.data() + text.size()) {
    return {};
  }
  bytes.resize(length);
  return bytes;
}

// "<id> <+|-><sort> <value>"
std::string write_cursor(std::string_view sort, bool down, const Cell& value, std::int64_t id) {
  std::string text = std::to_string(id) + (down ? " -" : " +") + std::string(sort) + " ";
  if (value.type == Cell::Type::text) text += value.text;
  else text += std::to_string(value.integer);
  return base64url(text);
}

std::optional<PagePlace> read_cursor(std::string_view text, std::string_view sort, bool down,
                                     Cell::Type type) {
  if (text.size() > longest_cursor) return {};
  auto plain = from_base64url(text);
  if (!plain) return {};
  std::string_view rest = *plain;
  auto space = rest.find(' ');
  if (space == std::string_view::npos) return {};
  auto id = integer_in(rest.substr(0, space));
  rest.remove_prefix(space + 1);
  std::string order = (down ? "-" : "+") + std::string(sort) + " ";
  if (!id || !rest.starts_with(order)) return {};
  rest.remove_prefix(order.size());
  PagePlace place;
  place.id = *id;
  if (type == Cell::Type::text) {
    if (!is_utf8(rest) || rest.find('\0') != rest.npos) return {};  // made by somebody else
    place.value.own(std::string(rest));
  } else {
    auto value = integer_in(rest);
    if (!value) return {};
    place.value.set(*value);
  }
  return place;
}

}  // namespace baijin
