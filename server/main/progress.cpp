#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "main/commands.h"

namespace baijin {
namespace {

constexpr int width = 30;

}  // namespace

void Progress::at(double part) {
  static const bool terminal = ::isatty(STDERR_FILENO) == 1;
  int percent = static_cast<int>(part * 100);
  int step = terminal ? 1 : 10;
  if (percent / step == shown_ / step && shown_ >= 0) return;
  shown_ = percent;
  if (!terminal) {
    fmt::print(stderr, "{}: {} %\n", what_, percent);
    return;
  }
  std::string bar;
  for (int i = 0; i < width; ++i) bar += i < percent * width / 100 ? "█" : " ";
  fmt::print(stderr, "\r{} ▕{}▏ {:3} %", what_, bar, percent);
  std::fflush(stderr);
}

Progress::~Progress() {
  if (shown_ >= 0 && ::isatty(STDERR_FILENO) == 1) fmt::print(stderr, "\n");
}

}  // namespace baijin
