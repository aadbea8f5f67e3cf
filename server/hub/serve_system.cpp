// The half of Serve that is not the API: health, metrics, pages and live lines; see serve.h.
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
    raw = pages_.answer(head);
  }
  finish(visit, nullptr);
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
