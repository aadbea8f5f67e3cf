#include "net/outgoing.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>

#include "hub/mail_line.h"
#include "net/characters.h"

namespace baijin::net {
namespace {

constexpr int slice_ms = 100;  // how soon somebody who waits hears that the program stops
constexpr std::size_t longest_host = 253;
constexpr std::size_t longest_label = 63;

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > longest_label || label.front() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '_';
  });
}

// What the C library would take for a part of a numeric address: "1", "0x7f", "0".
bool is_number(std::string_view label) {
  if (label.starts_with("0x")) return true;
  return std::all_of(label.begin(), label.end(), is_digit);
}

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

SocketAddress socket_address(const IpAddress& address, int port) {
  SocketAddress made;
  const auto wire_port = htons(static_cast<std::uint16_t>(port));
  if (address.is_v4()) {
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_port = wire_port;
    std::memcpy(&four.sin_addr, address.bytes.data() + 12, sizeof four.sin_addr);
    std::memcpy(&made.storage, &four, made.size = sizeof four);
  } else {
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = wire_port;
    std::memcpy(&six.sin6_addr, address.bytes.data(), sizeof six.sin6_addr);
    std::memcpy(&made.storage, &six, made.size = sizeof six);
  }
  return made;
}

IpAddress address_in(const addrinfo& entry) {
  IpAddress address;
  if (entry.ai_family == AF_INET6) {
    const auto* six = reinterpret_cast<const sockaddr_in6*>(entry.ai_addr);
    std::memcpy(address.bytes.data(), &six->sin6_addr, 16);
    return address;
  }
  const auto* four = reinterpret_cast<const sockaddr_in*>(entry.ai_addr);
  address.bytes[10] = address.bytes[11] = 0xff;
  std::memcpy(address.bytes.data() + 12, &four->sin_addr, 4);
  return address;
}

std::string_view reason_of(int wrong) {
  if (wrong == ECONNREFUSED) return "connection_refused";
  if (wrong == ETIMEDOUT) return "connection_timed_out";
  return "unreachable";
}

}  // namespace

Deadline Deadline::in_ms(std::int64_t ms) {
  Deadline deadline;
  deadline.end_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
  return deadline;
}

int Deadline::left_ms() const {
  const auto left = end_ - std::chrono::steady_clock::now();
  const auto ms = std::chrono::ceil<std::chrono::milliseconds>(left).count();
  return static_cast<int>(std::clamp<std::int64_t>(ms, 0, 1'000'000'000));
}

Deadline Deadline::at_most_ms(std::int64_t ms) const {
  const auto other = in_ms(ms);
  return other.end_ < end_ ? other : *this;
}

Deadline Deadline::later_by_ms(std::int64_t ms) const {
  auto later = *this;
  later.end_ += std::chrono::milliseconds(ms);
  return later;
}

std::vector<IpAddress> system_resolver(const std::string& host) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* found = nullptr;
  const int wrong = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
  if (wrong != 0) throw LineFailure("name_not_found", ::gai_strerror(wrong));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(found, ::freeaddrinfo);
  std::vector<IpAddress> list;
  for (const auto* entry = found; entry != nullptr; entry = entry->ai_next) {
    if (entry->ai_family == AF_INET || entry->ai_family == AF_INET6) {
      list.push_back(address_in(*entry));
    }
  }
  return list;
}

std::string plain_host(std::string_view text) {
  if (parse_ip(text)) return std::string(text);
  if (text.ends_with('.')) text.remove_suffix(1);  // the root, which everybody leaves out
  if (text.empty() || text.size() > longest_host) return {};
  std::string host(text);
  for (char& c : host) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  std::string_view rest = host;
  while (true) {
    const auto dot = rest.find('.');
    const auto label = rest.substr(0, dot);
    if (!is_label(label)) return {};
    if (dot == std::string_view::npos) return is_number(label) ? std::string() : host;
    rest.remove_prefix(dot + 1);
  }
}

Dialler::Dialler(OutgoingOptions options) : options_(std::move(options)) {
  for (const auto& entry : options_.allow) {
    const auto block = parse_block(entry);
    const auto name = plain_host(entry);
    if (block) allowed_blocks_.push_back(*block);
    else if (!name.empty()) allowed_names_.insert(name);
    else throw std::runtime_error("neither an address, a block of them nor a host: " + entry);
  }
}

bool Dialler::allows(const std::string& host, const IpAddress& address) const {
  static const AddressBlock multicast_v4 = parse_block("224.0.0.0/3").value();
  static const AddressBlock multicast_v6 = parse_block("ff00::/8").value();
  static const AddressBlock unspecified_v4 = parse_block("0.0.0.0/8").value();
  // Nobody's address cannot be what an administrator meant; the kernel takes it for this machine.
  if (address == IpAddress{} || unspecified_v4.contains(address)) return false;
  if (multicast_v4.contains(address) || multicast_v6.contains(address)) return false;
  if (address.is_public() || allowed_names_.contains(host)) return true;
  return std::any_of(allowed_blocks_.begin(), allowed_blocks_.end(),
                     [&](const auto& block) { return block.contains(address); });
}

void Dialler::stop_if_told() const {
  if (stopped_) throw LineFailure("stopped");
}

std::vector<IpAddress> Dialler::addresses_of(std::string_view text, Deadline deadline) const {
  const auto host = plain_host(text);
  if (host.empty()) throw LineFailure("address_not_allowed");
  std::vector<IpAddress> found;
  if (const auto address = parse_ip(host)) {
    found.push_back(*address);
  } else {
    // The C library gives no way to call it off: a thread of its own may outlive our patience.
    auto promise = std::make_shared<std::promise<std::vector<IpAddress>>>();
    auto answer = promise->get_future();
    std::thread([promise, host, resolve = options_.resolve] {
      try {
        promise->set_value(resolve(host));
      } catch (...) {
        promise->set_exception(std::current_exception());
      }
    }).detach();
    const auto slice = std::chrono::milliseconds(slice_ms);
    while (answer.wait_for(slice) != std::future_status::ready) {
      stop_if_told();
      if (deadline.left_ms() == 0) throw LineFailure("connection_timed_out");
    }
    found = answer.get();
  }
  std::erase_if(found, [&](const auto& address) { return !allows(host, address); });
  if (found.empty()) throw LineFailure("address_not_allowed");
  return found;
}

bool Dialler::wait(int socket, short events, Deadline deadline) const {
  while (true) {
    stop_if_told();
    pollfd state{socket, events, 0};
    const int left = deadline.left_ms();
    if (::poll(&state, 1, std::min(left, slice_ms)) > 0) return true;
    if (left == 0) return false;
  }
}

FileHandle Dialler::dial(const std::vector<IpAddress>& addresses, int port,
                         Deadline deadline) const {
  std::string_view reason = "unreachable";
  auto waiting = addresses.size();
  for (const auto& address : addresses) {
    const auto target = socket_address(address, port);
    FileHandle handle(
        ::socket(target.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const auto* generic = reinterpret_cast<const sockaddr*>(&target.storage);
    int wrong = handle && ::connect(handle.get(), generic, target.size) == 0 ? 0 : errno;
    if (wrong == EINPROGRESS) {
      // Each gets its share of the time, so that one dead address does not take it all.
      const auto share = deadline.left_ms() / static_cast<std::int64_t>(waiting);
      socklen_t size = sizeof wrong;
      if (!wait(handle.get(), POLLOUT, deadline.at_most_ms(share))) wrong = ETIMEDOUT;
      else ::getsockopt(handle.get(), SOL_SOCKET, SO_ERROR, &wrong, &size);
    }
    --waiting;
    if (wrong == 0) {
      const int on = 1;
      ::setsockopt(handle.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      return handle;
    }
    reason = reason_of(wrong);
  }
  throw LineFailure(reason);
}

}  // namespace baijin::net
