#pragma once
// The one exception of the house. Thrown anywhere, caught once (hub/serve.cpp), answered as
// problem+json (RFC 9457). `reason` is a stable slug: pages translate it, tests compare it.
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace baijin {

enum class Kind {
  invalid,          // 400
  unauthenticated,  // 401
  forbidden,        // 403
  not_found,        // 404: missing, or not visible to the one who asks
  conflict,         // 409
  too_large,        // 413
  too_many,         // 429
  busy,             // 503: try again later
  no_space,         // 507: the disk is full
};

// One field that is wrong; `field` is its path in the input ("contacts.0.email").
struct FieldError {
  std::string field;
  std::string reason;
};

struct Error : std::exception {
  Kind kind;
  std::string reason;
  std::string detail;  // for people, in English; never holds secrets or other people's data
  std::vector<FieldError> fields;
  int retry_after_seconds = 0;  // for too_many and busy; 0 says nothing

  Error(Kind kind_, std::string_view reason_, std::string_view detail_ = {})
      : kind(kind_), reason(reason_), detail(detail_) {}
  const char* what() const noexcept override { return reason.c_str(); }
};

Error invalid(std::string_view reason, std::string_view field = {}, std::string_view detail = {});
Error not_found();
Error forbidden(std::string_view reason, std::string_view detail = {});
Error conflict(std::string_view reason, std::string_view detail = {});

// 400, 401, 403 …; the status an Error is answered with.
int http_status(Kind kind);

}  // namespace baijin
