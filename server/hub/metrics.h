#pragma once
// Counters for /metrics, in the Prometheus text format.
#include <array>
#include <atomic>
#include <cstdint>
#include <string>

namespace baijin {

class Hub;

class Metrics {
 public:
  void answered(int status, bool writes, std::int64_t microseconds);
  // Everything the hub counts; `more` is appended (net/ adds its own).
  std::string text(Hub& hub) const;

  std::atomic<std::int64_t> running{0};

 private:
  static constexpr std::array<std::int64_t, 10> bounds_us = {
      500, 1'000, 2'500, 5'000, 10'000, 25'000, 50'000, 100'000, 500'000, 2'500'000};
  struct Histogram {
    std::array<std::atomic<std::int64_t>, bounds_us.size() + 1> buckets{};
    std::atomic<std::int64_t> sum_us{0};
  };
  static void write(std::string& out, std::string_view kind, const Histogram& histogram);

  std::array<std::atomic<std::int64_t>, 6> by_class_{};
  Histogram reads_, writes_;
};

}  // namespace baijin
