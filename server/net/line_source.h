#pragma once
// Where the readers of answers take their octets from: a connection, or what a test or a fuzzer
// made up.
#include <cstdint>
#include <functional>
#include <string_view>

namespace baijin::net {

using Octets = std::function<void(std::string_view)>;

class LineSource {
 public:
  virtual ~LineSource() = default;
  // The next line without its end (CRLF, or LF alone from those who know no better); good until the
  // next call. Throws LineFailure: peer_too_long, peer_closed, peer_timed_out.
  virtual std::string_view line() = 0;
  // Hands exactly `count` octets on, in pieces.
  virtual void take(std::int64_t count, const Octets& sink) = 0;
};

}  // namespace baijin::net
