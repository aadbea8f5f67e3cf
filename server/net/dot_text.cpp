#include "net/dot_text.h"

namespace baijin::net {

void DotWriter::add(std::string& out, std::string_view bytes) {
  for (char c : bytes) {
    if (c == '\n' && after_cr_) {  // its CR has become a whole CRLF
      after_cr_ = false;
      continue;
    }
    after_cr_ = c == '\r';
    if (c == '\r' || c == '\n') {
      out += "\r\n";
      line_begins_ = true;
      continue;
    }
    if (c == '.' && line_begins_) out += '.';
    out += c;
    line_begins_ = false;
  }
}

void DotWriter::end(std::string& out) {
  if (!line_begins_) out += "\r\n";
  out += ".\r\n";
}

DotReader::State DotReader::after(char c) { return c == '\r' ? State::cr : State::inside; }

std::size_t DotReader::read(std::string_view bytes, const Octets& sink) {
  std::size_t begin = 0;  // of what was read and not handed on
  const auto hand_on = [&](std::size_t end) {
    if (end > begin) sink(bytes.substr(begin, end - begin));
  };
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const char c = bytes[at];
    switch (state_) {
      case State::line_begins:
        state_ = c == '.' ? State::dot : after(c);
        if (c == '.') {
          hand_on(at);
          begin = at + 1;
        }
        break;
      case State::dot:
        state_ = c == '\r' ? State::dot_cr : State::inside;
        if (c == '\r') begin = at + 1;
        break;
      case State::dot_cr:
        if (c == '\n') {
          state_ = State::done;
          return at + 1;
        }
        sink("\r");
        begin = at;
        state_ = after(c);
        break;
      case State::inside: state_ = after(c); break;
      case State::cr: state_ = c == '\n' ? State::line_begins : after(c); break;
      case State::done: return 0;
    }
  }
  hand_on(bytes.size());
  return bytes.size();
}

}  // namespace baijin::net
