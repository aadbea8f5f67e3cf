#pragma once
// Outlook's RTF: unpacked (MS-OXRTFCP), and read as the text or as the HTML that it wraps
// (MS-OXRTFEX).
#include <cstddef>
#include <string>
#include <string_view>

namespace baijin::mime {

// PR_RTF_COMPRESSED as RTF; empty when it is none, or longer than `longest`.
std::string unpacked_rtf(std::string_view bytes, std::size_t longest);

struct RtfText {
  std::string text;
  bool is_html = false;
};

// One pass; what is no text (pictures, tables of fonts and colours) is left out.
RtfText read_rtf(std::string_view rtf);

}  // namespace baijin::mime
