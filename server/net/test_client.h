#pragma once
// For the tests of this room: a client that sends exactly the bytes it is told, and a site whose
// answers are functions of the test.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>

#include "net/server.h"

namespace baijin::net::testing {

struct Answer {
  int status = 0;
  std::string head;
  std::string body;
  std::string header(std::string name) const {
    auto at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    at += name.size() + 4;
    return head.substr(at, head.find("\r\n", at) - at);
  }
};

class RawClient {
 public:
  explicit RawClient(const std::string& address, const std::string& from = "127.0.0.1",
                     int receive_buffer = 0) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receive_buffer > 0) {
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    sockaddr_in own{};
    own.sin_family = AF_INET;
    ::inet_pton(AF_INET, from.c_str(), &own.sin_addr);
    ::bind(socket_, reinterpret_cast<sockaddr*>(&own), sizeof own);
    sockaddr_in to = own;
    ::inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    auto port = std::stoi(address.substr(address.rfind(':') + 1));
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
  }
  ~RawClient() { close(); }
  RawClient(const RawClient&) = delete;

  bool connected() const { return connected_; }
  void close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  // False when the other end has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  // Adds to `buffer`; false at the end of the stream, after a reset or after `wait_ms` of silence.
  bool receive(int wait_ms = 5'000) {
    pollfd state{socket_, POLLIN, 0};
    if (::poll(&state, 1, wait_ms) <= 0) return false;
    char bytes[65'536];
    auto count = ::recv(socket_, bytes, sizeof bytes, 0);
    ended_ = count <= 0;
    if (count > 0) buffer.append(bytes, static_cast<std::size_t>(count));
    return count > 0;
  }
  bool receive_at_least(std::size_t count, int wait_ms = 5'000) {
    while (buffer.size() < count && receive(wait_ms)) {
    }
    return buffer.size() >= count;
  }
  std::string take(std::size_t count) {
    receive_at_least(count);
    auto taken = buffer.substr(0, count);
    buffer.erase(0, taken.size());
    return taken;
  }
  Answer answer(bool of_head_request = false, int wait_ms = 5'000) {
    Answer answer;
    std::size_t end;
    while ((end = buffer.find("\r\n\r\n")) == std::string::npos) {
      if (!receive(wait_ms)) return answer;
    }
    answer.head = buffer.substr(0, end + 2);
    buffer.erase(0, end + 4);
    answer.status = std::stoi(answer.head.substr(9, 3));
    auto length = answer.header("Content-Length");
    if (!length.empty() && !of_head_request) answer.body = take(std::stoul(length));
    return answer;
  }
  Answer ask(std::string_view request) {
    send(request);
    return answer();
  }
  Answer get(std::string_view path) {
    return ask("GET " + std::string(path) + " HTTP/1.1\r\nHost: here\r\n\r\n");
  }
  // Whether the server closes, and says nothing more before.
  bool closed(int wait_ms = 5'000) {
    auto before = buffer.size();
    receive(wait_ms);
    return ended_ && buffer.size() == before;
  }

  std::string buffer;

 private:
  int socket_ = -1;
  bool connected_ = false;
  bool ended_ = false;
};

inline Response text(std::string body, int status = 200) {
  Response response;
  response.status = status;
  response.headers = {{"Content-Type", "text/plain"}};
  response.body = std::move(body);
  return response;
}

// Unless told otherwise it answers with what it was asked.
class TestSite : public Site {
 public:
  std::function<BodyPlan(const RequestHead&)> planner = [](const RequestHead&) {
    return BodyPlan{};
  };
  std::function<void(Request, Reply)> answerer = [](Request request, Reply reply) {
    reply(text(request.head.path + "|" + request.head.query + "|" + request.body));
  };
  std::function<std::optional<Response>(const RequestHead&)> refuser = [](const RequestHead&) {
    return std::optional<Response>();
  };
  std::function<std::unique_ptr<LiveListener>(std::shared_ptr<LiveLine>)> connector;

  BodyPlan plan(const RequestHead& head) override { return planner(head); }
  void answer(Request request, Reply reply) override {
    answerer(std::move(request), std::move(reply));
  }
  std::optional<Response> refuse_live(const RequestHead& head) override { return refuser(head); }
  std::unique_ptr<LiveListener> connect(const RequestHead&,
                                        std::shared_ptr<LiveLine> line) override {
    return connector ? connector(std::move(line)) : nullptr;
  }
};

class NetTest : public ::testing::Test {
 protected:
  void start(Limits limits = {}, std::vector<std::string> proxies = {}) {
    server = Server::open({"127.0.0.1:0", std::move(proxies), limits}, site);
    server->start();
  }
  // Before the members of the test, which the site's functions use.
  void TearDown() override { server.reset(); }
  std::string address() const { return server->address(); }
  template <class Condition>
  static bool soon(Condition condition, int wait_ms = 5'000) {
    for (int waited = 0; waited < wait_ms; waited += 5) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return condition();
  }
  TestSite site;
  std::unique_ptr<Server> server;
};

// A directory of its own, gone at the end.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "net-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }
  std::ptrdiff_t files() const {
    return std::distance(std::filesystem::directory_iterator(path_), {});
  }

 private:
  std::string path_;
};

}  // namespace baijin::net::testing
