#pragma once
// What all connections of one server share, and what the server asks of each of them. One thread
// (the io thread) runs everything here, except where it says otherwise.
#include <atomic>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

#include "net/client_address.h"
#include "net/server.h"

namespace baijin::net {

namespace asio = boost::asio;
// The executor is named by its type: the type-erased default costs at every operation.
using Socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;

// A clock for deadlines: exact to a few milliseconds, and nearly free to read.
std::int64_t now_ms();

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  explicit Connection(std::string peer) : peer_(std::move(peer)) {}
  virtual ~Connection() = default;
  Connection(const Connection&) = delete;
  virtual void tick(std::int64_t now) = 0;  // looks at its deadlines
  virtual void stop() = 0;                  // ends gracefully
  virtual void cut() = 0;                   // ends at once
  virtual bool live() const { return false; }
  const std::string& peer() const { return peer_; }  // the address of the other end of the socket

 private:
  friend struct Hall;
  std::string peer_;
  std::list<Connection*>::iterator place_;
};

// Lives until the last connection object is gone, which may be after the server: a Reply that is
// still out holds one. Connections say leave() as soon as their socket is closed.
struct Hall {
  Hall(Options options_, Site& site_)
      : options(std::move(options_)), site(site_), proxies(options.trusted_proxies) {}

  const Options options;
  Site& site;
  const TrustedProxies proxies;
  asio::io_context io{1};
  asio::thread_pool disk{2};  // fsync and unlink only
  std::atomic<std::thread::id> io_thread;
  std::string date_line;
  bool stopping = false;

  std::atomic<std::int64_t> connection_count{0}, live_count{0}, request_count{0}, refused_count{0};

  bool has_room_for(const std::string& peer) const;
  void enter(Connection& connection);
  void leave(Connection& connection);
  void tick(std::int64_t now);
  void stop_all();
  void cut_all();

  // From any thread: runs the task on the io thread, or drops it when that has ended.
  template <class Task>
  void post(Task task) {
    std::lock_guard lock(gate_);
    if (!ended_) asio::post(io, std::move(task));
  }
  void end();  // nothing is accepted by post() any more; what waits is run here
  bool wait_until_empty(int wait_ms);  // less than 0: as long as it takes

 private:
  template <class Visit>
  void each(Visit visit);

  std::list<Connection*> connections_;
  std::unordered_map<std::string, int> per_peer_;
  std::mutex gate_;
  bool ended_ = false;
  std::condition_variable emptied_;
  bool empty_ = false;  // stopping, and nobody is left
};

}  // namespace baijin::net
