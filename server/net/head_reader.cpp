#include "net/head_reader.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "net/characters.h"
#include "net/target.h"

namespace baijin::net {
namespace {

constexpr std::size_t most_headers = 100;
constexpr std::size_t longest_method = 32;

// Headers that carry one value; two of them mean that somebody was cheated.
constexpr std::array<std::string_view, 22> single_headers = {"authorization",
                                                             "content-length",
                                                             "content-type",
                                                             "content-disposition",
                                                             "date",
                                                             "expect",
                                                             "from",
                                                             "host",
                                                             "idempotency-key",
                                                             "if-modified-since",
                                                             "if-range",
                                                             "if-unmodified-since",
                                                             "max-forwards",
                                                             "origin",
                                                             "proxy-authorization",
                                                             "range",
                                                             "referer",
                                                             "sec-websocket-key",
                                                             "transfer-encoding",
                                                             "user-agent",
                                                             "x-forwarded-proto",
                                                             "sec-websocket-version"};

bool is_single(std::string_view name) {
  return std::find(single_headers.begin(), single_headers.end(), name) != single_headers.end();
}

Method method_of(std::string_view name) {
  if (name == "GET") return Method::get;
  if (name == "POST") return Method::post;
  if (name == "HEAD") return Method::head;
  if (name == "PUT") return Method::put;
  if (name == "PATCH") return Method::patch;
  if (name == "DELETE") return Method::del;
  return Method::other;
}

// The length of the name, or 0 when there is no valid name followed at once by a colon.
std::size_t name_length(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == ':') return i;
    if (token_octet(line[i]) == 0) return 0;
  }
  return 0;
}

bool is_value(std::string_view value) {
  bool high = false;
  for (char c : value) {
    if (is_control(c) && c != '\t') return false;
    high = high || is_high(c);
  }
  return !high || is_utf8(value);
}

}  // namespace

bool is_header_line(std::string_view line) {
  auto length = name_length(line);
  return length > 0 && is_value(line.substr(length + 1));
}

void HeadReader::reset() {
  line_ = scanned_ = 0;
  request_line_read_ = false;
  authority_.clear();
  head_ = Head{};
}

HeadReader::State HeadReader::refuse(int status, std::string_view reason) {
  refusal_ = {status, reason};
  return State::refused;
}

HeadReader::State HeadReader::read(std::string_view bytes) {
  while (true) {
    const void* found = bytes.size() > scanned_
                            ? std::memchr(bytes.data() + scanned_, '\n', bytes.size() - scanned_)
                            : nullptr;
    if (!found) {
      scanned_ = bytes.size();
      return check_unfinished(bytes);
    }
    auto end = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
    if (end == line_ || bytes[end - 1] != '\r') return refuse(400, "bare_line_feed");
    auto line = bytes.substr(line_, end - 1 - line_);
    line_ = scanned_ = end + 1;
    if (line_ > head_limit_) return check_unfinished(bytes);
    auto state = request_line_read_ && line.empty() ? finish() : read_line(line);
    if (state != State::more) return state;
  }
}

HeadReader::State HeadReader::check_unfinished(std::string_view bytes) {
  auto longest_line = target_limit_ + longest_method + sizeof " HTTP/1.1\r\n";
  if (!request_line_read_) {
    // What is not HTTP at all (a TLS greeting, say) is told so at once.
    if (!bytes.empty() && token_octet(bytes.front()) == 0) return refuse(400, "bad_request_line");
    if (bytes.size() > longest_line) return refuse(414, "target_too_long");
  }
  return bytes.size() > head_limit_ ? refuse(431, "head_too_large") : State::more;
}

HeadReader::State HeadReader::read_line(std::string_view line) {
  return request_line_read_ ? read_header(line) : read_request_line(line);
}

HeadReader::State HeadReader::read_request_line(std::string_view line) {
  auto first = line.find(' ');
  auto second = first == std::string_view::npos ? first : line.find(' ', first + 1);
  if (second == std::string_view::npos) return refuse(400, "bad_request_line");
  auto method = line.substr(0, first);
  auto target = line.substr(first + 1, second - first - 1);
  auto version = line.substr(second + 1);
  if (method.size() > longest_method || !is_token(method)) return refuse(400, "bad_method");
  if (target.size() > target_limit_) return refuse(414, "target_too_long");
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    bool other = version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) &&
                 version[6] == '.' && is_digit(version[7]);
    return other ? refuse(505, "unsupported_version") : refuse(400, "bad_request_line");
  }
  head_.http_1_0 = version.back() == '0';
  head_.request.method = method_of(method);
  head_.request.headers.reserve(16);
  auto reason = read_target(target, method == "OPTIONS", head_.request, authority_);
  if (!reason.empty()) return refuse(400, reason);
  request_line_read_ = true;
  return State::more;
}

HeadReader::State HeadReader::read_header(std::string_view line) {
  if (line.front() == ' ' || line.front() == '\t') return refuse(400, "folded_header");
  auto length = name_length(line);
  if (length == 0) return refuse(400, "bad_header_name");
  auto value = trimmed(line.substr(length + 1));
  if (!is_value(value)) return refuse(400, "bad_header_value");
  return add_header(line.substr(0, length), value);
}

HeadReader::State HeadReader::add_header(std::string_view name, std::string_view value) {
  auto& headers = head_.request.headers;
  if (headers.size() >= most_headers) return refuse(431, "too_many_headers");
  for (auto& [its_name, its_value] : headers) {
    if (!same_token(name, its_name)) continue;
    if (is_single(its_name)) return refuse(400, "repeated_header");
    its_value += its_name == "cookie" ? "; " : ", ";
    its_value += value;
    return State::more;
  }
  auto& [new_name, new_value] = headers.emplace_back();
  new_name.resize(name.size());
  std::transform(name.begin(), name.end(), new_name.begin(), token_octet);
  new_value = value;
  return State::more;
}

const std::string* HeadReader::find(std::string_view name) const {
  for (const auto& [its_name, value] : head_.request.headers) {
    if (its_name == name) return &value;
  }
  return nullptr;
}

HeadReader::State HeadReader::finish() {
  if (auto state = read_host(); state != State::more) return state;
  if (auto state = read_framing(); state != State::more) return state;
  if (auto state = read_connection(); state != State::more) return state;
  if (auto* coding = find("content-encoding"); coding && !same_token(*coding, "identity")) {
    return refuse(415, "content_encoding_not_supported");
  }
  if (auto* expect = find("expect"); expect && !head_.http_1_0) {
    if (!same_token(*expect, "100-continue")) return refuse(417, "expectation_failed");
    head_.expects_continue = true;
  }
  return State::done;
}

HeadReader::State HeadReader::read_host() {
  for (auto& [name, value] : head_.request.headers) {
    if (name != "host") continue;
    if (!is_authority(value)) return refuse(400, "bad_host");
    if (!authority_.empty()) value = authority_;
    return State::more;
  }
  return head_.http_1_0 ? State::more : refuse(400, "missing_host");
}

HeadReader::State HeadReader::read_framing() {
  auto* coding = find("transfer-encoding");
  if (!coding) return read_content_length();
  if (find("content-length")) return refuse(400, "two_body_lengths");
  if (head_.http_1_0 || !same_token(*coding, "chunked"))
    return refuse(400, "bad_transfer_encoding");
  head_.chunked = true;
  return State::more;
}

HeadReader::State HeadReader::read_content_length() {
  auto* length = find("content-length");
  if (!length) return State::more;
  if (length->empty() || length->size() > 18) return refuse(400, "bad_content_length");
  for (char c : *length) {
    if (!is_digit(c)) return refuse(400, "bad_content_length");
    head_.content_length = head_.content_length * 10 + (c - '0');
  }
  return State::more;
}

HeadReader::State HeadReader::read_connection() {
  auto* connection = find("connection");
  if (connection && !is_token_list(*connection)) return refuse(400, "bad_connection");
  bool closes = connection && list_names(*connection, "close");
  bool keeps = connection && list_names(*connection, "keep-alive");
  head_.keep_alive = !closes && (!head_.http_1_0 || keeps);
  auto* upgrade = find("upgrade");
  head_.wants_live = upgrade && !head_.http_1_0 && head_.request.method == Method::get &&
                     list_names(*upgrade, "websocket") && connection &&
                     list_names(*connection, "upgrade");
  return State::more;
}

}  // namespace baijin::net
