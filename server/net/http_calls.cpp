#include "net/http_calls.h"

#include <curl/curl.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "net/characters.h"
#include "net/web_address.h"

namespace baijin::net {
namespace {

constexpr std::size_t most_head_bytes = 64 * 1024;

struct CurlEnd {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
  void operator()(char* text) const { curl_free(text); }
};
using List = std::unique_ptr<curl_slist, CurlEnd>;

void add(List& list, const std::string& text) {
  list.reset(curl_slist_append(list.release(), text.c_str()));
}

// Whether curl reads the same host as we do: a second opinion.
bool curl_agrees(const std::string& url, const WebAddress& address) {
  const std::unique_ptr<CURLU, CurlEnd> parsed(curl_url());
  char* host = nullptr;
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK ||
      curl_url_get(parsed.get(), CURLUPART_HOST, &host, 0) != CURLUE_OK) {
    return false;
  }
  const std::unique_ptr<char, CurlEnd> owned(host);
  std::string_view read = host;
  if (read.starts_with('[') && read.ends_with(']')) read = read.substr(1, read.size() - 2);
  return plain_host(read) == address.host;
}

// One request and its answer.
struct Exchange {
  const Outgoing& outgoing;
  const HttpCall& call;
  HttpAnswer answer{};
  FileHandle socket{};
  std::size_t head_bytes = 0;
  bool too_long = false;

  void check_headers() const;
  std::string run(const std::string& url, const WebAddress& address, bool own_origin,
                  Deadline deadline);
  void set_request(CURL* handle, List& headers, bool own_origin) const;
  LineFailure failure(CURL* handle, CURLcode code) const;
};

// curl is given a connected socket, once: it has nothing to connect to by itself.
curl_socket_t give_socket(void* given, curlsocktype, curl_sockaddr*) {
  return static_cast<Exchange*>(given)->socket.release();  // then CURL_SOCKET_BAD
}

int is_connected(void*, curl_socket_t, curlsocktype) { return CURL_SOCKOPT_ALREADY_CONNECTED; }

std::size_t take_body(char* bytes, std::size_t, std::size_t size, void* given) {
  auto& exchange = *static_cast<Exchange*>(given);
  auto& body = exchange.answer.body;
  const auto most = static_cast<std::size_t>(exchange.call.most_bytes);
  exchange.too_long = size > most - body.size();
  if (exchange.too_long) return 0;
  body.append(bytes, size);
  return size;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t size, void* given) {
  auto& exchange = *static_cast<Exchange*>(given);
  exchange.head_bytes += size;
  exchange.too_long = exchange.head_bytes > most_head_bytes;
  if (exchange.too_long) return 0;
  const std::string_view line(bytes, size);
  if (line.starts_with("HTTP/")) exchange.answer.headers.clear();  // the one before was a 1xx
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return size;
  std::string name(line.substr(0, colon));
  for (char& c : name) c = token_octet(c);
  auto value = line.substr(colon + 1);
  while (value.ends_with('\r') || value.ends_with('\n')) value.remove_suffix(1);
  exchange.answer.headers.emplace_back(std::move(name), trimmed(value));
  return size;
}

int look_whether_stopped(void* given, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Exchange*>(given)->outgoing.dialler.stopped() ? 1 : 0;
}

CURLcode teach_trust(CURL*, void* context, void* given) {
  try {
    static_cast<Exchange*>(given)->outgoing.trust.teach(static_cast<SSL_CTX*>(context));
    return CURLE_OK;
  } catch (const std::runtime_error&) {
    return CURLE_SSL_CACERT_BADFILE;  // the file was there when the program began
  }
}

// What the program itself would send wrongly is the program's fault, not the other end's.
void Exchange::check_headers() const {
  if (!is_token(call.method)) throw std::invalid_argument("not a method: " + call.method);
  for (const auto& [name, value] : call.headers) {
    const bool ours = same_token(name, "host") || same_token(name, "content-length") ||
                      same_token(name, "transfer-encoding") || same_token(name, "connection");
    if (ours || !is_token(name) || std::any_of(value.begin(), value.end(), is_control)) {
      throw std::invalid_argument("a header that cannot be sent: " + name);
    }
  }
}

void Exchange::set_request(CURL* handle, List& headers, bool own_origin) const {
  bool typed = false;
  if (own_origin) {
    for (const auto& [name, value] : call.headers) {
      typed = typed || same_token(name, "content-type");
      // curl takes "name:" for the wish to send none, and "name;" for an empty one.
      add(headers, value.empty() ? name + ";" : name + ": " + value);
    }
  }
  add(headers, "Expect:");
  if (!typed) add(headers, "Content-Type:");
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, call.method.c_str());
  if (call.method == "HEAD") curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
  if (call.body.empty() && call.method != "POST" && call.method != "PUT") return;
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, call.body.data());
}

LineFailure Exchange::failure(CURL* handle, CURLcode code) const {
  if (too_long) return LineFailure("peer_too_long");
  long verified = 0;
  curl_easy_getinfo(handle, CURLINFO_SSL_VERIFYRESULT, &verified);
  const auto* words = curl_easy_strerror(code);
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return LineFailure("peer_timed_out");
    case CURLE_ABORTED_BY_CALLBACK: return LineFailure("stopped");
    case CURLE_PEER_FAILED_VERIFICATION:
      return {verified == X509_V_OK ? "certificate_wrong_host" : certificate_reason(verified),
              words};
    case CURLE_SSL_CONNECT_ERROR: return {"tls_failed", words};
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_PARTIAL_FILE: return {"peer_closed", words};
    default: return {"peer_garbled", words};
  }
}

// Returns where the answer sends us, or "".
std::string Exchange::run(const std::string& url, const WebAddress& address, bool own_origin,
                          Deadline deadline) {
  const auto& dialler = outgoing.dialler;
  const auto addresses = dialler.addresses_of(address.host, deadline);
  socket = dialler.dial(addresses, address.port, deadline);
  answer = {};
  head_bytes = 0;
  const std::unique_ptr<CURL, CurlEnd> owned(curl_easy_init());
  auto* handle = owned.get();
  if (handle == nullptr) throw std::bad_alloc();
  List headers, pinned;
  add(pinned, address.host + ":" + std::to_string(address.port) + ":" + to_text(addresses[0]));
  if (!parse_ip(address.host)) curl_easy_setopt(handle, CURLOPT_RESOLVE, pinned.get());
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(std::max(1, deadline.left_ms())));
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(handle, CURLOPT_HTTP_CONTENT_DECODING, 0L);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "Baijin");
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(handle, CURLOPT_SSL_CTX_FUNCTION, teach_trust);
  curl_easy_setopt(handle, CURLOPT_SSL_CTX_DATA, this);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, give_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, is_connected);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, look_whether_stopped);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, this);
  set_request(handle, headers, own_origin);
  const auto code = curl_easy_perform(handle);
  if (code != CURLE_OK) throw failure(handle, code);
  long status = 0;
  char* next = nullptr;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(handle, CURLINFO_REDIRECT_URL, &next);
  answer.status = static_cast<int>(status);
  return next != nullptr ? next : "";
}

class HttpCalls final : public Http {
 public:
  explicit HttpCalls(const Outgoing& outgoing) : outgoing_(outgoing) {
    static const CURLcode begun = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (begun != CURLE_OK) throw std::runtime_error(curl_easy_strerror(begun));
  }

  HttpAnswer call(const HttpCall& call) override {
    Exchange exchange{outgoing_, call};
    exchange.check_headers();
    const auto deadline = Deadline::in_ms(call.longest.us / 1'000);
    const auto origin = checked(call.url);
    auto url = call.url;
    auto address = origin;
    for (int hops = 0;; ++hops) {
      auto next = exchange.run(url, address, address == origin, deadline);
      if (next.empty() || call.redirects == 0 || call.method != "GET") return exchange.answer;
      if (hops == call.redirects) throw LineFailure("too_many_redirects");
      address = checked(next);
      url = std::move(next);
    }
  }

 private:
  static WebAddress checked(const std::string& url) {
    const auto address = read_web_address(url);
    if (!address || !curl_agrees(url, *address)) throw LineFailure("address_not_allowed");
    return *address;
  }

  const Outgoing& outgoing_;
};

}  // namespace

std::unique_ptr<Http> http_calls(const Outgoing& outgoing) {
  return std::make_unique<HttpCalls>(outgoing);
}

}  // namespace baijin::net
