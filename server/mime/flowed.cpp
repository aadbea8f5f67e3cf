#include "mime/flowed.h"

namespace baijin::mime {

std::string unflowed(std::string_view text, bool delete_blank) {
  std::string out;
  out.reserve(text.size());
  std::size_t depth_before = 0;
  bool open = false;  // the line before goes on in this one
  while (!text.empty()) {
    const auto feed = text.find('\n');
    auto line = text.substr(0, feed);
    text.remove_prefix(feed == std::string_view::npos ? text.size() : feed + 1);
    std::size_t depth = 0;
    while (line.starts_with('>')) {
      line.remove_prefix(1);
      ++depth;
    }
    if (line.starts_with(' ')) line.remove_prefix(1);  // put there so that it is no quotation mark
    const bool signature = line == "-- ";
    const bool joins = open && depth == depth_before && !signature;
    if (open && !joins) out += '\n';
    if (!joins) {
      out.append(depth, '>');
      if (depth > 0 && !line.empty()) out += ' ';
    }
    open = line.ends_with(' ') && !signature;
    if (open && delete_blank) line.remove_suffix(1);
    out += line;
    if (!open && feed != std::string_view::npos) out += '\n';
    depth_before = depth;
  }
  return out;
}

}  // namespace baijin::mime
