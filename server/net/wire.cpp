#include "net/wire.h"

#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace baijin::net {
namespace {

constexpr std::size_t one_read = 16 * 1024;
constexpr int would_block_to_read = -1;
constexpr int would_block_to_write = -2;
constexpr int broken = -3;
constexpr int stop_slice_ms = 100;  // how soon somebody who waits hears that he is to stop

short event_of(int would_block) { return would_block == would_block_to_write ? POLLOUT : POLLIN; }

}  // namespace

Wire::Wire(const Dialler& dialler, FileHandle socket)
    : dialler_(dialler), socket_(std::move(socket)) {
  begin();
}

Wire::~Wire() {
  if (tls_ && SSL_is_init_finished(tls_.get()) == 1) SSL_shutdown(tls_.get());
  ERR_clear_error();
}

void Wire::begin(std::int64_t bytes) {
  const auto& limits = dialler_.options().limits;
  deadline_ = Deadline::in_ms(limits.command_ms + bytes * 1'000 / limits.slowest_rate);
  silence_ms_ = limits.silence_ms;
}

void Wire::begin_verdict() {
  silence_ms_ = dialler_.options().limits.verdict_ms;
  deadline_ = Deadline::in_ms(silence_ms_);
}

// Who moves an octet now and then is never silent: the deadline ends that.
void Wire::wait_for(short events) const {
  const auto patience = deadline_.at_most_ms(silence_ms_);
  if (deadline_.left_ms() == 0 || !dialler_.wait(socket_.get(), events, patience)) {
    throw LineFailure("peer_timed_out");
  }
}

void Wire::secure(const Trust& trust, const std::string& host) {
  buffer_ = {};
  last_line_ = 0;
  auto session = trust.session(socket_.get(), host);
  while (true) {
    ERR_clear_error();
    const int result = SSL_connect(session.get());
    if (result == 1) break;
    const int wrong = SSL_get_error(session.get(), result);
    if (wrong == SSL_ERROR_WANT_READ) wait_for(POLLIN);
    else if (wrong == SSL_ERROR_WANT_WRITE) wait_for(POLLOUT);
    else if (wrong == SSL_ERROR_SYSCALL) throw LineFailure("peer_closed");
    else throw why_not_trusted(session.get());
  }
  // The handshake would not have ended well otherwise; this line costs nothing and says so.
  if (SSL_get_verify_result(session.get()) != X509_V_OK) throw why_not_trusted(session.get());
  tls_ = std::move(session);
}

int Wire::after_tls(int result) {
  if (result > 0) return result;
  switch (SSL_get_error(tls_.get(), result)) {
    case SSL_ERROR_WANT_READ: return would_block_to_read;
    case SSL_ERROR_WANT_WRITE: return would_block_to_write;
    case SSL_ERROR_ZERO_RETURN: return 0;
    default: return broken;
  }
}

int Wire::read_some(char* into, std::size_t room) {
  if (tls_) {
    ERR_clear_error();
    return after_tls(SSL_read(tls_.get(), into, static_cast<int>(room)));
  }
  const auto count = ::recv(socket_.get(), into, room, 0);
  if (count >= 0) return static_cast<int>(count);
  return errno == EAGAIN || errno == EINTR ? would_block_to_read : broken;
}

int Wire::write_some(std::string_view bytes) {
  const auto some = bytes.substr(0, 1 << 20);
  if (tls_) {
    ERR_clear_error();
    return after_tls(SSL_write(tls_.get(), some.data(), static_cast<int>(some.size())));
  }
  const auto count = ::send(socket_.get(), some.data(), some.size(), MSG_NOSIGNAL);
  if (count >= 0) return static_cast<int>(count);
  return errno == EAGAIN || errno == EINTR ? would_block_to_write : broken;
}

void Wire::fill() {
  if (deadline_.left_ms() == 0) throw LineFailure("peer_timed_out");
  if (buffer_.room() == 0 || buffer_.empty()) buffer_.prepare(one_read);
  while (true) {
    const int count = read_some(buffer_.space(), buffer_.room());
    if (count > 0) return buffer_.received(static_cast<std::size_t>(count));
    if (count == 0 || count == broken) throw LineFailure("peer_closed");
    wait_for(event_of(count));
  }
}

std::string_view Wire::line() {
  buffer_.consume(last_line_);
  last_line_ = 0;
  const auto most = static_cast<std::size_t>(dialler_.options().limits.line_bytes);
  std::size_t searched = 0;
  while (true) {
    const auto bytes = buffer_.bytes();
    const auto end = bytes.find('\n', searched);
    if (std::min(end, bytes.size()) > most) throw LineFailure("peer_too_long");
    if (end != std::string_view::npos) {
      last_line_ = end + 1;
      const bool crlf = end > 0 && bytes[end - 1] == '\r';
      return bytes.substr(0, crlf ? end - 1 : end);
    }
    searched = bytes.size();
    fill();
  }
}

void Wire::take(std::int64_t count, const Octets& sink) {
  buffer_.consume(last_line_);
  last_line_ = 0;
  deadline_ = deadline_.later_by_ms(count * 1'000 / dialler_.options().limits.slowest_rate);
  while (count > 0) {
    if (buffer_.empty()) fill();
    auto piece = buffer_.bytes();
    if (static_cast<std::int64_t>(piece.size()) > count) {
      piece = piece.substr(0, static_cast<std::size_t>(count));
    }
    sink(piece);
    count -= static_cast<std::int64_t>(piece.size());
    buffer_.consume(piece.size());
  }
}

std::string_view Wire::some() {
  buffer_.consume(last_line_);
  last_line_ = 0;
  if (buffer_.empty()) fill();
  return buffer_.bytes();
}

void Wire::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const int count = write_some(bytes);
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
    else if (count == 0 || count == broken) throw LineFailure("peer_closed");
    else wait_for(event_of(count));
  }
}

bool Wire::hears(Deadline deadline, const std::stop_token& stop) {
  buffer_.consume(last_line_);
  last_line_ = 0;
  while (buffer_.empty()) {
    // What makes a TLS socket readable need not be anything for us.
    buffer_.prepare(one_read);
    const int count = read_some(buffer_.space(), buffer_.room());
    if (count > 0) buffer_.received(static_cast<std::size_t>(count));
    if (count == 0 || count == broken) return true;
    if (count > 0) continue;
    if (stop.stop_requested() || deadline.left_ms() == 0) return false;
    dialler_.wait(socket_.get(), POLLIN, deadline.at_most_ms(stop_slice_ms));
  }
  return true;
}

bool Wire::is_stale() {
  buffer_.consume(last_line_);
  last_line_ = 0;
  if (!buffer_.empty()) return true;
  buffer_.prepare(one_read);
  const int count = read_some(buffer_.space(), buffer_.room());
  return count != would_block_to_read && count != would_block_to_write;
}

}  // namespace baijin::net
