// The half of Serve that is not the API: health, metrics, pages and live lines; see serve.h.
#include <algorithm>

#include "base/json.h"
#include "hub/gate.h"
#include "hub/live.h"
#include "hub/metrics.h"
#include "hub/problem.h"
#include "hub/serve.h"
#include "hub/serve_visit.h"

namespace baijin {
namespace {

constexpr std::string_view live_path = "/api/v1/live";

Response plain(int status, std::string text, std::string_view type = "text/plain; charset=utf-8") {
  Response response;
  response.status = status;
  response.headers = {{"Content-Type", std::string(type)}};
  response.body = std::move(text);
  return response;
}

bool accepts(const RequestHead& head, std::string_view coding) {
  return head.header("accept-encoding").find(coding) != std::string_view::npos;
}

}  // namespace

void Serve::answer_system(Visit& visit) {
  const auto& head = visit.request.head;
  if (head.method != Method::get && head.method != Method::head) {
    throw Error(Kind::invalid, "method_not_allowed");
  }
  auto& raw = visit.context->raw;
  if (head.path == "/healthz") {
    raw = plain(200, "ok\n");
  } else if (head.path == "/readyz") {
    if (leaving_) throw Error(Kind::busy, "leaving");
    hub_.read(program_actor(), [](Reader& reader) {
      reader.any("SELECT s.value FROM settings s WHERE s.name = 'presets_filled'");
    });
    raw = plain(200, "ready\n");
  } else if (head.path == "/metrics") {
    raw = plain(200, hub_.metrics().text(hub_) + (more_metrics_ ? more_metrics_() : ""),
                "text/plain; version=0.0.4; charset=utf-8");
  } else {
    raw = page(head);
  }
  finish(visit, nullptr);
}

// A page of the program's own; an address without a dot is a place inside the application.
Response Serve::page(const RequestHead& head) const {
  auto named = [&](std::string_view path) {
    return std::find_if(pages_.begin(), pages_.end(),
                        [&](const auto& p) { return p.path == path; });
  };
  auto found = named(head.path);
  if (found == pages_.end() && head.path.rfind('.') == std::string::npos) found = named("/");
  if (found == pages_.end()) throw not_found();
  Response response;
  response.fixed_headers = head.secure ? page_secure_headers() : page_headers();
  response.headers = {
      {"ETag", std::string(found->etag)},
      {"Vary", "Accept-Encoding"},
      {"Cache-Control", found->immutable ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (head.header("if-none-match") == found->etag) {
    response.status = 304;
    return response;
  }
  response.headers.emplace_back("Content-Type", std::string(found->type));
  response.static_body = found->plain;
  if (!found->brotli.empty() && accepts(head, "br")) {
    response.static_body = found->brotli;
    response.headers.emplace_back("Content-Encoding", "br");
  } else if (!found->gzip.empty() && accepts(head, "gzip")) {
    response.static_body = found->gzip;
    response.headers.emplace_back("Content-Encoding", "gzip");
  }
  return response;
}

std::optional<Response> Serve::refuse_live(const RequestHead& head) {
  auto refuse = [&](const Error& error) {
    auto response = problem(error, next_number());
    response.fixed_headers = head.secure ? api_secure_headers() : api_headers();
    return response;
  };
  if (head.path != live_path) return refuse(not_found());
  if (!head.query.empty()) return refuse(invalid("unknown_parameter"));  // no token in an address
  auto shown = credentials_of(head);
  // A browser always names its origin; who shows a cookie without one is no browser of ours.
  if (!shown.session.empty() &&
      (head.header("origin").empty() || from_elsewhere(head, hub_.options().base_url))) {
    return refuse(forbidden("foreign_origin"));
  }
  if (shown.session.empty() && shown.bearer.empty()) {
    return refuse(Error(Kind::unauthenticated, "sign_in"));
  }
  return {};
}

std::unique_ptr<LiveListener> Serve::connect(const RequestHead& head,
                                             std::shared_ptr<LiveLine> line) {
  return hub_.live().connect(credentials_of(head), std::move(line));
}

}  // namespace baijin
