#pragma once
// Messages between dots, as SMTP sends them (RFC 5321 §4.5.2) and POP3 gives them out (RFC 1939
// §3): a line with a dot alone ends them, so lines that begin with a dot have one more on the wire.
// Only CRLF ends a line and only CRLF.CRLF a message: where two programs disagree about that,
// messages are smuggled (M8).
#include <string>
#include <string_view>

#include "net/line_source.h"

namespace baijin::net {

// Onto the wire. A CR or LF alone becomes CRLF, so that no server finds an end where we see none.
class DotWriter {
 public:
  void add(std::string& out, std::string_view bytes);
  void end(std::string& out);  // the last line's end, if it had none, and the dot

 private:
  bool line_begins_ = true;
  bool after_cr_ = false;
};

// Off the wire, octet for octet but for those dots.
class DotReader {
 public:
  // Hands the message on, in pieces. Returns how much of `bytes` was used: all, or up to the end.
  std::size_t read(std::string_view bytes, const Octets& sink);
  bool done() const { return state_ == State::done; }

 private:
  enum class State { line_begins, dot, dot_cr, inside, cr, done };
  static State after(char c);
  State state_ = State::line_begins;
};

}  // namespace baijin::net
