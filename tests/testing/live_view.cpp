#include "testing/live_view.h"

#include <algorithm>
#include <chrono>

namespace baijin::stories {
namespace {

constexpr int text_frame = 1, close_frame = 8, ping_frame = 9, pong_frame = 10;

class Deadline {
 public:
  explicit Deadline(int ms)
      : at_(std::chrono::steady_clock::now() + std::chrono::milliseconds(ms)) {}
  int left_ms() const {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        at_ - std::chrono::steady_clock::now());
    return std::max(0, static_cast<int>(left.count()));
  }

 private:
  std::chrono::steady_clock::time_point at_;
};

}  // namespace

LiveView::LiveView(const Browser& who, const Headers& headers) : socket_(who.address()) {
  Headers all{{"Connection", "Upgrade"},
              {"Upgrade", "websocket"},
              {"Sec-WebSocket-Version", "13"},
              {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}};
  bool names_origin = false;
  for (const auto& header : headers) {
    names_origin = names_origin || header.first == "Origin";
    if (!header.second.empty()) all.push_back(header);
  }
  if (!names_origin) all.emplace_back("Origin", "http://" + who.address());
  socket_.send(who.written("GET", "/api/v1/live", {}, all));
  handshake_ = socket_.answer();
}

void LiveView::send_frame(int kind, const std::string& text) {
  std::string bytes(1, static_cast<char>(0x80 | kind));
  auto size = text.size();
  if (size < 126) {
    bytes += static_cast<char>(0x80 | size);
  } else {
    bytes += static_cast<char>(0x80 | 126);
    bytes += static_cast<char>(size >> 8);
    bytes += static_cast<char>(size & 0xff);
  }
  bytes += std::string(4, '\0');  // a mask that changes nothing
  socket_.send(bytes + text);
}

void LiveView::say(const boost::json::value& message) {
  send_frame(text_frame, boost::json::serialize(message));
}

std::optional<LiveView::Frame> LiveView::frame(int wait_ms) {
  Deadline deadline(wait_ms);
  auto& in = socket_.buffer;
  auto have = [&](std::size_t bytes) {
    while (in.size() < bytes) {
      if (!socket_.receive(deadline.left_ms())) return false;
    }
    return true;
  };
  if (!have(2)) return {};
  auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(in[i]));
  };
  std::size_t size = byte(1) & 0x7f, begin = 2;
  auto more = size == 126 ? 2u : size == 127 ? 8u : 0u;
  if (more > 0) {
    if (!have(2 + more)) return {};
    size = 0;
    for (std::size_t i = 0; i < more; ++i) size = size << 8 | byte(2 + i);
    begin += more;
  }
  if (!have(begin + size)) return {};
  Frame frame{static_cast<int>(byte(0) & 0x0f), in.substr(begin, size)};
  in.erase(0, begin + size);
  return frame;
}

std::optional<boost::json::value> LiveView::next(int wait_ms) {
  Deadline deadline(wait_ms);
  while (auto got = frame(deadline.left_ms())) {
    if (got->kind == text_frame) return boost::json::parse(got->text);
    if (got->kind == ping_frame) send_frame(pong_frame, got->text);
    if (got->kind != close_frame) continue;
    code_ = 1005;
    if (got->text.size() >= 2) {
      auto high = static_cast<unsigned char>(got->text[0]);
      code_ = high << 8 | static_cast<unsigned char>(got->text[1]);
    }
    send_frame(close_frame, got->text);
    socket_.finish();
    return {};
  }
  return {};
}

std::optional<boost::json::value> LiveView::next_with(
    const std::function<bool(const boost::json::object&)>& wanted, int wait_ms) {
  Deadline deadline(wait_ms);
  while (auto message = next(deadline.left_ms())) {
    if (wanted(message->as_object())) return message;
  }
  return {};
}

std::optional<int> LiveView::closed_with(int wait_ms) {
  Deadline deadline(wait_ms);
  while (!code_ && next(deadline.left_ms())) {
  }
  return code_;
}

}  // namespace baijin::stories
