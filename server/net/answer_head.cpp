#include "net/answer_head.h"

#include <charconv>
#include <ctime>

#include <algorithm>
#include <array>

#include "net/characters.h"

namespace baijin::net {
namespace {

void append_number(std::string& out, std::int64_t number) {
  std::array<char, 24> digits;
  auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

bool clean_value(std::string_view value) {
  return std::none_of(value.begin(), value.end(),
                      [](char c) { return is_control(c) && c != '\t'; });
}

}  // namespace

std::string_view title_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 411: return "Length Required";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 416: return "Range Not Satisfiable";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 423: return "Locked";
    case 425: return "Too Early";
    case 426: return "Upgrade Required";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    case 507: return "Insufficient Storage";
    default: return "Unknown";
  }
}

Response problem(int status, std::string_view reason) {
  Response response;
  response.status = status;
  response.headers = {{"Content-Type", "application/problem+json"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Cache-Control", "no-store"},
                      {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"}};
  // Titles and slugs are our own words: nothing in them needs escaping.
  auto& body = response.body;
  body = R"({"type":"about:blank","title":")";
  body += title_of(status);
  body += R"(","status":)";
  append_number(body, status);
  body += R"(,"reason":")";
  body += reason;
  body += "\"}";
  return response;
}

std::string date_line() {
  static constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed",
                                                      "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::time_t now = std::time(nullptr);
  std::tm tm{};
  gmtime_r(&now, &tm);
  // Not strftime: its names follow the locale.
  std::array<char, 64> line;
  auto length = std::snprintf(line.data(), line.size(),
                              "Date: %s, %02d %s %04d %02d:%02d:%02d GMT\r\n",
                              days[static_cast<std::size_t>(tm.tm_wday)], tm.tm_mday,
                              months[static_cast<std::size_t>(tm.tm_mon)], tm.tm_year + 1900,
                              tm.tm_hour, tm.tm_min, tm.tm_sec);
  return {line.data(), static_cast<std::size_t>(length)};
}

bool append_head(std::string& out, const Response& response, const HeadWords& words) {
  out += "HTTP/1.1 ";
  append_number(out, response.status);
  out += ' ';
  out += title_of(response.status);
  out += "\r\n";
  out += words.date_line;
  out += response.fixed_headers;
  for (const auto& [name, value] : response.headers) {
    if (!is_token(name) || !clean_value(value)) return false;
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
  }
  if (words.content_length) {
    out += "Content-Length: ";
    append_number(out, *words.content_length);
    out += "\r\n";
  }
  if (words.close) out += "Connection: close\r\n";
  else if (words.say_keep_alive) out += "Connection: keep-alive\r\n";
  out += "\r\n";
  return true;
}

}  // namespace baijin::net
