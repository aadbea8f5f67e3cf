#pragma once
// Lengths and bytes over a pair of sockets between two processes of this program.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace baijin::net {

// One end. Each frame is its length (eight octets, of this machine) and its bytes.
class Channel {
 public:
  using Deadline = std::chrono::steady_clock::time_point;
  static constexpr Deadline never = Deadline::max();

  Channel() = default;
  explicit Channel(int socket) : socket_(socket) {}
  Channel(Channel&& other) noexcept : socket_(other.socket_) { other.socket_ = -1; }
  Channel& operator=(Channel&& other) noexcept;
  ~Channel() { close(); }

  // False when the other end is gone or the time is over.
  bool send(std::string_view bytes, Deadline deadline);
  // Nothing when the other end is gone, the time is over, or the frame is longer than `longest`.
  std::optional<std::string> receive(std::size_t longest, Deadline deadline);
  void close();
  int socket() const { return socket_; }

 private:
  bool wait_for(short event, Deadline deadline) const;
  bool send_all(const char* bytes, std::size_t size, Deadline deadline);
  bool receive_all(char* bytes, std::size_t size, Deadline deadline);

  int socket_ = -1;
};

}  // namespace baijin::net
