#include "testing/browser.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace baijin::stories {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same_name(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

}  // namespace

// ── answers ──────────────────────────────────────────────────────────────────────────────────

std::string Answer::header(std::string_view name) const {
  std::string_view rest = head;
  while (!rest.empty()) {
    auto end = std::min(rest.find("\r\n"), rest.size());
    auto line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 2, rest.size()));
    auto colon = line.find(": ");
    if (colon == line.npos || !same_name(line.substr(0, colon), name)) continue;
    return std::string(line.substr(colon + 2));
  }
  return {};
}

boost::json::value Answer::json() const {
  boost::system::error_code problem;
  auto value = boost::json::parse(body, problem);
  if (problem) throw std::runtime_error(fmt::format("{}: not JSON: {}", status, body));
  return value;
}

boost::json::value Answer::at(std::string_view path) const {
  auto value = json();
  auto rest = path;
  while (!rest.empty()) {
    auto end = std::min(rest.find('.'), rest.size());
    auto name = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const boost::json::value* inner = nullptr;
    if (const auto* object = value.if_object()) inner = object->if_contains(name);
    if (const auto* list = value.if_array()) {
      inner = list->if_contains(std::stoul(std::string(name)));
    }
    if (!inner) throw std::runtime_error(fmt::format("{}: no {} in {}", status, path, body));
    value = boost::json::value(*inner);
  }
  return value;
}

std::int64_t Answer::number(std::string_view path) const {
  return at(path).to_number<std::int64_t>();
}

std::string Answer::text(std::string_view path) const { return std::string(at(path).as_string()); }

std::string Answer::reason() const {
  if (header("Content-Type") != "application/problem+json") return {};
  return text("reason");
}

// ── sockets ──────────────────────────────────────────────────────────────────────────────────

Socket::Socket(const std::string& address) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto port = std::stoi(address.substr(address.rfind(':') + 1));
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
    int why = errno;
    ::close(socket_);
    throw std::system_error(why, std::generic_category(), "connect to " + address);
  }
}

Socket::Socket(Socket&& other) noexcept
    : buffer(std::move(other.buffer)), socket_(other.socket_), ended_(other.ended_) {
  other.socket_ = -1;
}

Socket& Socket::operator=(Socket&& other) noexcept {
  std::swap(socket_, other.socket_);
  std::swap(ended_, other.ended_);
  std::swap(buffer, other.buffer);
  return *this;
}

Socket::~Socket() {
  if (socket_ >= 0) ::close(socket_);
}

bool Socket::send(std::string_view bytes) {
  while (!bytes.empty()) {
    auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Socket::finish() { ::shutdown(socket_, SHUT_WR); }

bool Socket::receive(int wait_ms) {
  pollfd state{socket_, POLLIN, 0};
  if (::poll(&state, 1, wait_ms) <= 0) return false;
  char bytes[65'536];
  auto count = ::recv(socket_, bytes, sizeof bytes, 0);
  ended_ = count <= 0;
  if (count > 0) buffer.append(bytes, static_cast<std::size_t>(count));
  return count > 0;
}

Answer Socket::answer(bool of_head_request, int wait_ms) {
  Answer answer;
  std::size_t end = 0;
  while ((end = buffer.find("\r\n\r\n")) == std::string::npos) {
    if (!receive(wait_ms)) return answer;
  }
  answer.head = buffer.substr(0, end + 2);
  buffer.erase(0, end + 4);
  auto length = answer.header("Content-Length");
  auto wanted = length.empty() || of_head_request ? 0 : std::stoul(length);
  while (buffer.size() < wanted) {
    if (!receive(wait_ms)) return {};  // half an answer is none
  }
  answer.body = buffer.substr(0, wanted);
  buffer.erase(0, wanted);
  answer.status = std::stoi(answer.head.substr(9, 3));
  return answer;
}

// ── the browser ──────────────────────────────────────────────────────────────────────────────

std::string Browser::written(const std::string& method, const std::string& target,
                             std::string_view body, const Headers& headers) const {
  auto text = fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", method, target, address_);
  if (!token.empty()) text += "Authorization: Bearer " + token + "\r\n";
  if (!cookie.empty()) text += "Cookie: baijin=" + cookie + "\r\n";
  if (!csrf.empty()) text += "X-CSRF-Token: " + csrf + "\r\n";
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  if (method != "GET" && method != "HEAD") {
    text += fmt::format("Content-Length: {}\r\n", body.size());
  }
  text += "\r\n";
  text += body;
  return text;
}

Answer Browser::ask(const std::string& method, const std::string& target, std::string_view body,
                    const Headers& headers) {
  auto bytes = written(method, target, body, headers);
  bool kept = socket_.has_value();
  if (!kept) socket_.emplace(address_);
  socket_->send(bytes);
  auto answer = socket_->answer(method == "HEAD");
  if (answer.status == 0 && kept && socket_->ended() && socket_->buffer.empty()) {
    socket_.emplace(address_);
    socket_->send(bytes);
    answer = socket_->answer(method == "HEAD");
  }
  if (answer.status == 0 || same_name(answer.header("Connection"), "close")) socket_.reset();
  keep(answer);
  return answer;
}

Answer Browser::send(const std::string& method, const std::string& path,
                     const boost::json::value& body, const Headers& headers) {
  auto all = headers;
  std::string text;
  if (!body.is_null()) {
    text = boost::json::serialize(body);
    all.emplace_back("Content-Type", "application/json");
  }
  return ask(method, "/api/v1" + path, text, all);
}

void Browser::keep(const Answer& answer) {
  auto set = answer.header("Set-Cookie");
  if (!set.empty()) {
    auto begin = set.find('=') + 1;
    cookie = set.substr(begin, set.find(';') - begin);
  }
  if (answer.status >= 300 || answer.header("Content-Type") != "application/json") return;
  const auto value = answer.json();
  const auto* object = value.if_object();
  if (!object) return;
  if (const auto* session = object->if_contains("session")) {
    if (session->is_object()) object = session->if_object();
  }
  const auto* shown = object->if_contains("csrf_token");
  if (shown && shown->is_string()) csrf = shown->as_string();
}

Answer Browser::get(const std::string& path, const Headers& headers) {
  return send("GET", path, {}, headers);
}
Answer Browser::post(const std::string& path, const boost::json::value& body,
                     const Headers& headers) {
  return send("POST", path, body, headers);
}
Answer Browser::put(const std::string& path, const boost::json::value& body,
                    const Headers& headers) {
  return send("PUT", path, body, headers);
}
Answer Browser::patch(const std::string& path, const boost::json::value& body,
                      const Headers& headers) {
  return send("PATCH", path, body, headers);
}
Answer Browser::del(const std::string& path, const Headers& headers) {
  return send("DELETE", path, {}, headers);
}

Answer Browser::upload(const std::string& name, std::string_view bytes, const Headers& headers) {
  auto all = headers;
  all.emplace_back("Content-Type", "application/octet-stream");
  return ask("POST", "/api/v1/files?name=" + percent_encoded(name), bytes, all);
}

Answer Browser::sign_in(const std::string& login, const std::string& password,
                        const std::string& code) {
  boost::json::object body{{"login", login}, {"password", password}};
  if (!code.empty()) body["code"] = code;
  return post("/sessions", body);
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (char c : text) {
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain) out += c;
    else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace baijin::stories
