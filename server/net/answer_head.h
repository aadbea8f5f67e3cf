#pragma once
// The words of an answer on the wire.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hub/http.h"

namespace baijin::net {

std::string_view title_of(int status);

// What net/ answers by itself, as problem+json (RFC 9457); `reason` is a stable slug. It carries
// the security headers of its own, as the site never sees it.
Response problem(int status, std::string_view reason);

// "Date: Mon, 23 Nov 2026 06:00:00 GMT\r\n" of now.
std::string date_line();

struct HeadWords {
  std::optional<std::int64_t> content_length;  // nothing: the status has no body
  std::string_view date_line;
  bool close = false;
  bool say_keep_alive = false;  // HTTP/1.0 must be told
};
// Appends the head. False when a header could split the answer; nothing useful is in `out` then.
bool append_head(std::string& out, const Response& response, const HeadWords& words);

}  // namespace baijin::net
