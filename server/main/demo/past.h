#pragma once
// Doing things in the past: the product's own commands, run at another time and by somebody.
#include <boost/json/object.hpp>
#include <functional>
#include <string_view>

#include "hub/change.h"
#include "hub/doors.h"
#include "hub/http.h"
#include "hub/hub.h"

namespace baijin::demo {

// A Change whose now() is a moment of the past.
class PastChange final : public Change {
 public:
  PastChange(Hub& hub, db::Connection& connection, const Actor& actor, RequestContext& request,
             Time at)
      : Change(hub, connection, actor, request) {
    now_ = at;
  }
};

// One transaction in which many things are done, each as a Change of its own would do it.
class Past {
 public:
  Past(Hub& hub, db::Connection& connection) : hub_(hub), connection_(connection) {}

  void change(const Actor& actor, Time at, const std::function<void(Change&)>& work) {
    RequestContext request;
    change(actor, at, request, work);
  }
  // As a request to the API: validated, decoded and answered by the module, whose rights and row
  // rules count for the actor. Returns the answer.
  boost::json::object ask(const Actor& actor, Time at, Method method, std::string path,
                          const boost::json::object& body) {
    return ask(actor, at, request_to(method, std::move(path), body));
  }
  // A file of the actor's, to be attached to what is written next.
  std::int64_t upload(const Actor& actor, Time at, std::string_view name, std::string_view bytes);
  std::int64_t create(const Actor& actor, Time at, std::string path,
                      const boost::json::object& body);  // POST, the answer's id

  Hub& hub() { return hub_; }
  std::vector<std::function<void()>>& after() { return after_; }

 private:
  void change(const Actor& actor, Time at, RequestContext& context,
              const std::function<void(Change&)>& work);
  boost::json::object ask(const Actor& actor, Time at, const Request& request);

  Hub& hub_;
  db::Connection& connection_;
  std::vector<std::function<void()>> after_;
};

// Runs `work` in one durable transaction. On PostgreSQL it may run twice.
void in_the_past(Hub& hub, const std::function<void(Past&)>& work);

// The person, allowed to do anything: roles are judged when people really sign in.
Actor acting(std::int64_t user, std::string_view name);

}  // namespace baijin::demo
