#pragma once
// One connection to a server, plain at first or for ever, read by lines and by counted octets.
// Blocking, for one thread; memory and time are bounded whatever the other end does (checklist 40).
#include <stop_token>
#include <string>
#include <string_view>

#include "net/line_source.h"
#include "net/outgoing.h"
#include "net/read_buffer.h"
#include "net/trust.h"

namespace baijin::net {

class Wire final : public LineSource {
 public:
  Wire(const Dialler& dialler, FileHandle socket);
  ~Wire() override;  // tells the other end when it was TLS

  // TLS from here on, with a certificate for `host`. What had come in the clear and was not read is
  // thrown away: somebody in between could have written it (checklist 39).
  void secure(const Trust& trust, const std::string& host);

  // Begins an exchange: until the next, everything together must be done within the time of one
  // command, and what it takes to move `bytes` octets, and all that are taken, at the slowest rate.
  void begin(std::int64_t bytes = 0);
  // The same for what a server says of a whole message, which it may think about for long.
  void begin_verdict();

  std::string_view line() override;
  void take(std::int64_t count, const Octets& sink) override;
  // At least one octet of whatever is there, and how many of them were of use.
  std::string_view some();
  void use(std::size_t count) { buffer_.consume(count); }
  void write(std::string_view bytes);

  // Whether anything comes within this time: octets, or the end. False too when asked to stop.
  bool hears(Deadline deadline, const std::stop_token& stop);
  // Nobody is there any more, or something was said that nobody asked for.
  bool is_stale();

 private:
  void fill();
  // One attempt each: octets moved, 0 at the end of the stream, less when it would block.
  int read_some(char* into, std::size_t room);
  int write_some(std::string_view bytes);
  int after_tls(int result);
  void wait_for(short events) const;

  const Dialler& dialler_;
  FileHandle socket_;
  TlsSession tls_;
  ReadBuffer buffer_;
  std::size_t last_line_ = 0;  // to be consumed before the next is read
  Deadline deadline_;
  int silence_ms_ = 0;
};

}  // namespace baijin::net
