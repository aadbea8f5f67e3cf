#include "peers/scripted_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <list>
#include <system_error>

namespace peers {
namespace {

constexpr int slice_ms = 20;

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

PeerTalk::~PeerTalk() {
  SSL_free(tls_);
  ::close(socket_);
}

// Waits in slices, so that the end of the test is noticed.
std::size_t PeerTalk::receive(char* into, std::size_t room) {
  while (tls_ == nullptr || SSL_pending(tls_) == 0) {
    pollfd state{socket_, POLLIN, 0};
    if (::poll(&state, 1, slice_ms) > 0) break;
    if (ending_) throw Gone();
  }
  const auto count = tls_ != nullptr ? SSL_read(tls_, into, static_cast<int>(room))
                                     : static_cast<int>(::recv(socket_, into, room, 0));
  if (count <= 0) throw Gone();
  return static_cast<std::size_t>(count);
}

std::string PeerTalk::line() {
  std::size_t end;
  while ((end = buffer_.find("\r\n")) == std::string::npos) {
    std::array<char, 65'536> bytes;
    buffer_.append(bytes.data(), receive(bytes.data(), bytes.size()));
  }
  auto line = buffer_.substr(0, end);
  buffer_.erase(0, end + 2);
  return line;
}

std::string PeerTalk::octets(std::size_t count) {
  while (buffer_.size() < count) {
    std::array<char, 65'536> bytes;
    buffer_.append(bytes.data(), receive(bytes.data(), bytes.size()));
  }
  auto taken = buffer_.substr(0, count);
  buffer_.erase(0, count);
  return taken;
}

void PeerTalk::say(std::string_view bytes) {
  while (!bytes.empty()) {
    pollfd state{socket_, POLLOUT, 0};
    if (::poll(&state, 1, slice_ms) <= 0) {
      if (ending_) throw Gone();
      continue;
    }
    const auto some = bytes.substr(0, 4'096);
    const auto count = tls_ != nullptr ? SSL_write(tls_, some.data(), static_cast<int>(some.size()))
                                       : static_cast<int>(::send(socket_, some.data(), some.size(),
                                                                 MSG_NOSIGNAL));
    if (count <= 0) throw Gone();
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void PeerTalk::start_tls(const Certificate& certificate) {
  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_server_method()),
                                                             SSL_CTX_free);
  SSL_CTX_use_certificate_file(context.get(), certificate.file.c_str(), SSL_FILETYPE_PEM);
  SSL_CTX_use_PrivateKey_file(context.get(), certificate.key_file.c_str(), SSL_FILETYPE_PEM);
  tls_ = SSL_new(context.get());
  SSL_set_fd(tls_, socket_);
  buffer_.clear();
  const timeval patience{5, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (SSL_accept(tls_) != 1) throw Gone();
}

void PeerTalk::hang() {
  while (true) {
    std::array<char, 4'096> bytes;
    receive(bytes.data(), bytes.size());
  }
}

void PeerTalk::rest(int ms) const {
  for (int waited = 0; waited < ms; waited += slice_ms) {
    if (ending_) throw Gone();
    std::this_thread::sleep_for(std::chrono::milliseconds(std::min(slice_ms, ms - waited)));
  }
}

ScriptedPeer::ScriptedPeer(std::function<void(PeerTalk&)> talk)
    : talk_(std::move(talk)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || ::bind(listener_, generic, size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, generic, &size) != 0) {
    fail("scripted peer");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { accept_all(); });
}

ScriptedPeer::~ScriptedPeer() {
  ending_ = true;
  thread_.join();
  ::close(listener_);
}

void ScriptedPeer::accept_all() {
  std::list<std::thread> talks;
  while (!ending_) {
    pollfd state{listener_, POLLIN, 0};
    if (::poll(&state, 1, slice_ms) <= 0) continue;
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ++connections_;
    talks.emplace_back([this, socket] {
      PeerTalk talk(socket, ending_);
      try {
        talk_(talk);
      } catch (const Gone&) {
        return;  // how most talks end
      }
    });
  }
  for (auto& talk : talks) talk.join();
}

std::string_view name_of(Mischief mischief) {
  switch (mischief) {
    case Mischief::none: return "none";
    case Mischief::close: return "close";
    case Mischief::hang: return "hang";
    case Mischief::refuse_now: return "refuse_now";
    case Mischief::refuse: return "refuse";
    case Mischief::garbage: return "garbage";
    case Mischief::endless_line: return "endless_line";
    case Mischief::huge_literal: return "huge_literal";
    case Mischief::negative_literal: return "negative_literal";
    case Mischief::drip: return "drip";
  }
  return "";
}

bool Script::answer(PeerTalk& talk, std::string_view answer, std::string_view refuse_now,
                    std::string_view refuse) {
  if (at_++ != step_) {
    talk.say(answer);
    return true;
  }
  switch (mischief_) {
    case Mischief::none: talk.say(answer); return true;
    case Mischief::close: throw Gone();
    case Mischief::hang: talk.hang();
    case Mischief::refuse_now: talk.say(refuse_now); return false;
    case Mischief::refuse: talk.say(refuse); return false;
    case Mischief::garbage: talk.say("\x16\x03\xff\x00 \xfe\x80)({\"\r\n\r\n* (\r\n"); talk.hang();
    case Mischief::endless_line:
      while (true) talk.say(std::string(4'096, 'A'));
    case Mischief::huge_literal:
      talk.say("* 1 FETCH (UID 1 BODY[]<0> {4294967296}\r\n");
      while (true) talk.say(std::string(4'096, 'A'));
    case Mischief::negative_literal: talk.say("* 1 FETCH (UID 1 BODY[]<0> {-1}\r\n"); talk.hang();
    case Mischief::drip:
      while (true) {
        for (const char c : answer.substr(0, answer.size() - 1)) {
          talk.say({&c, 1});
          talk.rest(slice_ms);
        }
        talk.rest(slice_ms);
      }
  }
  return false;
}

}  // namespace peers
