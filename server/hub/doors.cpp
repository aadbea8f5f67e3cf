#include "hub/doors.h"

#include <boost/json/serialize.hpp>
#include <stdexcept>

#include "hub/hub.h"

namespace baijin {
namespace {

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 c == '.' || c == '-' || c == '_';
    if (plain) out += c;
    else out += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return out;
}

}  // namespace

boost::json::object through_door(Change& change, const Request& request) {
  std::vector<std::int64_t> ids;
  bool path_known = false;
  const auto* route = change.hub().registry().match(request.head.method, request.head.path, ids,
                                                    path_known);
  if (!route) throw std::logic_error("there is no route " + request.head.path);
  try {
    auto call = route->make();
    call->decode(request, ids);
    call->prepare(change);
    call->run(change);
    if (!call->has_result()) return {};
    std::string answer;
    JsonWriter out(answer);
    call->write(out, Audience::staff);
    return parse_json(answer).as_object();
  } catch (Error& error) {
    if (!error.detail.empty()) error.detail += " ";
    error.detail += request.head.path;
    for (const auto& field : error.fields) error.detail += " " + field.field + ":" + field.reason;
    throw;
  }
}

Request request_to(Method method, std::string path, const boost::json::object& body) {
  Request request;
  request.head.method = method;
  request.head.path = std::move(path);
  request.body = boost::json::serialize(body);
  return request;
}

Request question_to(std::string path, std::string_view name, std::string_view value) {
  Request request;
  request.head.method = Method::get;
  request.head.path = std::move(path);
  request.head.query = std::string(name) + "=" + percent_encoded(value);
  return request;
}

}  // namespace baijin
