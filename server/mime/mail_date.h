#pragma once
// The Date header (RFC 5322 §3.3, §4.3), and what else stands there: ISO 8601, asctime, two-digit
// years, names of zones.
#include <optional>
#include <string_view>

#include "base/time.h"
#include "mime/message.h"

namespace baijin::mime {

struct MailDate {
  std::optional<Time> time;  // years 1970–9999
  int zone_minutes = 0;
  DateState state = DateState::absent;
};

MailDate read_date(std::string_view unfolded);

}  // namespace baijin::mime
