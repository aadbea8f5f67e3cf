#include "hub/query_text.h"

#include "base/error.h"
#include "base/text.h"

namespace baijin {
namespace {

constexpr std::size_t most_parameters = 100;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      plain += ' ';
    } else if (text[i] != '%') {
      plain += text[i];
    } else {
      int high = i + 2 <= text.size() - 1 ? hex_digit(text[i + 1]) : -1;
      int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
      if (low < 0) throw invalid("bad_query");
      plain += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  if (!is_utf8(plain) || plain.find('\0') != std::string::npos) throw invalid("bad_query");
  return plain;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> query_parameters(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> parameters;
  for (std::size_t at = 0; at < query.size();) {
    auto end = std::min(query.find('&', at), query.size());
    auto part = query.substr(at, end - at);
    at = end + 1;
    if (part.empty()) continue;
    auto equals = part.find('=');
    bool valued = equals != std::string_view::npos;
    parameters.emplace_back(decoded(part.substr(0, equals)),
                            valued ? decoded(part.substr(equals + 1)) : std::string{});
    if (parameters.size() > most_parameters) throw invalid("bad_query");
  }
  return parameters;
}

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (char letter : text) {
    const auto c = static_cast<unsigned char>(letter);
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) encoded += static_cast<char>(c);
    else encoded += {'%', digits[c >> 4], digits[c & 15]};
  }
  return encoded;
}

}  // namespace baijin
