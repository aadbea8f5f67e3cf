// What the desk makes of tickets: links, merges, splits, checklists, work, replies, views, runs.
#include "api/scene.h"

namespace baijin::api {
namespace {

const std::vector<std::string> ticket_rights = {"tickets.read"};
const std::vector<std::string> guest_rights = {"tickets.read", "customers.read", "search.use"};

}  // namespace

// A second ticket of the same customer that holds what was merged into and split off it.
void Scene::add_second_ticket(char side) {
  auto opened = [&](const std::string& what) {
    return made("/tickets",
                R"({"service_type":$fault$,"customer":$customer$,"contact":$contact$,
        "team":$team$,"channel":"phone","subject":")" +
                    canary(what, side, Seen::work, ticket_rights) + R"(","body":"<p>said</p>"})",
                side);
  };
  put("second_ticket", side, opened("second-subject"), Seen::work);
  auto other = std::to_string(opened("merged-subject"));
  put("merge", side,
      made("/tickets/$second_ticket$/merges",
           R"({"other":)" + other + R"(,"reason":")" +
               canary("merge-reason", side, Seen::inside, ticket_rights) + R"("})",
           side),
      Seen::inside);
  auto message = std::to_string(made("/tickets/$second_ticket$/messages",
                                     R"({"kind":"note","body":"<p>split me</p>"})", side));
  put("split", side,
      made("/tickets/$second_ticket$/splits",
           R"({"messages":[)" + message + R"(],"subject":")" +
               canary("split-subject", side, Seen::work, ticket_rights) + R"("})",
           side),
      Seen::inside);
  put("link", side,
      made("/tickets/$ticket$/links", R"({"to":$second_ticket$,"kind":"relates"})", side),
      Seen::inside);
  put("incident", side, opened("incident-subject"), Seen::work);
  made("/tickets/$incident$/links", R"({"to":$second_ticket$,"kind":"incident"})", side);
}

// A question that is answered and waits for the customer to say so.
void Scene::add_offered_ticket(char side) {
  put("offered_ticket", side,
      made("/tickets",
           R"({"service_type":$consultation$,"customer":$customer$,"contact":$contact$,
          "team":$team$,"assignee":$user$,"subject":")" +
               canary("offered-subject", side, Seen::work, ticket_rights) + R"("})",
           side),
      Seen::work);
  done(Method::post, "/tickets/$offered_ticket$/transitions", R"({"to":"answering"})", side);
  done(Method::post, "/tickets/$offered_ticket$/transitions",
       R"({"to":"awaiting_customer","fields":{"solution":"Turn it around."}})", side);
}

// Confirmed by the contact who asked, and not rated yet.
void Scene::add_closed_ticket(char side) {
  put("closed_ticket", side,
      made("/tickets",
           R"({"service_type":$consultation$,"customer":$customer$,"contact":$contact$,
          "team":$team$,"assignee":$user$,"subject":"An old question"})",
           side),
      Seen::work);
  done(Method::post, "/tickets/$closed_ticket$/transitions", R"({"to":"answering"})", side);
  done(Method::post, "/tickets/$closed_ticket$/transitions",
       R"({"to":"awaiting_customer","fields":{"solution":"Turn it around."}})", side);
  done(Method::post, "/tickets/$closed_ticket$/confirmations", R"({"solved":true})", side,
       side == 'A' ? "a1" : "b1");
}

// A stranger's request, worked on by the side's engineer; gives the secret of its link.
std::string Scene::add_guest(const std::string& ticket, char side) {
  auto asked = done(Method::post, "/guest-requests",
                    R"({"name":")" + canary("guest-name", side, Seen::staff, guest_rights) +
                        R"(","email":"guest.$n$@guest.test","service_type":$consultation$,
        "subject":")" + canary("guest-subject", side, Seen::inside, ticket_rights) +
                        R"(","body":"<p>May I ask?</p>"})",
                    side, "nobody");
  auto list = desk_->get("/tickets?number=" + asked.text("number"), who("admin").token);
  put(ticket, side, list.at("items.0.id").to_number<std::int64_t>(), Seen::inside);
  done(Method::post, "/tickets/$" + ticket + "$/assignments",
       R"({"team":$team$,"assignee":$user$})", side);
  auto link = asked.text("link");
  auto token = link.substr(link.find('#') + 1);
  secret(token, "link of a guest");
  return token;
}

void Scene::add_guests() {
  for (char side : {'B', 'A'}) words_["guest_token"] = add_guest("guest_ticket", side);
  auto file = desk_->upload("/files?name=answer.txt", "bytes", who("g1").token).id();
  words_["guest_file"] = std::to_string(file);
  made("/tickets/$guest_ticket$/messages",
       R"({"kind":"reply","undo_seconds":0,"body":"<p>see</p>","files":[$guest_file$]})", 'A',
       "g1");
  for (const std::string ticket : {"offered_guest", "closed_guest"}) {
    words_[ticket + "_token"] = add_guest(ticket, 'A');
    auto path = "/tickets/$" + ticket + "$/transitions";
    done(Method::post, path, R"({"to":"answering"})", 'A');
    done(Method::post, path,
         R"({"to":"awaiting_customer","fields":{"solution":"Turn it around."}})", 'A');
  }
  done(Method::post, "/guest-requests/confirmations",
       R"({"token":"$closed_guest_token$","solved":true})", 'A', "nobody");
}

void Scene::add_desk_work(char side) {
  std::string engineer = side == 'A' ? "g1" : "g2";
  auto inside = [&](const std::string& what) {
    return canary(what, side, Seen::inside, ticket_rights);
  };
  done(Method::post, "/tickets/$ticket$/watchers", R"({"member":$user$})", side);
  put("watcher", side, thing("user", side).id, Seen::inside);
  put("checklist_item", side,
      made("/tickets/$ticket$/checklist", R"({"title":")" + inside("checklist") + R"("})", side),
      Seen::inside);
  put("work_log", side,
      made("/tickets/$ticket$/work-logs",
           R"({"kind":"phone","started_at":"2026-11-23T04:00:00Z",
            "minutes":30,"note":")" +
               inside("work-log") + R"("})",
           side, engineer),
      Seen::inside);
  put("canned_reply", side,
      made("/canned-replies",
           R"({"name_en":")" + canary("canned", side, Seen::owner, ticket_rights, engineer) +
               R"(","body_en":"<p>x</p>","kind":"reply","personal":true})",
           side, engineer),
      Seen::owner, engineer);
  put("view", side,
      made("/views",
           R"({"name_en":")" + canary("view", side, Seen::owner, ticket_rights, engineer) +
               R"(","sharing":"personal","filter":{"assignee":"me"}})",
           side, engineer),
      Seen::owner, engineer);
}

// By one who may and who sees no ticket: each is refused, and the run is his alone.
void Scene::add_bulk_run(char side) {
  std::string dispatcher = "role:dispatcher";
  put("bulk_run", side,
      made("/tickets/bulk", R"({"tickets":[$ticket$],"action":"add_tag","fields":{"tag":"seen"}})",
           side, dispatcher),
      Seen::owner_or_all, dispatcher);
}

}  // namespace baijin::api
