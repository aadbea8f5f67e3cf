#include "api/sound.h"

#include <algorithm>
#include <string_view>

namespace baijin::api {
namespace {

constexpr std::string_view needed_headers[] = {
    "X-Content-Type-Options",     "Content-Security-Policy", "Referrer-Policy",
    "Cross-Origin-Opener-Policy", "Permissions-Policy",      "Cache-Control"};

// Words of the inside that no answer to a mistake holds.
constexpr std::string_view inside_words[] = {
    "SELECT ", "INSERT INTO", "UPDATE ", "sqlite",    "SQLITE",    "libpq",
    "PG::",    "42P",         "std::",   "boost",     ".cpp",      "/server/",
    "/tmp/",   "/home/",      "/usr/",   "terminate", "exception", "stack"};

}  // namespace

std::string unsound(const testing::Answer& answer) {
  if (answer.status >= 500) return "an error of the program: " + answer.body.substr(0, 300);
  for (auto name : needed_headers) {
    if (answer.header(name).empty()) return "no header " + std::string(name);
  }
  auto policy = answer.header("Content-Security-Policy");
  if (policy.find("default-src 'none'") == policy.npos) return "an open policy: " + policy;
  auto type = answer.header("Content-Type");
  if (!answer.body.empty() && type.empty()) return "no content type";
  if (answer.status < 400) return {};
  if (type != "application/problem+json") return "a problem of type " + type;
  for (auto word : inside_words) {
    if (answer.body.find(word) != answer.body.npos) return "it speaks of " + std::string(word);
  }
  return {};
}

std::string shape_of(const testing::Answer& answer) {
  auto headers = answer.headers;
  std::sort(headers.begin(), headers.end());
  auto shape = std::to_string(answer.status) + "\n";
  for (const auto& [name, value] : headers) shape += name + ": " + value + "\n";
  auto body = answer.body;
  auto at = body.find("\"request\":\"");
  if (at != body.npos) body.erase(at, body.find('"', at + 11) + 1 - at);
  return shape + body;
}

}  // namespace baijin::api
