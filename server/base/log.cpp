#include "base/log.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <mutex>

#include "base/json.h"
#include "base/time.h"
#include "base/unicode.h"

namespace baijin::log {
namespace {

std::atomic<Level> lowest{Level::info};
std::atomic<void (*)(std::string_view)> captured{nullptr};
std::mutex one_line_at_a_time;

std::string_view name_of(Level level) {
  switch (level) {
    case Level::debug: return "debug";
    case Level::info: return "info";
    case Level::warning: return "warning";
    case Level::error: return "error";
  }
  return "error";
}

bool is_dangerous(char32_t c) {
  return is_control(c) || c == 0x2028 || c == 0x2029 || is_direction_override(c) || c == ill_formed;
}

// A value as the log may show it: what could forge a line or steer a terminal is spelled out.
std::string shown(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto plain = printable_ascii(text.substr(at));
    safe.append(text.substr(at, plain));
    at += plain;
    if (at == text.size()) break;
    const auto begin = at;
    const auto c = next_code_point(text, at);
    if (!is_dangerous(c)) {
      safe.append(text.substr(begin, at - begin));
      continue;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    const char32_t spelled = c == ill_formed ? 0xFFFD : c;
    safe += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) safe += digits[spelled >> shift & 15];
  }
  return safe;
}

void write_out(std::string_view line) {
  const std::lock_guard lock(one_line_at_a_time);
  while (!line.empty()) {
    const auto written = ::write(STDERR_FILENO, line.data(), line.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // standard error is gone, and with it the place to say so
    line.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

void set_level(Level level) { lowest = level; }
Level level() { return lowest; }
void capture(void (*sink)(std::string_view line)) { captured = sink; }

void write(Level level, std::string_view event, Items items) {
  if (level < lowest.load(std::memory_order_relaxed)) return;
  const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  std::string line;
  line.reserve(256);
  JsonWriter out(line);
  out.begin_object();
  out.key("time");
  out.time({now.count()});
  out.key("level");
  out.text(name_of(level));
  out.key("event");
  out.text(shown(event));
  for (const auto& item : items) {
    out.key(item.name);
    if (const auto* number = std::get_if<std::int64_t>(&item.value)) out.number(*number);
    else if (const auto* real = std::get_if<double>(&item.value)) out.real(*real);
    else if (const auto* flag = std::get_if<bool>(&item.value)) out.boolean(*flag);
    else out.text(shown(std::get<std::string>(item.value)));
  }
  out.end_object();
  line += '\n';
  if (auto* sink = captured.load()) return sink(line);
  write_out(line);
}

}  // namespace baijin::log
