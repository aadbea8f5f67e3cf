// Whatever an IMAP server says, it is read in bounded memory or refused in words; and a message is
// never longer than what was asked for.
#include "net/imap_reader.h"

#include <cstdlib>

#include "net/test_source.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  using namespace baijin;  // NOLINT: a program of its own
  constexpr std::int64_t longest = 64;
  net::testing::TextSource source({reinterpret_cast<const char*>(bytes), size});
  net::ImapReader reader(source);
  try {
    while (true) {
      std::int64_t came = 0;
      const auto reply = reader.next(longest, [&](std::string_view piece) {
        came += static_cast<std::int64_t>(piece.size());
      });
      if (came > longest || came != reply.body.value_or(0)) std::abort();
      if (reply.kind == net::ImapReply::Kind::tagged && reply.tag.empty()) std::abort();
    }
  } catch (const LineFailure& failure) {
    const auto& reason = failure.reason;
    if (reason != "peer_garbled" && reason != "peer_too_long" && reason != "peer_closed") {
      std::abort();
    }
  }
  return 0;
}
