#include "net/http_connection.h"

#include <boost/asio/buffer.hpp>
#include <cerrno>
#include <system_error>

#include "base/log.h"
#include "net/answer_body.h"
#include "net/chunk_reader.h"
#include "net/head_reader.h"
#include "net/read_buffer.h"
#include "net/upload_file.h"
#include "net/websocket_connection.h"

namespace baijin::net {
namespace {

using boost::system::error_code;

constexpr std::size_t big_read = 64 * 1024;  // while a large body comes
constexpr std::int64_t most_drained = 4 * 1024 * 1024;
constexpr int linger_ms = 2'000;
constexpr std::string_view continue_words = "HTTP/1.1 100 Continue\r\n\r\n";

class HttpConnection final : public Connection {
 public:
  HttpConnection(std::shared_ptr<Hall> hall, Socket socket, std::string peer)
      : Connection(std::move(peer)),
        hall_(std::move(hall)),
        socket_(std::move(socket)),
        peer_trusted_(hall_->proxies.trusts(this->peer())),
        reader_(limits()) {}

  void start();
  void tick(std::int64_t now) override;
  void stop() override;
  void cut() override { close(); }
  void answered(Response response);
  void stored(std::optional<Upload> upload, int error);
  const std::shared_ptr<Hall>& hall() const { return hall_; }

 private:
  enum class State { head, body, storing, answering, writing, lingering, closed };
  enum class Step { more, wait };  // go on with what is buffered, or wait for an event

  const Limits& limits() const { return hall_->options.limits; }
  std::shared_ptr<HttpConnection> self() {
    return std::static_pointer_cast<HttpConnection>(shared_from_this());
  }
  void read();
  void received(error_code error, std::size_t count);
  void go_on();
  Step take_head();
  Step begin_request();
  Step upgrade();
  Step begin_body();
  Step take_body();
  bool take_bytes(std::string_view bytes);  // false: refused
  Step end_body();
  Step dispatch(std::optional<Upload> upload);
  Step disk_failed(int error);
  Step refuse(int status, std::string_view reason);
  Step respond(Response response);
  Step send();
  Step after_answer();
  void linger();
  void close();
  void check_pace(std::int64_t now);
  template <class Call>
  bool guarded(const char* what, Call call);

  std::shared_ptr<Hall> hall_;
  Socket socket_;
  const bool peer_trusted_;
  State state_ = State::head;
  std::int64_t deadline_ = 0;
  ReadBuffer buffer_;
  bool reading_ = false;  // a read is under way: the buffer must stay where it is
  HeadReader reader_;
  bool head_begun_ = false;
  bool first_request_ = true;

  BodyPlan plan_;
  ChunkReader chunks_;
  std::string body_;
  std::shared_ptr<UploadFile> upload_;
  std::int64_t body_bytes_ = 0;
  std::int64_t window_bytes_ = 0;  // of the body, since window_begin_
  std::int64_t window_begin_ = 0;

  std::string range_;  // of the request being answered
  OutgoingAnswer answer_;
  bool close_after_ = false;
  bool in_dispatch_ = false;
  std::optional<Response> early_;  // came while dispatch() was still calling the site
  std::int64_t drained_ = 0;
};

// The promise behind a Reply. Should the site lose it, the client still gets an answer.
struct Pending {
  std::shared_ptr<HttpConnection> connection;
  std::shared_ptr<UploadFile> upload;
  std::atomic<bool> answered{false};

  void answer(Response response) {
    if (answered.exchange(true)) {
      log::error("net.answered_twice");
      return;
    }
    auto& hall = *connection->hall();
    if (std::this_thread::get_id() == hall.io_thread.load()) {
      if (upload) asio::post(hall.disk, [gone = std::move(upload)] {});
      auto to = std::move(connection);
      return to->answered(std::move(response));
    }
    upload.reset();
    auto keep = connection->hall();
    keep->post([to = std::move(connection), what = std::move(response)]() mutable {
      to->answered(std::move(what));
    });
  }
  ~Pending() {
    if (!answered) {
      log::error("net.not_answered");
      answer(problem(500, "internal"));
    }
  }
};

// Exceptions of the site end the request, never the server.
template <class Call>
bool HttpConnection::guarded(const char* what, Call call) {
  try {
    call();
    return true;
  } catch (const std::exception& error) {
    log::error("net.site_threw", {{"in", what}, {"what", error.what()}});
    return false;
  }
}

void HttpConnection::start() {
  hall_->enter(*this);
  deadline_ = now_ms() + limits().header_ms;
  read();
}

void HttpConnection::stop() {
  if (state_ == State::head && !head_begun_) close();
}

void HttpConnection::close() {
  if (state_ == State::closed) return;
  state_ = State::closed;
  error_code ignored;  // the socket is gone either way
  socket_.close(ignored);
  if (upload_) asio::post(hall_->disk, [gone = std::move(upload_)] {});
  hall_->leave(*this);
}

// ── time ────────────────────────────────────────────────────────────────────────────────────

void HttpConnection::tick(std::int64_t now) {
  if (state_ == State::body) return check_pace(now);
  if (deadline_ == 0 || now < deadline_) return;
  if (state_ == State::head && head_begun_) refuse(408, "head_too_slow");
  else close();
}

void HttpConnection::check_pace(std::int64_t now) {
  auto elapsed = now - window_begin_;
  if (elapsed < limits().body_window_ms) return;
  if (window_bytes_ * 1'000 < elapsed * limits().body_bytes_per_second) {
    refuse(408, "body_too_slow");
    return;
  }
  window_begin_ = now;
  window_bytes_ = 0;
}

// ── reading ─────────────────────────────────────────────────────────────────────────────────

void HttpConnection::read() {
  bool big = state_ == State::body && body_bytes_ > 0;
  reading_ = true;
  buffer_.prepare(big || state_ == State::lingering ? big_read : 0);
  socket_.async_read_some(
      asio::buffer(buffer_.space(), buffer_.room()),
      [self = self()](error_code error, std::size_t count) { self->received(error, count); });
}

void HttpConnection::received(error_code error, std::size_t count) {
  reading_ = false;
  if (state_ == State::closed) return;
  if (error) return close();
  buffer_.received(count);
  if (state_ == State::lingering) {
    drained_ += static_cast<std::int64_t>(count);
    buffer_.consume(count);
    return drained_ > most_drained ? close() : read();
  }
  window_bytes_ += static_cast<std::int64_t>(count);
  // A tick may have refused the request meanwhile: its answer goes out, these bytes do not count.
  if (state_ == State::head || state_ == State::body) go_on();
}

void HttpConnection::go_on() {
  auto step = Step::more;
  while (step == Step::more && (state_ == State::head || state_ == State::body)) {
    step = state_ == State::head ? take_head() : take_body();
  }
}

HttpConnection::Step HttpConnection::take_head() {
  if (!head_begun_ && !buffer_.empty()) {
    // One empty line before a request is forgiven, as RFC 9112 §2.2 asks.
    if (buffer_.bytes().starts_with("\r\n")) buffer_.consume(2);
    head_begun_ = !buffer_.empty();
    if (head_begun_ && !first_request_) deadline_ = now_ms() + limits().header_ms;
  }
  if (!head_begun_) {
    if (hall_->stopping) close();
    else read();
    return Step::wait;
  }
  switch (reader_.read(buffer_.bytes())) {
    case HeadReader::State::more: read(); return Step::wait;
    case HeadReader::State::refused:
      return refuse(reader_.refusal().status, reader_.refusal().reason);
    case HeadReader::State::done: break;
  }
  buffer_.consume(reader_.size());
  return begin_request();
}

HttpConnection::Step HttpConnection::begin_request() {
  ++hall_->request_count;
  deadline_ = 0;
  auto& head = reader_.head();
  hall_->proxies.name_client(head.request, peer(), peer_trusted_);
  if (head.wants_live) return hall_->stopping ? refuse(503, "stopping") : upgrade();
  if (!guarded("plan", [&] { plan_ = hall_->site.plan(head.request); })) {
    return refuse(500, "internal");
  }
  if (plan_.refusal) {
    close_after_ = head.has_body();
    return respond(std::move(*plan_.refusal));
  }
  if (head.content_length > plan_.limit) return refuse(413, "body_too_large");
  return begin_body();
}

HttpConnection::Step HttpConnection::upgrade() {
  auto& head = reader_.head();
  if (head.has_body() || !buffer_.empty()) return refuse(400, "bad_handshake");
  auto refusal = bad_handshake(head.request);
  if (!refusal &&
      !guarded("refuse_live", [&] { refusal = hall_->site.refuse_live(head.request); })) {
    return refuse(500, "internal");
  }
  if (refusal) return respond(std::move(*refusal));
  hall_->leave(*this);
  state_ = State::closed;
  open_live(hall_, std::move(socket_), peer(), std::move(head.request));
  return Step::wait;
}

HttpConnection::Step HttpConnection::begin_body() {
  auto& head = reader_.head();
  if (!plan_.upload_directory.empty()) {
    try {
      upload_ = std::make_shared<UploadFile>(plan_.upload_directory);
    } catch (const std::system_error& error) {
      return disk_failed(error.code().value());
    }
  }
  if (!head.has_body()) return end_body();
  chunks_ = ChunkReader();
  body_bytes_ = 0;
  window_begin_ = now_ms();
  window_bytes_ = static_cast<std::int64_t>(buffer_.bytes().size());
  state_ = State::body;
  if (head.expects_continue && buffer_.empty()) {
    // Everything before was written, so these few bytes find room; where not, the client is gone.
    auto sent = ::send(socket_.native_handle(), continue_words.data(), continue_words.size(),
                       MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent != static_cast<ssize_t>(continue_words.size())) {
      close();
      return Step::wait;
    }
  }
  return Step::more;
}

HttpConnection::Step HttpConnection::take_body() {
  auto& head = reader_.head();
  if (!head.chunked) {
    auto left = head.content_length - body_bytes_;
    auto bytes = buffer_.bytes().substr(0, static_cast<std::size_t>(left));
    if (!bytes.empty() && !take_bytes(bytes)) return Step::wait;
    buffer_.consume(bytes.size());
    if (body_bytes_ == head.content_length) return end_body();
  } else {
    while (!buffer_.empty() && !chunks_.done()) {
      auto piece = chunks_.next(buffer_.bytes());
      if (chunks_.bad()) return refuse(400, "bad_chunk");
      if (!piece.data.empty() && !take_bytes(piece.data)) return Step::wait;
      buffer_.consume(piece.used);
    }
    if (chunks_.done()) return end_body();
  }
  read();
  return Step::wait;
}

bool HttpConnection::take_bytes(std::string_view bytes) {
  body_bytes_ += static_cast<std::int64_t>(bytes.size());
  if (body_bytes_ > plan_.limit) {
    refuse(413, "body_too_large");
    return false;
  }
  try {
    if (upload_) upload_->write(bytes);
    else body_ += bytes;
  } catch (const std::system_error& error) {
    disk_failed(error.code().value());
    return false;
  }
  return true;
}

HttpConnection::Step HttpConnection::disk_failed(int error) {
  log::error("net.upload_failed", {{"errno", error}});
  bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  return full ? refuse(507, "no_space") : refuse(500, "internal");
}

HttpConnection::Step HttpConnection::end_body() {
  if (!upload_) return dispatch({});
  state_ = State::storing;
  asio::post(hall_->disk, [self = self(), file = upload_]() mutable {
    std::optional<Upload> upload;
    int error = 0;
    try {
      upload = file->finish();
    } catch (const std::system_error& failure) {
      error = failure.code().value();
    }
    file.reset();
    auto hall = self->hall();
    hall->post([to = std::move(self), what = std::move(upload), error]() mutable {
      to->stored(std::move(what), error);
    });
  });
  return Step::wait;
}

void HttpConnection::stored(std::optional<Upload> upload, int error) {
  if (state_ != State::storing) return;
  auto step = upload ? dispatch(std::move(upload)) : disk_failed(error);
  if (step == Step::more) go_on();
}

// ── answering ───────────────────────────────────────────────────────────────────────────────

HttpConnection::Step HttpConnection::dispatch(std::optional<Upload> upload) {
  state_ = State::answering;
  buffer_.shrink();
  auto pending = std::make_shared<Pending>();
  pending->connection = self();
  pending->upload = std::move(upload_);
  Reply reply = [pending](Response response) { pending->answer(std::move(response)); };
  pending.reset();
  in_dispatch_ = true;
  Request request{std::move(reader_.head().request), std::move(body_), std::move(upload)};
  // Nothing here knows the file's version, so a range that depends on it is the whole file.
  range_ = request.head.header("if-range").empty() ? request.head.header("range") : "";
  guarded("answer", [&] { hall_->site.answer(std::move(request), std::move(reply)); });
  reply = nullptr;
  in_dispatch_ = false;
  if (!early_) return Step::wait;
  auto response = std::move(*early_);
  early_.reset();
  return respond(std::move(response));
}

void HttpConnection::answered(Response response) {
  if (in_dispatch_) {
    early_ = std::move(response);
    return;
  }
  if (state_ != State::answering) return;  // cut meanwhile
  if (respond(std::move(response)) == Step::more) go_on();
}

HttpConnection::Step HttpConnection::refuse(int status, std::string_view reason) {
  ++hall_->refused_count;
  close_after_ = true;
  if (upload_) asio::post(hall_->disk, [gone = std::move(upload_)] {});
  return respond(problem(status, reason));
}

HttpConnection::Step HttpConnection::respond(Response response) {
  auto& head = reader_.head();
  close_after_ = close_after_ || !head.keep_alive || response.close || hall_->stopping;
  AnswerTo to;
  to.get = head.request.method == Method::get;
  to.head = head.request.method == Method::head;
  to.range = range_;
  to.date_line = hall_->date_line;
  to.close = close_after_;
  to.http_1_0 = head.http_1_0;
  answer_.prepare(std::move(response), to);
  state_ = State::writing;
  return send();
}

HttpConnection::Step HttpConnection::send() {
  auto sent = answer_.send(socket_.native_handle());
  if (sent == OutgoingAnswer::Sent::all) return after_answer();
  if (sent == OutgoingAnswer::Sent::broken) {
    close();
    return Step::wait;
  }
  deadline_ = now_ms() + limits().write_stall_ms;
  socket_.async_wait(Socket::wait_write, [self = self()](error_code error) {
    if (self->state_ != State::writing) return;
    if (error) return self->close();
    if (self->send() == Step::more) self->go_on();
  });
  return Step::wait;
}

HttpConnection::Step HttpConnection::after_answer() {
  answer_.clear();
  if (close_after_) {
    linger();
    return Step::wait;
  }
  reader_.reset();
  head_begun_ = first_request_ = false;
  body_.clear();
  range_.clear();
  deadline_ = now_ms() + limits().idle_ms;
  state_ = State::head;
  return Step::more;
}

// Closing with bytes unread makes the kernel send a reset, which may destroy the answer before the
// client has read it. So the client is told the end, and what still comes is thrown away a while.
void HttpConnection::linger() {
  error_code error;
  socket_.shutdown(Socket::shutdown_send, error);
  if (error) return close();
  state_ = State::lingering;
  deadline_ = now_ms() + linger_ms;
  buffer_.consume(buffer_.bytes().size());
  if (!reading_) read();
}

}  // namespace

void serve_http(std::shared_ptr<Hall> hall, Socket socket, std::string peer) {
  auto connection = std::make_shared<HttpConnection>(std::move(hall), std::move(socket),
                                                     std::move(peer));
  connection->start();
}

}  // namespace baijin::net
