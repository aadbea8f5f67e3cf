#pragma once
// The only folder that knows sockets. HTTP/1.1 on Asio, WebSocket on Beast, one
// thread of its own.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hub/http.h"

namespace baijin::net {

// Every limit is explicit (security.md §3.2 R12, R13, checklist 46–49).
struct Limits {
  int connections = 10'000;
  int connections_per_address = 2'000;  // slow clients of one address cannot take them all
  int header_bytes = 16 * 1024;
  int target_bytes = 8 * 1024;
  int header_ms = 10'000;             // the whole head, from its first byte or the accept
  int idle_ms = 60'000;               // between requests of a kept-alive connection
  int body_bytes_per_second = 1'024;  // slower than this over a window is closed (408)
  int body_window_ms = 10'000;
  int write_stall_ms = 30'000;         // a client that reads nothing for so long is closed
  int live_message_bytes = 64 * 1024;  // else close 1009
  int live_messages_per_second = 20;   // else close 1008
  int live_queue_bytes = 1 << 20;      // else close 1013
  int live_ping_ms = 30'000;
};

struct Options {
  std::string listen = "127.0.0.1:8080";     // HOST:PORT, port 0 takes a free one
  std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-For/-Proto count
  Limits limits;
};

struct Figures {
  std::int64_t connections = 0, live_connections = 0, requests = 0, refused = 0;
};

class Server {
 public:
  // Binds at once (throws std::runtime_error "cannot listen on …: why"), serves after start().
  static std::unique_ptr<Server> open(Options options, Site& site);
  virtual ~Server() = default;
  virtual std::string address() const = 0;  // "127.0.0.1:8080", with the port that was taken
  virtual void start() = 0;
  // Graceful: stops accepting, lets running requests end, closes live lines with 1001, then idle
  // connections; what is left after `wait_ms` is cut. Returns when all is closed.
  virtual void stop(int wait_ms) = 0;
  virtual Figures figures() const = 0;
};

}  // namespace baijin::net
