#pragma once
// The web pages, embedded in the program and precompressed, and how they are handed out.
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/http.h"

namespace baijin {

struct EmbeddedPage {
  std::string_view path;  // "/assets/app-3f2a.js"; "/" and "/portal/" are applications
  std::string_view type;
  std::string_view plain, brotli, gzip;  // brotli and gzip are empty where they would not help
  std::string_view etag;                 // with its quotes
  bool immutable;                        // the name holds a hash of the content
};

// Made by the build (tools/embed_pages).
std::span<const EmbeddedPage> embedded_pages();

class Pages {
 public:
  // Below the path of `base_url` behind a reverse proxy: what an application's page names as
  // "./assets/…" is found there from every address inside the application.
  Pages(std::span<const EmbeddedPage> pages, std::string_view base_url);

  // An address without a dot is a place inside the nearest application. Throws not_found.
  Response answer(const RequestHead& head) const;

 private:
  struct Page {
    EmbeddedPage embedded;
    std::shared_ptr<const std::string> text;  // of an application: instead of what is embedded
    std::string etag;
  };
  const Page* find(std::string_view path) const;

  std::vector<Page> pages_;
};

}  // namespace baijin
