#pragma once
// Who again and again asks for what is not there, or not his, is guessing numbers or tokens (Z9):
// beyond so many refusals a minute the next ones are 429. What he may see is still answered, so
// that one stranger behind an address does not lock out the others there.
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "hub/outside.h"

namespace baijin {

class Guessing {
 public:
  Guessing(Clock& clock, int most_a_minute);  // 0: without limit
  // Counts one refusal for `who` (an actor or a network); the seconds until it may go on when there
  // were too many, else 0.
  int refused(const std::string& who);
  std::size_t known() const;
  static constexpr std::size_t known_at_most = 10'000;

 private:
  struct Tally {
    std::int64_t since_ms = 0;
    int count = 0;
  };
  void make_room(std::int64_t now_ms);

  Clock& clock_;
  int most_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Tally> tallies_;
};

// An IPv4 address as it is; of an IPv6 address its /64, which one customer owns as a whole.
std::string network_of(const std::string& address);

}  // namespace baijin
