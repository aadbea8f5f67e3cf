#include "net/smtp_reply.h"

#include "hub/mail_line.h"
#include "net/characters.h"

namespace baijin::net {
namespace {

constexpr std::size_t most_lines = 128;

}  // namespace

std::string SmtpReply::text() const {
  auto text = std::to_string(code);
  for (const auto& line : lines) text += " " + line;
  return text;
}

SmtpReply read_smtp_reply(LineSource& source) {
  SmtpReply reply;
  while (true) {
    const auto line = source.line();
    const bool numbered = line.size() >= 3 && line[0] >= '2' && line[0] <= '5' &&
                          is_digit(line[1]) && is_digit(line[2]);
    const char between = line.size() > 3 ? line[3] : ' ';
    if (!numbered || (between != ' ' && between != '-')) throw LineFailure("peer_garbled", line);
    const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    if (!reply.lines.empty() && code != reply.code) throw LineFailure("peer_garbled", line);
    reply.code = code;
    reply.lines.emplace_back(line.size() > 4 ? line.substr(4) : std::string_view());
    if (between == ' ') return reply;
    if (reply.lines.size() == most_lines) throw LineFailure("peer_too_long");
  }
}

}  // namespace baijin::net
