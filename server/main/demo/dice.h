#pragma once
// The demo's chance: the same seed makes the same desk.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace baijin::demo {

class Dice {
 public:
  explicit Dice(std::uint64_t seed)
      : state_(seed * 0x9E3779B97F4A7C15ull + 0x2545F4914F6CDD1Dull) {}

  std::uint64_t next() {  // splitmix64
    state_ += 0x9E3779B97F4A7C15ull;
    auto z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  // Both ends may come.
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(high - low + 1));
  }
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  bool in_hundred(int percent) { return between(1, 100) <= percent; }
  template <class List>
  auto& one_of(List& list) {
    return list[below(std::size(list))];
  }
  // Another row of throws that does not disturb this one.
  Dice apart(std::uint64_t what) { return Dice(next() ^ (what * 0xD1342543DE82EF95ull)); }

 private:
  std::uint64_t state_;
};

}  // namespace baijin::demo
