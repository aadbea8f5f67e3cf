#include "hub/mail_line.h"

#include "base/text.h"

namespace baijin {
namespace {

constexpr std::size_t longest_said = 400;

// What a stranger said is shown on pages and in logs: one line of clean text.
std::string quoted(std::string_view said) {
  std::string clean(said.substr(0, longest_said));
  if (said.size() > longest_said) {  // not in the middle of a character
    while (!clean.empty() && (clean.back() & 0xC0) == 0x80) clean.pop_back();
    if (!clean.empty() && (clean.back() & 0x80) != 0) clean.pop_back();
  }
  bool unicode = is_utf8(clean);
  for (char& c : clean) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    if (!unicode && (c & 0x80) != 0) c = '?';
  }
  return clean;
}

}  // namespace

LineFailure::LineFailure(std::string_view reason_, std::string_view said_)
    : std::runtime_error(std::string(reason_)), reason(reason_), said(quoted(said_)) {}

}  // namespace baijin
