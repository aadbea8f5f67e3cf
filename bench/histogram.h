#pragma once
// Times by value, as an HDR histogram keeps them: 64 steps within each power of two, so that every
// quantile is right within 1.6 % whether it is 30 µs or 30 s.
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

class Histogram {
 public:
  void add(std::int64_t ns) {
    auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(ns, 0));
    ++counts_[place_of(value)];
    ++total_;
    sum_ += value;
    largest_ = std::max(largest_, value);
  }

  // The time in milliseconds that the given part of all stayed below.
  double quantile_ms(double part) const {
    auto wanted = static_cast<std::uint64_t>(part * static_cast<double>(total_));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      seen += counts_[i];
      if (seen > wanted) return std::min(upper_end(i), static_cast<double>(largest_)) / 1e6;
    }
    return largest_ms();
  }
  double largest_ms() const { return static_cast<double>(largest_) / 1e6; }
  double mean_ms() const {
    return total_ == 0 ? 0 : static_cast<double>(sum_) / static_cast<double>(total_) / 1e6;
  }
  std::uint64_t total() const { return total_; }

 private:
  static constexpr int step_bits = 6;
  static constexpr std::uint64_t steps = 1 << step_bits;

  static std::size_t place_of(std::uint64_t value) {
    if (value < steps) return static_cast<std::size_t>(value);
    auto power = static_cast<int>(std::bit_width(value)) - 1 - step_bits;
    auto within = (value >> power) - steps;
    return static_cast<std::size_t>((static_cast<std::uint64_t>(power) + 1) * steps + within);
  }
  static double upper_end(std::size_t place) {
    if (place < steps) return static_cast<double>(place + 1);
    auto power = place / steps - 1;
    auto within = place % steps;
    return static_cast<double>((steps + within + 1) << power);
  }

  std::array<std::uint64_t, (64 - step_bits + 1) * steps> counts_{};
  std::uint64_t total_ = 0, sum_ = 0, largest_ = 0;
};
