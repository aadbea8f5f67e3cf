#pragma once
// Reading as an interface, so that production can do it in a guarded process of its own (R18) and
// tests can do it right here.
#include <string_view>

#include "mime/read.h"

namespace baijin::mime {

struct Reading {
  enum class Outcome : std::uint8_t {
    read,
    crashed,    // the process that read it died: quarantine after the third try (R18)
    timed_out,  // or was still at it after its time
  };
  Outcome outcome = Outcome::read;
  Message message;  // empty unless read
};

class MessageReader {
 public:
  virtual ~MessageReader() = default;
  // Any thread, several at once. Blocks, at most for about the time-out (30 s). Throws Error busy
  // when no process can be had: that says nothing about the message.
  virtual Reading read(std::string_view bytes) = 0;
};

// Reads in the calling thread, unguarded.
MessageReader& direct_reader();

}  // namespace baijin::mime
