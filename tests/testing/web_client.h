#pragma once
// What a browser or a program sends, over a real socket: for tests of the running program.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "testing/desk.h"

namespace baijin::testing {

// One connection to 127.0.0.1; closes with it.
class Wire {
 public:
  explicit Wire(int port);
  ~Wire();
  Wire(const Wire&) = delete;
  bool is_open() const { return socket_ >= 0; }
  bool send(std::string_view bytes);
  // Adds to `buffer`; false at the end, or after `wait_ms` of silence.
  bool receive(int wait_ms);
  void close();
  std::string buffer;

 private:
  int socket_ = -1;
};

// Keeps the cookie and the CSRF token as a web page does; or shows a token, when it has one.
class WebClient {
 public:
  explicit WebClient(int port) : port_(port) {}

  // Below /api/v1, or absolute when it begins with "//". Status 0: no whole answer came.
  Answer ask(std::string_view method, std::string_view path, std::string_view body = {},
             std::vector<std::pair<std::string, std::string>> headers = {});
  Answer get(std::string_view path) { return ask("GET", path); }
  Answer post(std::string_view path, std::string_view body = {}) { return ask("POST", path, body); }
  Answer patch(std::string_view path, std::string_view body) { return ask("PATCH", path, body); }
  Answer put(std::string_view path, std::string_view body) { return ask("PUT", path, body); }
  Answer del(std::string_view path) { return ask("DELETE", path); }
  Answer sign_in(std::string_view login, std::string_view password, std::string_view code = {});

  std::string token, cookie, csrf;
  int wait_ms = 10'000;

 private:
  void remember(const Answer& answer);
  int port_;
  std::unique_ptr<Wire> wire_;
};

// A WebSocket on /api/v1/live.
class LiveClient {
 public:
  // `shown` are header lines: how it says who it is. Status 101 when it is open.
  LiveClient(int port, const std::vector<std::pair<std::string, std::string>>& shown);
  int status() const { return status_; }
  void send(std::string_view text);
  // The texts that come within this time; ends sooner when one of them holds `until`.
  std::string receive(int wait_ms, std::string_view until = {});
  int close_code() const { return close_code_; }

 private:
  bool take_frame(std::string& text);
  Wire wire_;
  int status_ = 0, close_code_ = 0;
};

}  // namespace baijin::testing
