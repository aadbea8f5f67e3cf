#include "testing/web_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/json/serialize.hpp>
#include <chrono>

namespace baijin::testing {
namespace {

std::string lower(std::string text) {
  for (auto& letter : text) letter = static_cast<char>(std::tolower(letter));
  return text;
}

// Names as the program writes them, so that Answer::header finds them.
Answer read_head(const std::string& head) {
  Answer answer;
  answer.status = std::stoi(head.substr(9, 3));
  auto at = head.find("\r\n") + 2;
  while (at < head.size()) {
    auto end = std::min(head.find("\r\n", at), head.size());
    auto colon = head.find(": ", at);
    if (colon < end) {
      answer.headers.emplace_back(head.substr(at, colon - at), head.substr(colon + 2, end - colon - 2));
    }
    at = end + 2;
  }
  return answer;
}

std::string header_in(const Answer& answer, std::string_view name) {
  for (const auto& [key, value] : answer.headers) {
    if (lower(key) == name) return value;
  }
  return {};
}

}  // namespace

Wire::Wire(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) return close();
  int at_once = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
}

Wire::~Wire() { close(); }

void Wire::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

bool Wire::send(std::string_view bytes) {
  while (!bytes.empty()) {
    auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Wire::receive(int wait_ms) {
  pollfd state{socket_, POLLIN, 0};
  if (socket_ < 0 || ::poll(&state, 1, wait_ms) <= 0) return false;
  char bytes[65'536];
  auto count = ::recv(socket_, bytes, sizeof bytes, 0);
  if (count > 0) buffer.append(bytes, static_cast<std::size_t>(count));
  return count > 0;
}

Answer WebClient::ask(std::string_view method, std::string_view path, std::string_view body,
                      std::vector<std::pair<std::string, std::string>> headers) {
  auto target = path.starts_with("//") ? std::string(path.substr(1)) : "/api/v1" + std::string(path);
  auto text = std::string(method) + " " + target + " HTTP/1.1\r\nHost: desk\r\n";
  if (!token.empty()) text += "Authorization: Bearer " + token + "\r\n";
  if (!cookie.empty()) text += "Cookie: baijin=" + cookie + "\r\n";
  if (!csrf.empty()) text += "X-CSRF-Token: " + csrf + "\r\n";
  bool typed = false;
  for (const auto& [name, value] : headers) {
    text += name + ": " + value + "\r\n";
    typed = typed || lower(name) == "content-type";
  }
  if (!body.empty() && !typed) text += "Content-Type: application/json\r\n";
  if (method != "GET" && method != "HEAD") {
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  text += "\r\n" + std::string(body);

  bool kept = wire_ && wire_->is_open();
  if (!kept) wire_ = std::make_unique<Wire>(port_);
  auto& wire = *wire_;
  std::size_t end = std::string::npos;
  if (wire.is_open() && wire.send(text)) {
    while ((end = wire.buffer.find("\r\n\r\n")) == std::string::npos && wire.receive(wait_ms)) {
    }
  }
  if (end == std::string::npos) {
    wire.close();
    return {};
  }
  auto answer = read_head(wire.buffer.substr(0, end + 2));
  wire.buffer.erase(0, end + 4);
  auto length = header_in(answer, "content-length");
  std::size_t size = length.empty() || method == "HEAD" ? 0 : std::stoul(length);
  while (wire.buffer.size() < size && wire.receive(wait_ms)) {
  }
  if (wire.buffer.size() < size) {
    wire.close();
    return {};
  }
  answer.body = wire.buffer.substr(0, size);
  wire.buffer.erase(0, size);
  if (lower(header_in(answer, "connection")) == "close") wire.close();
  remember(answer);
  return answer;
}

Answer WebClient::sign_in(std::string_view login, std::string_view password,
                          std::string_view code) {
  boost::json::object body{{"login", login}, {"password", password}};
  if (!code.empty()) body["code"] = code;
  return post("/sessions", boost::json::serialize(body));
}

void WebClient::remember(const Answer& answer) {
  auto set = header_in(answer, "set-cookie");
  if (set.empty()) return;
  auto begin = set.find('=') + 1;
  cookie = set.substr(begin, set.find(';') - begin);
  csrf.clear();
  if (answer.body.empty()) return;
  auto value = answer.json();
  const auto* session = value.as_object().if_contains("session");
  const auto& from = session ? session->as_object() : value.as_object();
  if (const auto* shown = from.if_contains("csrf_token")) csrf = shown->as_string();
}

// ── live ─────────────────────────────────────────────────────────────────────────────────────

LiveClient::LiveClient(int port, const std::vector<std::pair<std::string, std::string>>& shown)
    : wire_(port) {
  std::string text =
      "GET /api/v1/live HTTP/1.1\r\nHost: desk\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  for (const auto& [name, value] : shown) text += name + ": " + value + "\r\n";
  wire_.send(text + "\r\n");
  std::size_t end;
  while ((end = wire_.buffer.find("\r\n\r\n")) == std::string::npos) {
    if (!wire_.receive(5'000)) return;
  }
  status_ = std::stoi(wire_.buffer.substr(9, 3));
  wire_.buffer.erase(0, end + 4);
}

void LiveClient::send(std::string_view text) {
  std::string frame = "\x81";  // a whole text
  if (text.size() < 126) {
    frame += static_cast<char>(0x80 | text.size());
  } else {
    frame += static_cast<char>(0x80 | 126);
    frame += static_cast<char>(text.size() >> 8);
    frame += static_cast<char>(text.size() & 255);
  }
  frame += std::string(4, '\0');  // a mask of zeros leaves the text as it is
  wire_.send(frame + std::string(text));
}

bool LiveClient::take_frame(std::string& text) {
  auto& in = wire_.buffer;
  if (in.size() < 2) return false;
  auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(in[i])); };
  std::size_t head = 2, size = byte(1) & 127;
  if (size == 126 && in.size() >= 4) {
    size = byte(2) << 8 | byte(3);
    head = 4;
  } else if (size >= 126) {
    return false;
  }
  if (in.size() < head + size) return false;
  auto kind = byte(0) & 15;
  if (kind == 1) text += in.substr(head, size) + "\n";
  if (kind == 8) close_code_ = size >= 2 ? static_cast<int>(byte(head) << 8 | byte(head + 1)) : 1005;
  in.erase(0, head + size);
  return true;
}

std::string LiveClient::receive(int wait_ms, std::string_view until) {
  using Clock = std::chrono::steady_clock;
  auto end = Clock::now() + std::chrono::milliseconds(wait_ms);
  std::string texts;
  while (true) {
    while (take_frame(texts)) {
    }
    if (close_code_ != 0 || (!until.empty() && texts.find(until) != std::string::npos)) break;
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0 || !wire_.receive(static_cast<int>(left))) break;
  }
  return texts;
}

}  // namespace baijin::testing
