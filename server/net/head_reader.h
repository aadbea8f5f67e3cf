#pragma once
// Reads the head of a request, strictly: what a proxy before us might understand in another way is
// refused, for two readings of one request are how requests are smuggled (security.md 46).
// One pass reads and checks; Beast's own parser is kinder than that, so it serves the tests as a
// second opinion: whatever is accepted here it must read alike.
#include <cstdint>
#include <string_view>

#include "hub/http.h"
#include "net/server.h"

namespace baijin::net {

struct Head {
  RequestHead request;
  std::int64_t content_length = 0;
  bool chunked = false;
  bool http_1_0 = false;
  bool keep_alive = true;
  bool expects_continue = false;
  bool wants_live = false;  // asks for an upgrade to WebSocket
  bool has_body() const { return chunked || content_length > 0; }
};

struct Refusal {
  int status = 400;
  std::string_view reason;
};

class HeadReader {
 public:
  explicit HeadReader(const Limits& limits)
      : head_limit_(static_cast<std::size_t>(limits.header_bytes)),
        target_limit_(static_cast<std::size_t>(limits.target_bytes)) {}

  enum class State { more, done, refused };
  // `bytes` is everything received since the first byte of the head. Call again when there is more.
  State read(std::string_view bytes);

  Head& head() { return head_; }
  std::size_t size() const { return line_; }  // of the head, when done
  const Refusal& refusal() const { return refusal_; }
  void reset();  // for the next request

 private:
  State refuse(int status, std::string_view reason);
  State check_unfinished(std::string_view bytes);
  State read_line(std::string_view line);
  State read_request_line(std::string_view line);
  State read_header(std::string_view line);
  State add_header(std::string_view name, std::string_view value);
  State finish();
  State read_host();
  State read_framing();
  State read_content_length();
  State read_connection();
  const std::string* find(std::string_view name) const;

  std::size_t head_limit_;
  std::size_t target_limit_;
  std::size_t line_ = 0;     // where the line being read begins
  std::size_t scanned_ = 0;  // no line feed before this
  bool request_line_read_ = false;
  std::string authority_;  // of an absolute target
  Head head_;
  Refusal refusal_;
};

// A header line of the strict kind: also the trailers of a chunked body are of it.
bool is_header_line(std::string_view line);

}  // namespace baijin::net
