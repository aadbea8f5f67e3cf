#pragma once
// The lines of the hub to the outside (hub/mail_line.h, hub/outside.h), the real ones.
#include <memory>

#include "hub/outside.h"
#include "net/outgoing.h"

namespace baijin::net {

class Lines {
 public:
  // Throws std::runtime_error when the options make no sense. SIGPIPE is ignored from here on: TLS
  // knows no other way to survive who hangs up.
  static std::unique_ptr<Lines> open(OutgoingOptions options);
  virtual ~Lines() = default;
  virtual MailIn& mail_in() = 0;
  virtual MailOut& mail_out() = 0;
  virtual Http& http() = 0;
  // From any thread: every call that waits ends with `stopped`, and so does every later one.
  virtual void stop() = 0;
};

}  // namespace baijin::net
