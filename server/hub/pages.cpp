#include "hub/pages.h"

#include <algorithm>

#include "base/error.h"
#include "hub/problem.h"

namespace baijin {
namespace {

// "/desk" of "https://example.org/desk/"; "" without a path.
std::string path_of(std::string_view address) {
  auto host = address.find("://");
  auto path = address.find('/', host == std::string_view::npos ? 0 : host + 3);
  if (path == std::string_view::npos) return {};
  auto text = std::string(address.substr(path));
  while (text.ends_with('/')) text.pop_back();
  return text;
}

std::string moved(std::string_view html, std::string_view prefix) {
  constexpr std::string_view mark = "=\"./";
  std::string text;
  for (auto at = html.find(mark); at != std::string_view::npos; at = html.find(mark)) {
    text.append(html.substr(0, at)).append("=\"").append(prefix).append("/");
    html.remove_prefix(at + mark.size());
  }
  return text.append(html);
}

bool accepts(const RequestHead& head, std::string_view coding) {
  return head.header("accept-encoding").find(coding) != std::string_view::npos;
}

}  // namespace

Pages::Pages(std::span<const EmbeddedPage> pages, std::string_view base_url) {
  auto prefix = path_of(base_url);
  for (const auto& page : pages) {
    auto& kept = pages_.emplace_back(Page{page, nullptr, std::string(page.etag)});
    if (!page.type.starts_with("text/html")) continue;
    auto text = moved(page.plain, prefix);
    if (text == page.plain) continue;
    kept.text = std::make_shared<const std::string>(std::move(text));
    if (!prefix.empty()) {
      kept.etag.insert(kept.etag.size() - 1,
                       "-" + std::to_string(std::hash<std::string>{}(prefix)));
    }
  }
}

const Pages::Page* Pages::find(std::string_view path) const {
  auto found = std::ranges::find(pages_, path, [](const Page& page) { return page.embedded.path; });
  return found == pages_.end() ? nullptr : &*found;
}

Response Pages::answer(const RequestHead& head) const {
  std::string_view path = head.path;
  const auto* page = find(path);
  if (!page && path.rfind('.') == std::string_view::npos) {
    if (path == "/portal" || path.starts_with("/portal/")) page = find("/portal/");
    if (!page) page = find("/");
  }
  if (!page) throw not_found();
  Response response;
  response.fixed_headers = head.secure ? page_secure_headers() : page_headers();
  const auto& embedded = page->embedded;
  response.headers = {
      {"ETag", page->etag},
      {"Vary", "Accept-Encoding"},
      {"Cache-Control", embedded.immutable ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (head.header("if-none-match") == page->etag) {
    response.status = 304;
    return response;
  }
  response.headers.emplace_back("Content-Type", std::string(embedded.type));
  if (page->text) {
    response.shared_body = page->text;
    return response;
  }
  response.static_body = embedded.plain;
  if (!embedded.brotli.empty() && accepts(head, "br")) {
    response.static_body = embedded.brotli;
    response.headers.emplace_back("Content-Encoding", "br");
  } else if (!embedded.gzip.empty() && accepts(head, "gzip")) {
    response.static_body = embedded.gzip;
    response.headers.emplace_back("Content-Encoding", "gzip");
  }
  return response;
}

}  // namespace baijin
