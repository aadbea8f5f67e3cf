// The yardstick for everything we serve over HTTP: the least a Beast server can do. One thread, no
// limits, no time-outs, no routes: every GET is answered with the same body of N bytes.
//   bare_server --listen 127.0.0.1:PORT --bytes N
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using boost::system::error_code;

namespace {

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, const std::string& body) : socket_(std::move(socket)), body_(body) {}

  void read() {
    request_ = {};
    http::async_read(socket_, buffer_, request_,
                     [self = shared_from_this()](error_code error, std::size_t) {
                       if (!error) self->write();
                     });
  }

 private:
  void write() {
    response_ = {};
    response_.version(request_.version());
    response_.result(request_.method() == http::verb::get ? http::status::ok
                                                          : http::status::method_not_allowed);
    response_.set(http::field::content_type, "application/json");
    response_.keep_alive(request_.keep_alive());
    response_.body() = body_;
    response_.prepare_payload();
    http::async_write(socket_, response_,
                      [self = shared_from_this()](error_code error, std::size_t) {
                        if (!error && self->response_.keep_alive()) self->read();
                      });
  }

  tcp::socket socket_;
  const std::string& body_;
  beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> response_;
};

void accept(tcp::acceptor& acceptor, const std::string& body) {
  acceptor.async_accept([&](error_code error, tcp::socket socket) {
    if (!error) {
      socket.set_option(tcp::no_delay(true));
      std::make_shared<Session>(std::move(socket), body)->read();
    }
    accept(acceptor, body);
  });
}

}  // namespace

int main(int count, char** words) {
  std::string listen = "127.0.0.1:8099";
  std::size_t bytes = 200;
  for (int i = 1; i + 1 < count; i += 2) {
    std::string_view name = words[i];
    if (name == "--listen") listen = words[i + 1];
    else if (name == "--bytes") bytes = std::strtoull(words[i + 1], nullptr, 10);
  }
  auto colon = listen.rfind(':');
  if (colon == std::string::npos) {
    std::fprintf(stderr, "usage: bare_server --listen 127.0.0.1:PORT --bytes N\n");
    return 2;
  }
  auto port = static_cast<unsigned short>(std::atoi(listen.c_str() + colon + 1));
  asio::io_context io(1);
  const std::string body(bytes, 'x');
  tcp::acceptor acceptor(io, {asio::ip::make_address(listen.substr(0, colon)), port});
  accept(acceptor, body);
  io.run();
}
