#include <algorithm>

#include "mime/characters.h"
#include "mime/quote_marks.h"
#include "mime/quoted.h"

namespace baijin::mime {
namespace {

std::string without_blank_end(std::string_view text) {
  while (!text.empty() && is_white(text.back())) text.remove_suffix(1);
  return std::string(text);
}

}  // namespace

Folded fold_text(std::string_view text) {
  std::vector<MailLine> lines;
  std::vector<std::size_t> begins;
  for (std::size_t at = 0; at < text.size();) {
    const auto feed = text.find('\n', at);
    const auto end = feed == std::string_view::npos ? text.size() : feed;
    const auto raw = text.substr(at, end - at);
    const auto content = trimmed(raw);
    const auto inside = std::min(content.find_first_not_of("> \t"), content.size());
    MailLine line;
    line.quoted = content.starts_with('>');
    line.text = squeezed_line(line.quoted ? content.substr(inside) : content);
    begins.push_back(at);
    lines.push_back(std::move(line));
    at = end + 1;
  }
  begins.push_back(text.size());
  const auto cuts = find_cuts(lines);
  const auto signature = begins[cuts.signature];
  const auto quote = begins[cuts.quote];
  return {without_blank_end(text.substr(0, signature)),
          without_blank_end(text.substr(signature, quote - signature)),
          without_blank_end(text.substr(quote))};
}

}  // namespace baijin::mime
