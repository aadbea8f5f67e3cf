#pragma once
// The guarded dialler: every connection that leaves the program begins here (security.md S1,
// checklist 37). A host is resolved once, its addresses are checked, and what is connected to is a
// checked address, so that a name which answers otherwise the second time gains nothing.
#include <atomic>
#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "net/ip_address.h"
#include "net/upload_file.h"

namespace baijin::net {

// What is borne from others (checklist 40).
struct LineLimits {
  int connect_ms = 10'000;    // the name and one of its addresses, together
  int silence_ms = 60'000;    // nothing comes, or nothing is taken, for so long
  int command_ms = 120'000;   // one command and its answer, messages apart
  int verdict_ms = 600'000;   // what a server says of a whole message (RFC 5321 §4.5.3.2.6)
  int slowest_rate = 8'192;   // octets a second that a message must at least move with
  int line_bytes = 8 * 1024;  // one line of an answer
  int idle_ms = 9 * 60'000;   // IDLE is begun again: what lies between forgets silent connections
  int poll_ms = 30'000;       // where there is no IDLE
};

// Looks a name up: blocks as long as it likes. Throws LineFailure name_not_found.
using Resolver = std::function<std::vector<IpAddress>(const std::string& host)>;
std::vector<IpAddress> system_resolver(const std::string& host);

struct OutgoingOptions {
  // What may be dialled besides the public internet: addresses, blocks of them (10.1.2.0/24), and
  // names of hosts, whose addresses are then taken as they are.
  std::vector<std::string> allow;
  std::string ca_file;                 // certificates trusted besides the system's; "" is none
  std::string our_name = "localhost";  // what we call ourselves to mail servers
  LineLimits limits;
  Resolver resolve = system_resolver;
};

// Until when something must be done.
class Deadline {
 public:
  static Deadline in_ms(std::int64_t ms);
  int left_ms() const;                         // 0 when it has passed
  Deadline at_most_ms(std::int64_t ms) const;  // the earlier of this and that
  Deadline later_by_ms(std::int64_t ms) const;

 private:
  std::chrono::steady_clock::time_point end_;
};

class Dialler {
 public:
  // Throws std::runtime_error naming what of `allow` is neither an address, a block nor a name.
  explicit Dialler(OutgoingOptions options);

  // The addresses of this host that may be dialled. Throws LineFailure: address_not_allowed for
  // whatever is refused, in the same words and before anything is sent anywhere; name_not_found;
  // connection_timed_out; stopped.
  std::vector<IpAddress> addresses_of(std::string_view host, Deadline deadline) const;
  // A connected socket that does not block, to the first of these that answers. Throws LineFailure:
  // connection_refused, connection_timed_out, unreachable, stopped.
  FileHandle dial(const std::vector<IpAddress>& addresses, int port, Deadline deadline) const;
  // Waits until the socket can be read (POLLIN) or written (POLLOUT). False when the time is over.
  // Throws LineFailure stopped.
  bool wait(int socket, short events, Deadline deadline) const;

  // From any thread: whatever waits here ends with `stopped`, and so does all that comes later.
  void stop() { stopped_ = true; }
  bool stopped() const { return stopped_; }
  const OutgoingOptions& options() const { return options_; }

 private:
  bool allows(const std::string& host, const IpAddress& address) const;
  void stop_if_told() const;

  OutgoingOptions options_;
  std::vector<AddressBlock> allowed_blocks_;
  std::set<std::string, std::less<>> allowed_names_;
  std::atomic<bool> stopped_{false};
};

// HOST as it may stand in settings and addresses: an IP address in its usual spelling, or a name of
// letters, digits, hyphens and underscores whose last label is no number. In lower case; "" when it
// is neither. Names beyond ASCII are written with xn--.
std::string plain_host(std::string_view text);

}  // namespace baijin::net
