#pragma once
// What net/ hands in and gets back. This is all the hub knows of HTTP; net/ knows all of it.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baijin {

enum class Method { get, head, post, put, patch, del, other };

struct RequestHead {
  Method method = Method::get;
  std::string target;  // as sent: "/api/v1/tickets?state=open"
  std::string path;    // percent-decoded once; a decoded NUL, "/../" or bad UTF-8 is 400 in net/
  std::string query;   // as sent, without '?'
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case, in order
  std::string address;  // of the client, after trusted proxies; an IP address
  bool secure = false;  // came over TLS (here or at a trusted proxy)
  // The value of the only header of this name; "" when absent. Sent twice: net/ joined with ", "
  // where that is allowed, else answered 400.
  std::string_view header(std::string_view name) const;
};

// A streamed body, already on disk (fsynced) in the directory the Site named.
struct Upload {
  std::string path;
  std::int64_t bytes = 0;
  std::string sha256;  // lower-case hex
};

struct Request {
  RequestHead head;
  std::string body;              // empty when it went to `upload`
  std::optional<Upload> upload;  // the file is removed by net/ after the answer if it still exists
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;  // no Content-Length, no Date
  // Header lines that never change, ready to send ("Name: value\r\n…"); static text.
  std::string_view fixed_headers;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // instead of body: large texts served often
  std::string_view static_body;                    // instead of body: embedded pages
  std::string file;                                // instead of body: a path; Range is honoured
  bool close = false;
};
using Reply = std::function<void(Response)>;  // called once, from any thread

// What net/ may read of a body, decided from the head alone.
struct BodyPlan {
  std::optional<Response> refusal;  // answer this without reading the body, then close
  std::int64_t limit = 1 << 20;     // more is 413; a larger Content-Length is 413 before reading
  std::string upload_directory;     // not empty: stream the body into a new file here
};

// One open live connection (WebSocket). Thread-safe; never blocks.
class LiveLine {
 public:
  virtual ~LiveLine() = default;
  virtual void send(std::shared_ptr<const std::string> text) = 0;  // > 1 MiB queued: closes 1013
  virtual void close(int code, std::string_view reason) = 0;
};
class LiveListener {
 public:
  virtual ~LiveListener() = default;
  virtual void received(std::string_view text) = 0;  // called on a net/ thread, must not block long
  virtual void closed() = 0;                         // last call
};

// The one who answers: hub/serve.h.
class Site {
 public:
  virtual ~Site() = default;
  virtual BodyPlan plan(const RequestHead& head) = 0;     // on a net/ thread, must not block
  virtual void answer(Request request, Reply reply) = 0;  // must not block: it hands over
  // A WebSocket handshake: a refusal to send, or nothing: then connect() is called once open.
  virtual std::optional<Response> refuse_live(const RequestHead& head) = 0;
  virtual std::unique_ptr<LiveListener> connect(const RequestHead& head,
                                                std::shared_ptr<LiveLine> line) = 0;
};

}  // namespace baijin
