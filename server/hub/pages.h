#pragma once
// The web pages, embedded in the program and precompressed.
#include <span>
#include <string_view>

namespace baijin {

struct EmbeddedPage {
  std::string_view path;  // "/assets/app-3f2a.js"; "/" is the entry
  std::string_view type;
  std::string_view plain, brotli, gzip;  // brotli and gzip are empty where they would not help
  std::string_view etag;                 // with its quotes
  bool immutable;                        // the name holds a hash of the content
};

// Made by the build (tools/embed_pages).
std::span<const EmbeddedPage> embedded_pages();

}  // namespace baijin
