#include "net/target.h"

#include "base/text.h"
#include "net/characters.h"

namespace baijin::net {
namespace {

// Every % must be followed by two hexadecimal digits; the hub decodes the query itself.
bool well_escaped(std::string_view text) {
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (at + 2 >= text.size()) return false;
    if (hex_value(text[at + 1]) < 0 || hex_value(text[at + 2]) < 0) return false;
  }
  return true;
}

// An escaped slash would move the borders between the segments, so it is refused, not decoded.
std::string_view decode_path(std::string_view sent, std::string& path) {
  if (!well_escaped(sent)) return "bad_percent_encoding";
  path.clear();
  path.reserve(sent.size());
  bool high = false;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    char c = sent[i];
    if (c == '%') {
      c = static_cast<char>(hex_value(sent[i + 1]) * 16 + hex_value(sent[i + 2]));
      if (c == '/') return "bad_path";
      i += 2;
    }
    if (is_control(c) || c == '\\') return "bad_path";
    high = high || is_high(c);
    path += c;
  }
  return high && !is_utf8(path) ? "bad_path" : "";
}

// Empty segments, "." and ".." have no meaning here and are a way around prefixes elsewhere.
bool plain_segments(std::string_view path) {
  if (path.find("//") != std::string_view::npos) return false;
  for (std::size_t at = path.find("/."); at != std::string_view::npos;
       at = path.find("/.", at + 1)) {
    auto rest = path.substr(at + 2);
    if (!rest.empty() && rest.front() == '.') rest.remove_prefix(1);
    if (rest.empty() || rest.front() == '/') return false;
  }
  return true;
}

bool starts_with_scheme(std::string_view text, std::string_view scheme) {
  if (text.size() < scheme.size() + 3) return false;
  return same_token(text.substr(0, scheme.size()), scheme) &&
         text.substr(scheme.size(), 3) == "://";
}

}  // namespace

bool is_authority(std::string_view text) {
  if (text.empty() || text.size() > 262) return false;
  std::string_view port;
  if (text.front() == '[') {
    auto end = text.find(']');
    if (end == std::string_view::npos || end < 3) return false;
    for (char c : text.substr(1, end - 1)) {
      if (hex_value(c) < 0 && c != ':' && c != '.') return false;
    }
    port = text.substr(end + 1);
  } else {
    auto host = text.substr(0, text.find(':'));
    if (host.empty()) return false;
    for (char c : host) {
      bool letter = hex_value(token_octet(c)) >= 0 ||
                    (token_octet(c) >= 'g' && token_octet(c) <= 'z');
      if (!letter && c != '-' && c != '.' && c != '_') return false;
    }
    port = text.substr(host.size());
  }
  if (port.empty()) return true;
  if (port.front() != ':' || port.size() > 6) return false;
  for (char c : port.substr(1)) {
    if (!is_digit(c)) return false;
  }
  return true;
}

std::string_view read_target(std::string_view sent, bool asterisk_allowed, RequestHead& head,
                             std::string& authority) {
  for (char c : sent) {
    if (is_control(c) || is_high(c) || c == ' ' || c == '#') return "bad_target";
  }
  if (sent == "*" && asterisk_allowed) {
    head.target = head.path = "*";
    return {};
  }
  if (sent.empty()) return "bad_target";
  if (sent.front() != '/') {
    if (starts_with_scheme(sent, "http")) sent.remove_prefix(7);
    else if (starts_with_scheme(sent, "https")) sent.remove_prefix(8);
    else return "bad_target";
    authority = sent.substr(0, sent.find_first_of("/?"));
    if (!is_authority(authority)) return "bad_target";
    sent.remove_prefix(authority.size());
  }
  head.target = sent;
  if (sent.empty() || sent.front() == '?') head.target.insert(0, 1, '/');
  std::string_view whole = head.target;
  auto question = whole.find('?');
  if (question != std::string_view::npos) head.query = whole.substr(question + 1);
  if (!well_escaped(head.query)) return "bad_percent_encoding";
  if (auto reason = decode_path(whole.substr(0, question), head.path); !reason.empty()) {
    return reason;
  }
  return plain_segments(head.path) ? "" : "bad_path";
}

}  // namespace baijin::net
