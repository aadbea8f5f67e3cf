#pragma once
// Reads what an SMTP server says (RFC 5321 §4.2), one reply of one or more lines at a time: a pure
// function of octets, for tests and fuzzing (checklist 40, R21).
#include <string>
#include <string_view>
#include <vector>

#include "net/line_source.h"

namespace baijin::net {

struct SmtpReply {
  int code = 0;                    // 200 to 599
  std::vector<std::string> lines;  // without the code; at least one
  bool good() const { return code < 400; }
  bool for_now() const { return code >= 400 && code < 500; }
  bool for_good() const { return code >= 500; }
  // "550 5.1.1 No such user", all lines in one.
  std::string text() const;
};

// Throws LineFailure peer_garbled or peer_too_long, and what the source throws.
SmtpReply read_smtp_reply(LineSource& source);

}  // namespace baijin::net
