#include "net/websocket_connection.h"

#include <netinet/tcp.h>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>

#include "base/log.h"
#include "net/answer_head.h"
#include "net/characters.h"

namespace baijin::net {
namespace {

namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

constexpr int close_wait_ms = 5'000;  // for the other end's half of the closing handshake
constexpr std::size_t kept_buffer = 4'096;

class WebSocketConnection;

// The site's end. It outlives the connection when the site wishes, and knows then to do nothing.
class Line final : public LiveLine, public std::enable_shared_from_this<Line> {
 public:
  explicit Line(std::shared_ptr<Hall> hall, std::weak_ptr<WebSocketConnection> connection)
      : hall_(std::move(hall)), connection_(std::move(connection)) {}
  void send(std::shared_ptr<const std::string> text) override;
  void close(int code, std::string_view reason) override;
  // For the connection: everything that waits; and later, how much of it has been written.
  std::vector<std::shared_ptr<const std::string>> take();
  void written(std::size_t bytes);
  void end();

 private:
  std::shared_ptr<Hall> hall_;
  std::weak_ptr<WebSocketConnection> connection_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<const std::string>> waiting_;
  std::size_t queued_bytes_ = 0;  // waiting or being written
  bool woken_ = false;            // the connection was told and has not come yet
  bool open_ = true;
};

class WebSocketConnection final : public Connection {
 public:
  WebSocketConnection(std::shared_ptr<Hall> hall, Socket socket, std::string peer, RequestHead head)
      : Connection(std::move(peer)),
        hall_(std::move(hall)),
        stream_(std::move(socket)),
        head_(std::move(head)) {}

  void start();
  void tick(std::int64_t now) override;
  void stop() override { close(websocket::close_code::going_away, "stopping", true); }
  void cut() override { leave(); }
  bool live() const override { return true; }
  void drain();
  void close(int code, std::string_view reason, bool at_once);

 private:
  enum class State { opening, open, closing, closed };

  const Limits& limits() const { return hall_->options.limits; }
  std::shared_ptr<WebSocketConnection> self() {
    return std::static_pointer_cast<WebSocketConnection>(shared_from_this());
  }
  void configure();
  void opened(error_code error);
  void read();
  void received(error_code error);
  bool too_many();
  void write();
  void written(error_code error);
  void cork(bool on);
  void begin_close();
  void leave();

  std::shared_ptr<Hall> hall_;
  websocket::stream<Socket> stream_;
  RequestHead head_;
  std::shared_ptr<Line> line_;
  std::unique_ptr<LiveListener> listener_;
  State state_ = State::opening;
  std::int64_t deadline_ = 0;
  beast::flat_buffer buffer_;
  std::deque<std::shared_ptr<const std::string>> queue_;
  bool writing_ = false;
  bool corked_ = false;
  std::int64_t write_begin_ = 0;
  bool pinging_ = false;
  std::int64_t pinged_ = 0;
  std::int64_t heard_ = 0;
  std::int64_t second_ = 0;  // when the count below began
  int received_in_second_ = 0;
  int close_code_ = 0;  // the line closes once the queue is written
  std::string close_reason_;
  bool close_sent_ = false;
};

// ── the site's end ──────────────────────────────────────────────────────────────────────────

void Line::send(std::shared_ptr<const std::string> text) {
  std::unique_lock lock(mutex_);
  if (!open_) return;
  queued_bytes_ += text->size();
  if (queued_bytes_ > static_cast<std::size_t>(hall_->options.limits.live_queue_bytes)) {
    open_ = false;  // who reads too slowly comes back and asks what was missed
    waiting_.clear();
    lock.unlock();
    hall_->post([self = shared_from_this()] {
      if (auto to = self->connection_.lock()) {
        to->close(websocket::close_code::try_again_later, "too slow", true);
      }
    });
    return;
  }
  waiting_.push_back(std::move(text));
  if (std::exchange(woken_, true)) return;
  lock.unlock();
  hall_->post([self = shared_from_this()] {
    if (auto to = self->connection_.lock()) to->drain();
  });
}

void Line::close(int code, std::string_view reason) {
  hall_->post([self = shared_from_this(), code, reason = std::string(reason)] {
    if (auto to = self->connection_.lock()) to->close(code, reason, false);
  });
}

std::vector<std::shared_ptr<const std::string>> Line::take() {
  std::lock_guard lock(mutex_);
  woken_ = false;
  return std::exchange(waiting_, {});
}

void Line::written(std::size_t bytes) {
  std::lock_guard lock(mutex_);
  queued_bytes_ -= bytes;
}

void Line::end() {
  std::lock_guard lock(mutex_);
  open_ = false;
  waiting_.clear();
}

// ── opening ─────────────────────────────────────────────────────────────────────────────────

void WebSocketConnection::configure() {
  websocket::stream_base::timeout none{websocket::stream_base::none(),
                                       websocket::stream_base::none(), false};
  stream_.set_option(none);  // tick() minds the time of all lines with one timer
  // Beast names itself and its version unless something else stands there.
  stream_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
    response.set(beast::http::field::server, "baijin");
  }));
  stream_.read_message_max(static_cast<std::size_t>(limits().live_message_bytes));
  stream_.auto_fragment(false);  // a message is one frame, written without copying it
  stream_.text(true);
  stream_.control_callback([this](websocket::frame_type kind, beast::string_view) {
    heard_ = now_ms();
    if (kind == websocket::frame_type::pong) pinged_ = 0;
    if (kind != websocket::frame_type::ping || !too_many()) return;
    // Not from inside Beast's read.
    asio::post(hall_->io, [self = self()] {
      self->close(websocket::close_code::policy_error, "too many messages", true);
    });
  });
}

void WebSocketConnection::start() {
  hall_->enter(*this);
  deadline_ = now_ms() + limits().header_ms;
  configure();
  beast::http::request<beast::http::empty_body> request{beast::http::verb::get, "/", 11};
  for (std::string_view name :
       {"host", "connection", "upgrade", "sec-websocket-key", "sec-websocket-version"}) {
    auto value = head_.header(name);
    request.set(beast::string_view(name.data(), name.size()),
                beast::string_view(value.data(), value.size()));
  }
  stream_.async_accept(request, [self = self()](error_code error) { self->opened(error); });
}

void WebSocketConnection::opened(error_code error) {
  if (state_ == State::closed) return;
  if (error) return leave();
  if (state_ == State::closing) return begin_close();  // stopped meanwhile
  state_ = State::open;
  deadline_ = 0;
  heard_ = pinged_ = 0;
  second_ = heard_ = now_ms();
  line_ = std::make_shared<Line>(hall_, self());
  try {
    listener_ = hall_->site.connect(head_, line_);
  } catch (const std::exception& failure) {
    log::error("net.site_threw", {{"in", "connect"}, {"what", failure.what()}});
  }
  head_ = RequestHead{};
  if (!listener_) return close(websocket::close_code::internal_error, "", true);
  read();
}

// ── reading ─────────────────────────────────────────────────────────────────────────────────

void WebSocketConnection::read() {
  stream_.async_read(buffer_,
                     [self = self()](error_code error, std::size_t) { self->received(error); });
}

bool WebSocketConnection::too_many() {
  auto now = now_ms();
  if (now - second_ >= 1'000) {
    second_ = now;
    received_in_second_ = 0;
  }
  return ++received_in_second_ > limits().live_messages_per_second;
}

void WebSocketConnection::received(error_code error) {
  // While closing, the handler of the closing handshake or the deadline ends the connection.
  if (state_ == State::closed || (state_ == State::closing && close_sent_)) return;
  if (error) return leave();
  if (state_ == State::closing) return read();
  heard_ = now_ms();
  if (too_many()) return close(websocket::close_code::policy_error, "too many messages", true);
  if (stream_.got_binary()) {
    return close(websocket::close_code::unknown_data, "text messages only", true);
  }
  try {
    auto data = buffer_.cdata();
    listener_->received({static_cast<const char*>(data.data()), data.size()});
  } catch (const std::exception& failure) {
    log::error("net.site_threw", {{"in", "received"}, {"what", failure.what()}});
    return close(websocket::close_code::internal_error, "", true);
  }
  buffer_.clear();
  if (buffer_.capacity() > kept_buffer) buffer_.shrink_to_fit();
  read();
}

// ── writing ─────────────────────────────────────────────────────────────────────────────────

void WebSocketConnection::drain() {
  if (state_ == State::closed || close_sent_) return;
  for (auto& text : line_->take()) queue_.push_back(std::move(text));
  if (!writing_) write();
}

void WebSocketConnection::write() {
  if (queue_.empty()) {
    cork(false);
    if (close_code_ != 0) begin_close();
    return;
  }
  // Many small messages that wait together leave in few packets.
  if (queue_.size() > 1) cork(true);
  writing_ = true;
  write_begin_ = now_ms();
  stream_.async_write(asio::buffer(*queue_.front()),
                      [self = self()](error_code error, std::size_t) { self->written(error); });
}

void WebSocketConnection::written(error_code error) {
  writing_ = false;
  if (state_ == State::closed || close_sent_) return;
  if (error) return leave();
  line_->written(queue_.front()->size());
  queue_.pop_front();
  write();
}

void WebSocketConnection::cork(bool on) {
  if (corked_ == on) return;
  corked_ = on;
  int value = on ? 1 : 0;
  ::setsockopt(stream_.next_layer().native_handle(), IPPROTO_TCP, TCP_CORK, &value, sizeof value);
}

// ── ending ──────────────────────────────────────────────────────────────────────────────────

void WebSocketConnection::close(int code, std::string_view reason, bool at_once) {
  if (state_ == State::closed || close_sent_) return;
  if (close_code_ == 0) {
    close_code_ = code;
    close_reason_ = reason.substr(0, 123);
    deadline_ = now_ms() + close_wait_ms;
  }
  bool opening = state_ == State::opening;
  state_ = State::closing;
  if (opening) return;  // opened() goes on from here
  if (line_ && !at_once) drain();
  if (close_sent_ || (!at_once && (writing_ || !queue_.empty()))) return;
  begin_close();
}

void WebSocketConnection::begin_close() {
  if (close_sent_) return;
  close_sent_ = true;
  state_ = State::closing;
  if (line_) line_->end();
  cork(false);
  websocket::close_reason why(static_cast<websocket::close_code>(close_code_),
                              beast::string_view(close_reason_));
  stream_.async_close(why, [self = self()](error_code) { self->leave(); });
}

void WebSocketConnection::leave() {
  if (state_ == State::closed) return;
  state_ = State::closed;
  error_code ignored;  // the socket is gone either way
  stream_.next_layer().close(ignored);
  hall_->leave(*this);
  if (line_) line_->end();
  auto listener = std::move(listener_);
  if (!listener) return;
  try {
    listener->closed();
  } catch (const std::exception& failure) {
    log::error("net.site_threw", {{"in", "closed"}, {"what", failure.what()}});
  }
}

void WebSocketConnection::tick(std::int64_t now) {
  if (deadline_ != 0 && now >= deadline_) return leave();
  if (state_ != State::open) return;
  // Beast has said goodbye (asked to, or for a broken rule) and waits for the other end to close.
  if (deadline_ == 0 && !stream_.is_open()) deadline_ = now + close_wait_ms;
  if (deadline_ != 0) return;
  if (writing_ && now - write_begin_ >= limits().write_stall_ms) return leave();
  if (pinged_ != 0) {
    if (now - pinged_ >= limits().live_ping_ms) leave();
    return;
  }
  if (now - heard_ < limits().live_ping_ms || pinging_) return;
  pinging_ = true;
  pinged_ = now;
  stream_.async_ping({}, [self = self()](error_code) { self->pinging_ = false; });
}

}  // namespace

std::optional<Response> bad_handshake(const RequestHead& head) {
  if (head.header("sec-websocket-version") != "13") {
    auto response = problem(426, "websocket_version");
    response.headers.emplace_back("Sec-WebSocket-Version", "13");
    return response;
  }
  // 16 bytes in base64: 22 characters and two signs of equality.
  auto key = head.header("sec-websocket-key");
  bool good = key.size() == 24 && key.ends_with("==");
  for (char c : key.substr(0, good ? 22 : 0)) {
    good = good &&
           ((token_octet(c) >= '0' && token_octet(c) <= 'z' && c != '^' && c != '_' && c != '`') ||
            c == '+' || c == '/');
  }
  if (!good) return problem(400, "bad_handshake");
  return {};
}

void open_live(std::shared_ptr<Hall> hall, Socket socket, std::string peer, RequestHead head) {
  std::make_shared<WebSocketConnection>(std::move(hall), std::move(socket), std::move(peer),
                                        std::move(head))
      ->start();
}

}  // namespace baijin::net
