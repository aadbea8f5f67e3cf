#pragma once
// Pure: what a sent name becomes, and how it travels in a header (security.md A2).
#include <string>
#include <string_view>

namespace baijin::files {

// A name to show and to save under, whatever was sent: no path, no control, direction or
// zero-width characters, not hidden, not a device of Windows, at most 200 bytes with its extension
// kept, never empty.
std::string clean_name(std::string_view sent);

// Content-Disposition as in RFC 6266: an ASCII name for old programs, the real one as in RFC 5987.
std::string attachment_header(std::string_view name);

}  // namespace baijin::files
