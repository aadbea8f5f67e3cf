#include "main/demo/past.h"

#include <fstream>
#include <stdexcept>

#include "hub/doors.h"
#include "hub/keys.h"

namespace baijin::demo {

void Past::change(const Actor& actor, Time at, RequestContext& context,
                  const std::function<void(Change&)>& work) {
  PastChange change(hub_, connection_, actor, context, at);
  work(change);
  change.finish();
  for (auto& step : change.after()) after_.push_back(std::move(step));
}

boost::json::object Past::ask(const Actor& actor, Time at, const Request& request) {
  RequestContext context;
  context.upload = request.upload;
  boost::json::object answer;
  change(actor, at, context, [&](Change& change) { answer = through_door(change, request); });
  return answer;
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

std::int64_t Past::create(const Actor& actor, Time at, std::string path,
                          const boost::json::object& body) {
  return ask(actor, at, Method::post, std::move(path), body).at("id").to_number<std::int64_t>();
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
    throw std::runtime_error("the demo cannot be made: " + error.reason + " " + error.detail);
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
