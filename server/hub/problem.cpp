#include "hub/problem.h"

#include "base/json.h"

namespace baijin {
namespace {

std::string_view title_of(int status) {
  switch (status) {
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 429: return "Too Many Requests";
    case 503: return "Service Unavailable";
    case 507: return "Insufficient Storage";
  }
  return "Internal Server Error";
}

Response written(int status, std::string_view reason, std::string_view detail,
                 const std::vector<FieldError>& fields, std::string_view number) {
  Response response;
  response.status = status;
  response.headers = {{"Content-Type", "application/problem+json"}};
  JsonWriter out(response.body);
  out.begin_object();
  out.key("type");
  out.text("about:blank");
  out.key("title");
  out.text(title_of(status));
  out.key("status");
  out.number(status);
  out.key("reason");
  out.text(reason);
  if (!detail.empty()) {
    out.key("detail");
    out.text(detail);
  }
  out.key("request");
  out.text(number);
  if (!fields.empty()) {
    out.key("fields");
    out.begin_array();
    for (const auto& field : fields) {
      out.begin_object();
      out.key("field");
      out.text(field.field);
      out.key("reason");
      out.text(field.reason);
      out.end_object();
    }
    out.end_array();
  }
  out.end_object();
  return response;
}

}  // namespace

Response problem(const Error& error, std::string_view number) {
  auto response = written(http_status(error.kind), error.reason, error.detail, error.fields,
                          number);
  if (error.retry_after_seconds > 0) {
    response.headers.emplace_back("Retry-After", std::to_string(error.retry_after_seconds));
  } else if (error.kind == Kind::busy) {
    response.headers.emplace_back("Retry-After", "1");
  }
  if (error.kind == Kind::unauthenticated) {
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
  }
  return response;
}

Response internal_problem(std::string_view number) {
  return written(500, "internal", "", {}, number);
}

#define QUIET_HEADERS                             \
  "Referrer-Policy: no-referrer\r\n"              \
  "Cross-Origin-Opener-Policy: same-origin\r\n"   \
  "Cross-Origin-Resource-Policy: same-origin\r\n" \
  "Permissions-Policy: geolocation=(self), camera=(self), microphone=()\r\n"
Response wrong_method(std::string_view allowed, std::string_view number) {
  auto response = written(405, "method_not_allowed", "", {}, number);
  response.headers.emplace_back("Allow", std::string(allowed));
  return response;
}

#define COMMON_HEADERS QUIET_HEADERS "X-Content-Type-Options: nosniff\r\n"
#define API_HEADERS                                                       \
  COMMON_HEADERS                                                          \
  "Cache-Control: no-store\r\n"                                           \
  "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; " \
  "base-uri 'none'; form-action 'none'; sandbox\r\n"
#define PAGE_HEADERS                                                                   \
  COMMON_HEADERS                                                                       \
  "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; " \
  "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "                  \
  "manifest-src 'self'; worker-src 'self'; "                                           \
  "frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'\r\n"
#define LONG_TLS "Strict-Transport-Security: max-age=31536000\r\n"

std::string_view api_headers() { return API_HEADERS; }
std::string_view api_secure_headers() { return API_HEADERS LONG_TLS; }
std::string_view download_headers() { return QUIET_HEADERS; }
std::string_view download_secure_headers() { return QUIET_HEADERS LONG_TLS; }
std::string_view page_headers() { return PAGE_HEADERS; }
std::string_view page_secure_headers() { return PAGE_HEADERS LONG_TLS; }

}  // namespace baijin
