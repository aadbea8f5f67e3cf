#include "base/error.h"

namespace baijin {

Error invalid(std::string_view reason, std::string_view field, std::string_view detail) {
  Error error(Kind::invalid, reason, detail);
  if (!field.empty()) error.fields.push_back({std::string(field), std::string(reason)});
  return error;
}

Error not_found() { return Error(Kind::not_found, "not_found"); }

Error forbidden(std::string_view reason, std::string_view detail) {
  return Error(Kind::forbidden, reason, detail);
}

Error conflict(std::string_view reason, std::string_view detail) {
  return Error(Kind::conflict, reason, detail);
}

int http_status(Kind kind) {
  switch (kind) {
    case Kind::invalid: return 400;
    case Kind::unauthenticated: return 401;
    case Kind::forbidden: return 403;
    case Kind::not_found: return 404;
    case Kind::conflict: return 409;
    case Kind::too_large: return 413;
    case Kind::too_many: return 429;
    case Kind::busy: return 503;
    case Kind::no_space: return 507;
  }
  return 500;
}

}  // namespace baijin
