#include "net/channel.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

namespace baijin::net {

Channel& Channel::operator=(Channel&& other) noexcept {
  close();
  socket_ = std::exchange(other.socket_, -1);
  return *this;
}

void Channel::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

bool Channel::wait_for(short event, Deadline deadline) const {
  using std::chrono::milliseconds;
  while (true) {
    int timeout_ms = -1;
    if (deadline != never) {
      const auto left = std::chrono::ceil<milliseconds>(deadline -
                                                        std::chrono::steady_clock::now());
      if (left.count() <= 0) return false;
      timeout_ms = static_cast<int>(
          std::min<std::int64_t>(left.count(), std::numeric_limits<int>::max()));
    }
    pollfd waiting{socket_, event, 0};
    const int ready = ::poll(&waiting, 1, timeout_ms);
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

bool Channel::send_all(const char* bytes, std::size_t size, Deadline deadline) {
  while (size > 0) {
    const auto sent = ::send(socket_, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes += sent;
      size -= static_cast<std::size_t>(sent);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (!wait_for(POLLOUT, deadline)) return false;
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

bool Channel::receive_all(char* bytes, std::size_t size, Deadline deadline) {
  while (size > 0) {
    const auto received = ::recv(socket_, bytes, size, MSG_DONTWAIT);
    if (received > 0) {
      bytes += received;
      size -= static_cast<std::size_t>(received);
    } else if (received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      if (!wait_for(POLLIN, deadline)) return false;
    } else if (received == 0 || errno != EINTR) {
      return false;
    }
  }
  return true;
}

bool Channel::send(std::string_view bytes, Deadline deadline) {
  const std::uint64_t length = bytes.size();
  char head[sizeof length];
  std::memcpy(head, &length, sizeof length);
  return send_all(head, sizeof head, deadline) && send_all(bytes.data(), bytes.size(), deadline);
}

std::optional<std::string> Channel::receive(std::size_t longest, Deadline deadline) {
  std::uint64_t length = 0;
  char head[sizeof length];
  if (!receive_all(head, sizeof head, deadline)) return {};
  std::memcpy(&length, head, sizeof length);
  if (length > longest) return {};
  std::string bytes(length, '\0');
  if (!receive_all(bytes.data(), bytes.size(), deadline)) return {};
  return bytes;
}

}  // namespace baijin::net
