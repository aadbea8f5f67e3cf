// What is in the scene: what archive, catalogue and tickets hold, each value its canary.
#include "api/scene.h"
#include "main/modules.h"
#include "modules/accounts/accounts.h"
#include "peers/postgres.h"

namespace baijin::api {
namespace {

const std::vector<std::string> archive_rights = {"customers.read", "tickets.read", "products.read",
                                                 "search.use"};
const std::vector<std::string> ticket_rights = {"tickets.read"};

}  // namespace

Scene::Scene(testing::Engine engine) {
  std::string url;
  if (engine == testing::Engine::postgres) url = peers::postgres().fresh_database();
  desk_ = std::make_unique<testing::Desk>(all_modules(), url);
  add_people();
  add_organisation();
  add_catalogue();
  for (char side : {'A', 'B'}) add_archive(side);
  add_portal_people();
  for (char side : {'A', 'B'}) {
    add_ticket(side);
    add_second_ticket(side);
    add_offered_ticket(side);
    add_closed_ticket(side);
  }
  add_roles_people();
  desk_->advance(minutes(2));  // the short token runs out, replies are on their way
  learn_rights();
  for (auto name : {"g1", "g2", "admin", "a1", "b1"}) sign_in(name);
  add_mailbox();
  for (char side : {'A', 'B'}) add_mail(side);
  for (char side : {'A', 'B'}) {
    add_talk(side);
    add_remote_image(side);
    add_desk_work(side);
    add_bulk_run(side);
    add_loose_ends(side);
  }
  add_guests();
  add_stuck_job();
  prepared_ = testing::Desk::put_away(std::move(desk_));
}

// With a logo, so that there is one to be shown: the head of a picture of one dot.
void Scene::add_organisation() {
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\6\0\0\0", 29);
  auto logo = desk_->upload("/files?name=logo.png", png, who("admin").token).id();
  done(Method::patch, "/organisation",
       R"({"guest_requests":true,"logo":)" + std::to_string(logo) + "}", 'A');
}

void Scene::add_catalogue() {
  words_["states"] = R"("start":"open","states":[
      {"key":"open","name_zh":"开","name_en":"Open","phase":"new","customer_name_zh":"已收到",
       "customer_name_en":"Received"},
      {"key":"done","name_zh":"完","name_en":"Done","phase":"closed","customer_name_zh":"已完成",
       "customer_name_en":"Finished"}],
    "transitions":[{"key":"finish","from":["open"],"to":"done","name_zh":"完成","name_en":"Finish",
      "right":"tickets.transition"}])";
  both("workflow",
       made("/workflows", R"({"key":"spare_$n$","name_zh":"备用","name_en":"Spare",
        $states$})",
            'A'),
       Seen::everybody);
  both("service_type",
       made("/service-types", R"({"key":"spare_$n$","name_zh":"备用",
        "name_en":"Spare","workflow":$workflow$})",
            'A'),
       Seen::everybody);
  both("category",
       made("/categories", R"({"key":"spare_$n$","name_zh":"备用","name_en":"Spare"})", 'A'),
       Seen::everybody);
  words_["private_field"] = "private_remark";
  made("/custom-fields", R"({"key":"private_remark","label_zh":"内部备注","label_en":"Remark",
        "kind":"text","staff_only":true})",
       'A');
  both("custom_field",
       made("/custom-fields", R"({"key":"shown_remark","label_zh":"备注",
        "label_en":"Shown","kind":"text"})",
            'A'),
       Seen::everybody);
  both("product", made("/products", R"({"name":"Desk suite","code":"SUITE"})", 'A'),
       Seen::everybody);
  both("version", made("/products/$product$/versions", R"({"name":"1.0"})", 'A'), Seen::everybody);
  both("spare_workflow",
       made("/workflows", R"({"key":"spare_$n$","name_zh":"备用",
        "name_en":"Spare",$states$})",
            'A'),
       Seen::everybody);
  words_["priorities"] = desk_->get("/priorities", who("admin").token).body;
  const auto types = desk_->get("/service-types", who("admin").token).at("items").as_array();
  for (const auto& type : types) {
    words_[std::string(type.at("key").as_string())] = std::to_string(
        type.at("id").to_number<std::int64_t>());
  }
}

void Scene::add_archive(char side) {
  auto own = [&](const std::string& what, Seen seen) {
    return canary(what, side, seen, archive_rights);
  };
  put("customer", side,
      made("/customers",
           R"({"name":")" + own("customer-name", Seen::organisation) + R"(","notes":")" +
               own("customer-notes", Seen::staff) + R"(","address":")" +
               own("customer-address", Seen::organisation) + R"(","region":$region$})",
           side),
      Seen::organisation);
  put("customer_inside", side, thing("customer", side).id, Seen::staff);
  put("site", side,
      made("/sites",
           R"({"customer":$customer$,"name":")" + own("site-name", Seen::organisation) + R"("})",
           side),
      Seen::organisation);
  auto contact = [&](const std::string& what, bool lead) {
    auto mail = "cnry-" + std::string(side == 'A' ? "a" : "b") + "-" + what + "@customer.test";
    canaries_.push_back({mail, what + " mail", side, Seen::organisation, {}, archive_rights});
    auto id = made("/contacts",
                   R"({"name":")" + own(what, Seen::organisation) + R"(","email":")" + mail +
                       R"(","wechat_openid":")" + own(what + "-wechat", Seen::staff) +
                       R"(","customers":[{"customer":$customer$,"lead":)" +
                       (lead ? "true" : "false") + "}]}",
                   side);
    return id;
  };
  put("contact", side, contact("contact", false), Seen::organisation);
  put("lead_contact", side, contact("lead", true), Seen::organisation);
  put("spare_contact", side, contact("spare", false), Seen::organisation);
  add_merged(side);
  put("asset", side,
      made("/assets",
           R"({"customer":$customer$,"site":$site$,"product":$product$,"name":")" +
               own("asset-name", Seen::organisation) + R"(","serial":")" +
               own("asset-serial", Seen::organisation) + R"("})",
           side),
      Seen::organisation);
  put("date", side,
      made("/customers/$customer$/dates",
           R"({"name":")" + own("date", Seen::staff) + R"(","day":"2027-01-04"})", side),
      Seen::staff);
  put("note", side,
      made("/customers/$customer$/notes",
           R"({"body":")" + own("customer-note", Seen::staff) + R"("})", side),
      Seen::staff);
}

// Two organisations and two people that were entered twice, and are one now.
void Scene::add_merged(char side) {
  for (const std::string kind : {"customer", "contact"}) {
    auto list = "/" + kind + "s";
    put("kept_" + kind, side, made(list, R"({"name":"Kept $n$"})", side), Seen::staff);
    auto other = std::to_string(made(list, R"({"name":"Other $n$"})", side));
    put(kind + "_merge", side,
        made(list + "/$kept_" + kind + "$/merges", R"({"other":)" + other + "}", side),
        Seen::staff);
  }
}

void Scene::add_ticket(char side) {
  auto of_ticket = [&](const std::string& what, Seen seen) {
    return canary(what, side, seen, ticket_rights);
  };
  auto customer = side == 'A' ? "a1" : "b1";
  auto engineer = side == 'A' ? "g1" : "g2";
  words_[std::string("word_") + side] = side == 'A' ? "heliotrope" : "zinnwaldite";
  put("ticket", side,
      made("/tickets",
           R"({"service_type":$fault$,"subject":")" + of_ticket("subject", Seen::work) + " " +
               word(std::string("word_") + side) + R"(","body":"<p>)" +
               of_ticket("opening", Seen::work) + R"(</p>","asset":$asset$})",
           side, customer),
      Seen::work);
  done(Method::post, "/tickets/$ticket$/assignments", R"({"team":$team$,"assignee":$user$})", side);
  done(Method::patch, "/tickets/$ticket$",
       R"({"custom":{"private_remark":")" + of_ticket("private-field", Seen::inside) +
           R"(","shown_remark":")" + of_ticket("shown-field", Seen::work) + R"("}})",
       side);
  put("message", side,
      made("/tickets/$ticket$/messages",
           R"({"kind":"reply","undo_seconds":0,"body":"<p>)" + of_ticket("reply", Seen::work) +
               R"(</p>"})",
           side, engineer),
      Seen::work);
  made("/tickets/$ticket$/evidence",
       R"({"kind":"diagnosis","body":")" + of_ticket("diagnosis", Seen::inside) + R"("})", side,
       engineer);
  made("/tickets/$ticket$/evidence",
       R"({"kind":"solution","body":")" + of_ticket("solution", Seen::work) + R"("})", side,
       engineer);
}

// Notes and files, sent in the name of the engineer and with his session.
// A note that shows an image of another host, which somebody asked for.
void Scene::add_remote_image(char side) {
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\6\0\0\0", 29);
  desk_->far_web().answer = [png](const HttpCall&) { return HttpAnswer{200, {}, png}; };
  std::string engineer = side == 'A' ? "g1" : "g2";
  auto address = "https://images.test/" + canary("image", side, Seen::inside, ticket_rights);
  put("image_note", side,
      made("/tickets/$ticket$/messages",
           R"({"kind":"note","body":"<p>look <img src=\")" + address + R"(\"></p>"})", side,
           engineer),
      Seen::inside);
  auto asked = done(Method::post, "/remote-images", R"({"holder":"message:$image_note$"})", side,
                    engineer);
  put("remote_image", side, asked.at("items.0.id").to_number<std::int64_t>(), Seen::inside);
  desk_->settle();
}

void Scene::add_talk(char side) {
  auto engineer = side == 'A' ? "g1" : "g2";
  auto upload = [&](const std::string& what, Seen seen) {
    auto name = canary(what + "-name", side, seen, ticket_rights);
    auto bytes = canary(what + "-bytes", side, seen, ticket_rights);
    auto answer = desk_->upload("/files?name=" + name + ".txt", bytes, who(engineer).token);
    return std::to_string(answer.id());
  };
  auto inside = upload("note-file", Seen::inside);
  made("/tickets/$ticket$/messages",
       R"({"kind":"note","body":"<p>)" + canary("note", side, Seen::inside, ticket_rights) +
           R"(</p>","files":[)" + inside + "]}",
       side, engineer);
  put("inside_file", side, std::stoll(inside), Seen::inside);
  auto shown = upload("reply-file", Seen::work);
  made("/tickets/$ticket$/messages",
       R"({"kind":"reply","undo_seconds":0,"body":"<p>see file</p>","files":[)" + shown + "]}",
       side, engineer);
  put("file", side, std::stoll(shown), Seen::work);
  put("pending_message", side,
      made("/tickets/$ticket$/messages",
           R"({"kind":"reply","undo_seconds":120,"body":"<p>)" +
               canary("pending", side, Seen::inside, ticket_rights) + R"(</p>"})",
           side, engineer),
      Seen::inside);
}

// A piece of work that nobody could finish, as the clockwork would leave it.
void Scene::add_stuck_job() {
  std::int64_t made_job = 0;
  desk_->change([&](Change& change) {
    change.keep_books(R"(INSERT INTO jobs (kind, key, payload, due_at, attempts, lease_until, lease,
        last_error, stuck) VALUES ('files.remove_unused_blob', 'stuck', '{"sha256":""}', 0, 12, 0,
        '', 'it did not work', TRUE))");
    made_job = change.value<std::int64_t>("SELECT j.id FROM jobs j WHERE j.key = 'stuck'").value();
  });
  both("stuck_job", made_job, Seen::staff);
}

// What is one person's own: sessions, tokens, an upload that hangs nowhere yet.
void Scene::add_loose_ends(char side) {
  std::string engineer = side == 'A' ? "g1" : "g2";
  auto own = [&](const std::string& path) {
    return desk_->get(path, who(engineer).token).at("items.0.id").to_number<std::int64_t>();
  };
  put("session", side, own("/sessions"), Seen::owner, engineer, "sessions.manage");
  put("token", side, own("/tokens"), Seen::owner, engineer, "tokens.manage");
  auto name = canary("upload-name", side, Seen::owner, {}, engineer);
  auto answer = desk_->upload("/files?name=" + name, "loose " + name, who(engineer).token);
  put("upload", side, answer.id(), Seen::owner, engineer);
  auto list = [&] {
    auto file = desk_->upload("/files?name=list.csv", "name\nFrom a list", who("admin").token);
    return words_["list_file"] = std::to_string(file.id());
  };
  put("customer_import", side,
      made("/customer-imports", R"({"kind":"customers","dry_run":true,"file":)" + list() + "}",
           side),
      Seen::staff);
  list();
  auto tickets = [&] {
    auto file = desk_->upload("/files?name=old.csv", "subject,service_type,created_at\n",
                              who("admin").token);
    return words_["ticket_file"] = std::to_string(file.id());
  };
  put("ticket_import", side,
      made("/ticket-imports", R"({"dry_run":true,"file":)" + tickets() + "}", side), Seen::staff);
  tickets();
}

}  // namespace baijin::api
