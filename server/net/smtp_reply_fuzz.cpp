// Whatever an SMTP server says, it is a reply or refused in words; and whatever a message holds, on
// the wire it has one end, at its end, and comes off it as it went on.
#include "net/smtp_reply.h"

#include <cstdlib>

#include "net/dot_text.h"
#include "net/test_source.h"

namespace {

using namespace baijin;  // NOLINT: a program of its own

void read_replies(std::string_view bytes) {
  net::testing::TextSource source(bytes);
  try {
    while (true) {
      const auto reply = net::read_smtp_reply(source);
      if (reply.code < 200 || reply.code > 599 || reply.lines.empty()) std::abort();
    }
  } catch (const LineFailure& failure) {
    const auto& reason = failure.reason;
    if (reason != "peer_garbled" && reason != "peer_too_long" && reason != "peer_closed") {
      std::abort();
    }
  }
}

std::string off_the_wire(std::string_view wire, std::size_t piece, std::size_t& used) {
  std::string message;
  net::DotReader reader;
  for (used = 0; used < wire.size() && !reader.done();) {
    used += reader.read(wire.substr(used, piece),
                        [&](std::string_view bytes) { message += bytes; });
  }
  if (!reader.done()) std::abort();
  return message;
}

void send_and_receive(std::string_view message, std::size_t piece) {
  std::string wire, again;
  net::DotWriter writer, second;
  for (std::size_t at = 0; at < message.size(); at += piece) {
    writer.add(wire, message.substr(at, piece));
  }
  writer.end(wire);
  std::size_t used = 0;
  const auto received = off_the_wire(wire, piece, used);
  if (used != wire.size()) std::abort();
  // What was made whole once stays as it is.
  second.add(again, received);
  second.end(again);
  if (again != wire) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  read_replies(input);
  send_and_receive(input, 1 + size % 7);
  net::DotReader reader;  // off a wire that nobody wrote
  reader.read(input, [](std::string_view) {});
  return 0;
}
