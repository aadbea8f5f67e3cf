#include "net/server.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <stdexcept>

#include "base/log.h"
#include "net/answer_head.h"
#include "net/hall.h"
#include "net/http_connection.h"

namespace baijin::net {
namespace {

using asio::ip::tcp;
using boost::system::error_code;

constexpr int longest_tick_ms = 1'000;
constexpr int shortest_tick_ms = 20;
constexpr int no_descriptor_pause_ms = 100;
constexpr int backlog = 4'096;

// One timer for all deadlines: no deadline is missed by more than half its length or a second.
std::chrono::milliseconds tick_length(const Limits& limits) {
  int shortest = std::min({limits.header_ms, limits.idle_ms, limits.write_stall_ms,
                           limits.live_ping_ms, limits.body_window_ms});
  return std::chrono::milliseconds(std::clamp(shortest / 2, shortest_tick_ms, longest_tick_ms));
}

// "HOST:PORT" or "[IPV6]:PORT".
tcp::endpoint endpoint_of(const std::string& listen, asio::io_context& io) {
  auto colon = listen.rfind(':');
  if (colon == std::string::npos) throw std::runtime_error("HOST:PORT is expected");
  auto host = listen.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  tcp::resolver resolver(io);
  auto found = resolver.resolve(host, listen.substr(colon + 1),
                                tcp::resolver::passive | tcp::resolver::numeric_service);
  return found.begin()->endpoint();
}

class AsioServer final : public Server {
 public:
  AsioServer(Options options, Site& site)
      : hall_(std::make_shared<Hall>(std::move(options), site)),
        acceptor_(hall_->io),
        tick_(hall_->io),
        pause_(hall_->io) {
    bind();
  }
  ~AsioServer() override { stop(0); }
  std::string address() const override;
  void start() override;
  void stop(int wait_ms) override;
  Figures figures() const override;

 private:
  void bind();
  void run();
  void accept();
  void accepted(error_code error, Socket socket);
  void admit(Socket socket);
  void tick();

  std::shared_ptr<Hall> hall_;
  asio::basic_socket_acceptor<tcp, asio::io_context::executor_type> acceptor_;
  asio::basic_waitable_timer<std::chrono::steady_clock,
                             asio::wait_traits<std::chrono::steady_clock>,
                             asio::io_context::executor_type>
      tick_, pause_;
  tcp::endpoint peer_;
  tcp::endpoint bound_;
  std::thread thread_;
  bool stopped_ = false;
};

void AsioServer::bind() {
  const auto& listen = hall_->options.listen;
  try {
    auto endpoint = endpoint_of(listen, hall_->io);
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    acceptor_.bind(endpoint);
    acceptor_.listen(backlog);
    bound_ = acceptor_.local_endpoint();
  } catch (const std::exception& error) {
    throw std::runtime_error("cannot listen on " + listen + ": " + error.what());
  }
}

std::string AsioServer::address() const {
  auto host = bound_.address().to_string();
  if (bound_.address().is_v6()) host = "[" + host + "]";
  return host + ":" + std::to_string(bound_.port());
}

Figures AsioServer::figures() const {
  return {hall_->connection_count, hall_->live_count, hall_->request_count, hall_->refused_count};
}

void AsioServer::start() {
  thread_ = std::thread([this] { run(); });
}

void AsioServer::run() {
  // sendfile() to a socket whose other end is gone raises it, and cannot be asked not to.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  hall_->io_thread = std::this_thread::get_id();
  tick();
  accept();
  while (true) {
    try {
      hall_->io.run();
      return;
    } catch (const std::exception& error) {
      // Out of memory, most likely: that connection is lost, its deadline or its client closes it.
      log::error("net.exception", {{"what", error.what()}});
    }
  }
}

void AsioServer::tick() {
  hall_->tick(now_ms());
  tick_.expires_after(tick_length(hall_->options.limits));
  tick_.async_wait([this](error_code error) {
    if (!error) tick();
  });
}

void AsioServer::accept() {
  acceptor_.async_accept(
      peer_, [this](error_code error, Socket socket) { accepted(error, std::move(socket)); });
}

void AsioServer::accepted(error_code error, Socket socket) {
  if (hall_->stopping || error == asio::error::operation_aborted) return;
  if (!error) {
    admit(std::move(socket));
    return accept();
  }
  if (error == boost::system::errc::connection_aborted) return accept();
  // No descriptors or memory left: trying again at once would only burn the processor.
  log::warn("net.accept_failed", {{"error", error.message()}});
  pause_.expires_after(std::chrono::milliseconds(no_descriptor_pause_ms));
  pause_.async_wait([this](error_code stopped) {
    if (!stopped) accept();
  });
}

void AsioServer::admit(Socket socket) {
  error_code error;
  socket.non_blocking(true, error);
  socket.set_option(tcp::no_delay(true), error);
  if (error) return;  // gone already
  auto peer = plain_address(peer_.address().to_string());
  if (hall_->has_room_for(peer)) return serve_http(hall_, std::move(socket), std::move(peer));
  ++hall_->refused_count;
  std::string words;
  auto answer = problem(503, "too_many_connections");
  append_head(words, answer,
              {static_cast<std::int64_t>(answer.body.size()), hall_->date_line, true, false});
  words += answer.body;
  // Best effort: an empty send buffer takes it, and nobody waits for a client that is turned away.
  ::send(socket.native_handle(), words.data(), words.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void AsioServer::stop(int wait_ms) {
  if (std::exchange(stopped_, true)) return;
  if (thread_.joinable()) {
    hall_->post([this] {
      error_code ignored;  // closed is closed
      acceptor_.close(ignored);
      hall_->stop_all();
    });
    if (!hall_->wait_until_empty(wait_ms)) {
      hall_->post([hall = hall_.get()] { hall->cut_all(); });
      hall_->wait_until_empty(-1);
    }
    hall_->disk.join();
    hall_->io.stop();
    thread_.join();
  }
  error_code ignored;  // never started, or closed already
  acceptor_.close(ignored);
  hall_->end();
}

}  // namespace

std::unique_ptr<Server> Server::open(Options options, Site& site) {
  return std::make_unique<AsioServer>(std::move(options), site);
}

}  // namespace baijin::net
