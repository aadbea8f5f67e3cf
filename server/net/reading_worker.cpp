// The other side of guarded_reader.h: what a reading process does.
#include <sys/prctl.h>
#include <sys/resource.h>

#include "mime/wire.h"
#include "net/channel.h"
#include "net/guarded_reader.h"

namespace baijin::net {
namespace {

constexpr std::size_t longest_message = 256 << 20;

// A sanitizer's shadow memory alone is larger than any useful limit.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true;
#elif defined(__has_feature)
constexpr bool is_sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool is_sanitized = false;
#endif

void limit(__rlimit_resource_t resource, rlim_t most) {
  const rlimit both{most, most};
  ::setrlimit(resource, &both);
}

void give_up_powers(const GuardLimits& limits) {
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NOFILE, channel_number + 1);  // those it has, and no other
  if (!is_sanitized) limit(RLIMIT_AS, limits.address_bytes);
}

// The processor's time counts from the start of the process, so each message moves the end of it.
void allow_more_time(const GuardLimits& limits) {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto spent = used.ru_utime.tv_sec + used.ru_stime.tv_sec;
  rlimit both{};
  ::getrlimit(RLIMIT_CPU, &both);
  both.rlim_cur = static_cast<rlim_t>(spent + limits.cpu_seconds + 1);
  ::setrlimit(RLIMIT_CPU, &both);
}

}  // namespace

int serve_reading(int socket, mime::MessageReader& reader, const GuardLimits& limits) {
  give_up_powers(limits);
  Channel channel(socket);
  while (const auto bytes = channel.receive(longest_message, Channel::never)) {
    allow_more_time(limits);
    const auto reading = reader.read(*bytes);
    if (!channel.send(mime::to_wire(reading.message), Channel::never)) return 1;
  }
  return 0;
}

}  // namespace baijin::net
