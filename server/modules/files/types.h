#pragma once
// What is in a file, by its bytes: the sender's word for it counts nothing (A1, A6).
#include <string>
#include <string_view>

namespace baijin::files {

// A media type of the allow table, else "application/octet-stream".
std::string sniffed_type(const std::string& path);
std::string allowed_type(std::string_view sniffed);

}  // namespace baijin::files
