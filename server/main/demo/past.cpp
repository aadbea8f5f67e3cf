#include "main/demo/past.h"

#include <fstream>
#include <stdexcept>

#include "hub/keys.h"
#include "hub/registry.h"

namespace baijin::demo {

void Past::change(const Actor& actor, Time at, RequestContext& context,
                  const std::function<void(Change&)>& work) {
  PastChange change(hub_, connection_, actor, context, at);
  work(change);
  change.finish();
  for (auto& step : change.after()) after_.push_back(std::move(step));
}

boost::json::object Past::ask(const Actor& actor, Time at, const Request& request) {
  std::vector<std::int64_t> ids;
  bool path_known = false;
  const auto* route =
      hub_.registry().match(request.head.method, request.head.path, ids, path_known);
  if (!route) throw std::logic_error("there is no route " + request.head.path);
  RequestContext context;
  context.upload = request.upload;
  std::string answer;
  try {
    change(actor, at, context, [&](Change& change) {
      auto call = route->make();
      call->decode(request, ids);
      call->prepare(change);
      call->run(change);
      if (!call->has_result()) return;
      JsonWriter out(answer);
      call->write(out, Audience::staff);
    });
  } catch (Error& error) {
    error.detail += " " + request.head.path;
    for (const auto& field : error.fields) error.detail += " " + field.field + ":" + field.reason;
    throw;
  }
  if (answer.empty()) return {};
  return parse_json(answer).as_object();
}

std::int64_t Past::upload(const Actor& actor, Time at, std::string_view name,
                          std::string_view bytes) {
  auto hash = sha256_hex(bytes);
  auto path = hub_.blobs().incoming_directory() + "/demo-" + hash;
  {
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) throw Error(Kind::no_space, "disk_full");
  }
  Request request;
  request.head.method = Method::post;
  request.head.path = "/files";
  request.head.query = "name=" + std::string(name);
  request.upload = Upload{path, static_cast<std::int64_t>(bytes.size()), hash};
  return ask(actor, at, request).at("id").to_number<std::int64_t>();
}

std::int64_t Past::create(const Actor& actor, Time at, std::string_view path,
                          const boost::json::object& body) {
  return ask(actor, at, Method::post, path, body).at("id").to_number<std::int64_t>();
}

bool Past::offers(Method method, std::string_view path) const {
  std::vector<std::int64_t> ids;
  bool path_known = false;
  return hub_.registry().match(method, path, ids, path_known) != nullptr;
}

void in_the_past(Hub& hub, const std::function<void(Past&)>& work) {
  std::vector<std::function<void()>> after;
  try {
    hub.database().write_now([&](db::Connection& connection) {
      Past past(hub, connection);
      work(past);
      after = std::move(past.after());
    });
  } catch (const Error& error) {
    throw std::runtime_error("the demo cannot be made: " + error.reason + error.detail);
  }
  for (const auto& step : after) step();
}

Actor acting(std::int64_t user, std::string_view name) {
  Actor actor;
  actor.kind = ActorKind::staff;
  actor.user.value = user;
  actor.name = name;
  actor.scope = Scope::all;
  auto rights = std::make_shared<Rights>();
  rights->set();
  actor.rights = rights;
  return actor;
}

}  // namespace baijin::demo
