#include "hub/guessing.h"

#include <arpa/inet.h>

#include <array>

namespace baijin {
namespace {

constexpr std::int64_t minute_ms = 60'000;

}  // namespace

Guessing::Guessing(Clock& clock, int most_a_minute) : clock_(clock), most_(most_a_minute) {}

int Guessing::refused(const std::string& who) {
  if (most_ <= 0) return 0;
  auto now = clock_.steady_ms();
  std::lock_guard lock(mutex_);
  if (tallies_.size() >= known_at_most && !tallies_.contains(who)) make_room(now);
  auto& tally = tallies_[who];
  if (tally.count == 0 || now - tally.since_ms >= minute_ms) tally = {now, 0};
  if (tally.count < most_) {
    ++tally.count;
    return 0;
  }
  return static_cast<int>((tally.since_ms + minute_ms - now + 999) / 1'000);
}

std::size_t Guessing::known() const {
  std::lock_guard lock(mutex_);
  return tallies_.size();
}

// First those whose minute is over, then those who did nothing remarkable, at last everybody.
void Guessing::make_room(std::int64_t now_ms) {
  std::erase_if(tallies_,
                [&](const auto& entry) { return now_ms - entry.second.since_ms >= minute_ms; });
  if (tallies_.size() < known_at_most) return;
  std::erase_if(tallies_, [&](const auto& entry) { return entry.second.count < most_; });
  if (tallies_.size() >= known_at_most) tallies_.clear();
}

std::string network_of(const std::string& address) {
  std::array<unsigned char, 16> bytes{};
  if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  std::array<char, INET6_ADDRSTRLEN> text{};
  return std::string(::inet_ntop(AF_INET6, bytes.data(), text.data(), text.size())) + "/64";
}

}  // namespace baijin
