#pragma once
// The desk as people reach it: over sockets, with nothing of the server's own code in between. A
// Browser keeps cookie and CSRF token as the web page does, or shows an API token.
#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baijin::stories {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Answer {
  int status = 0;  // 0: the connection ended before there was an answer
  std::string head;
  std::string body;
  std::string header(std::string_view name) const;  // "" when absent; the case does not count
  boost::json::value json() const;
  // What is at a path of names and indexes: at("items.0.number"). Throws when absent.
  boost::json::value at(std::string_view path) const;
  std::int64_t id() const { return number("id"); }
  std::int64_t number(std::string_view path) const;
  std::string text(std::string_view path) const;
  std::string reason() const;  // of a problem; "" when it is none
};

// One connection; it ends with the object.
class Socket {
 public:
  explicit Socket(const std::string& address);  // "127.0.0.1:8080"; throws when nobody is there
  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&& other) noexcept;
  ~Socket();
  bool send(std::string_view bytes);
  // Adds what comes to `buffer`; false at the end of the stream or after `wait_ms` of silence.
  bool receive(int wait_ms);
  bool ended() const { return ended_; }
  void finish();  // nothing more will be sent
  Answer answer(bool of_head_request = false, int wait_ms = 30'000);
  std::string buffer;

 private:
  int socket_ = -1;
  bool ended_ = false;
};

class Browser {
 public:
  explicit Browser(std::string address, std::string api_token = {})
      : token(std::move(api_token)), address_(std::move(address)) {}
  // A copy is the same person at another connection.
  Browser(const Browser& other)
      : token(other.token), cookie(other.cookie), csrf(other.csrf), address_(other.address_) {}
  Browser(Browser&&) = default;
  Browser& operator=(Browser&&) = default;
  ~Browser() = default;

  // Paths are below /api/v1. When a kept connection turns out closed before a byte of an answer
  // came, the request is sent once more on a new one: as browsers do.
  Answer get(const std::string& path, const Headers& headers = {});
  Answer post(const std::string& path, const boost::json::value& body = {},
              const Headers& headers = {});
  Answer put(const std::string& path, const boost::json::value& body, const Headers& headers = {});
  Answer patch(const std::string& path, const boost::json::value& body,
               const Headers& headers = {});
  Answer del(const std::string& path, const Headers& headers = {});
  Answer upload(const std::string& name, std::string_view bytes, const Headers& headers = {});
  // A page outside the API, or anything odd: nothing is added but who one is.
  Answer ask(const std::string& method, const std::string& target, std::string_view body = {},
             const Headers& headers = {});
  // The bytes of a request, for connections that are handled by hand.
  std::string written(const std::string& method, const std::string& target,
                      std::string_view body = {}, const Headers& headers = {}) const;

  Answer sign_in(const std::string& login, const std::string& password,
                 const std::string& code = {});

  const std::string& address() const { return address_; }
  std::string token;         // an API token, else
  std::string cookie, csrf;  // of a session

 private:
  Answer send(const std::string& method, const std::string& path, const boost::json::value& body,
              const Headers& headers);
  void keep(const Answer& answer);

  std::string address_;
  std::optional<Socket> socket_;
};

std::string percent_encoded(std::string_view text);

}  // namespace baijin::stories
