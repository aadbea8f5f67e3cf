// Who is in the scene: the people of the vendor and of the customers, their rights and doors.
#include <boost/json/serialize.hpp>
#include <stdexcept>

#include "api/scene.h"
#include "hub/keys.h"
#include "modules/accounts/accounts.h"

namespace baijin::api {
namespace {

std::string password_of(const std::string& name) { return "CNRY-password-of-" + name; }

bool is_portal_role(const std::string& role) {
  return role == "contact" || role == "customer_lead";
}

std::string cookie_in(const testing::Answer& answer) {
  auto set = answer.header("Set-Cookie");
  auto begin = set.find('=') + 1;
  return set.substr(begin, set.find(';') - begin);
}

}  // namespace

std::int64_t Scene::add_user(const std::string& name, const std::string& role,
                             std::int64_t contact) {
  accounts::NewUser input;
  input.login.value = name;
  input.name.value = "Person " + name;
  input.roles = {Slug{role}};
  if (is_portal_role(role)) {
    input.kind = accounts::UserKind::contact;
    input.contact = Id<customers::Contact>{contact};
  } else {
    input.email = Email{"cnry-mail-" + name + "@vendor.test"};
    canaries_.push_back(
        {input.email->value, "mail of " + name, '-', Seen::staff, {}, {"users.read"}});
    canaries_.push_back({input.email->value, "own mail", '-', Seen::owner, name, {}});
    if (name == "g0") {  // the narrow token is his, too
      canaries_.push_back({input.email->value, "own mail", '-', Seen::owner, "narrow", {}});
    }
  }
  std::int64_t made = 0;
  desk_->change([&](Change& change) {
    made = accounts::add_user(change, input, hash_password(password_of(name))).value;
  });
  secret(password_of(name), "password of " + name);
  users_[name] = made;
  return made;
}

void Scene::add_principal(const std::string& name, ActorKind kind, char side, std::int64_t user,
                          Duration lifetime, std::vector<std::string> scopes) {
  Principal principal;
  principal.name = name;
  principal.kind = kind;
  principal.side = side;
  desk_->change([&](Change& change) {
    Name label{"token " + name};
    principal.token = accounts::issue_token(change, Id<accounts::User>{user}, label, scopes,
                                            lifetime);
  });
  secret(principal.token, "token of " + name);
  principals_.push_back(std::move(principal));
}

// From the roles as the administrator reads them; a token's narrow scope is known where it is made.
void Scene::learn_rights() {
  for (auto& principal : principals_) {
    if (principal.token.empty()) continue;
    auto me = desk_->get("/me", principal.token);
    principal.valid = me.status == 200;
    if (!principal.valid) continue;
    const auto rights = me.at("rights").as_array();
    for (const auto& right : rights) {
      principal.rights.insert(std::string(right.as_string()));
    }
    auto scope = me.text("scope");
    principal.scope = scope == "all"      ? Scope::all
                      : scope == "region" ? Scope::region
                      : scope == "team"   ? Scope::team
                                          : Scope::own;
    principal.in_team = principal.name == "g1" || principal.name == "g2";
  }
}

void Scene::add_people() {
  principals_.push_back({"nobody", ActorKind::nobody, Scope::own, '-', false, "", false, {}});
  add_principal("admin", ActorKind::staff, '-', add_user("admin", "admin", 0));
  for (auto [name, side] : {std::pair("g0", '-'), {"g1", 'A'}, {"g2", 'B'}}) {
    add_principal(name, ActorKind::staff, side, add_user(name, "agent", 0));
  }
  add_principal("narrow", ActorKind::staff, '-', users_["g0"], days(90), {"customers.read"});
  add_principal("expired", ActorKind::staff, 'A', users_["g1"], minutes(1));
  learn_rights();
  put("user", 'A', users_["g1"], Seen::staff);
  put("user", 'B', users_["g2"], Seen::staff);
  for (char side : {'A', 'B'}) {
    put("region", side, made("/regions", R"({"name":"Region $side$"})", side), Seen::staff);
    put("team", side, made("/teams", R"({"name":"Team $side$","region":$region$})", side),
        Seen::staff);
    done(Method::put, "/teams/$team$/members", R"({"members":[{"user":$user$,"lead":true}]})",
         side);
    put("spare_team", side, made("/teams", R"({"name":"Spare team $side$"})", side), Seen::staff);
    put("spare_region", side, made("/regions", R"({"name":"Spare $side$"})", side), Seen::staff);
    auto added = [&] {
      return made("/users", R"({"kind":"staff","login":"spare.$n$","name":"Spare",
          "roles":["engineer"]})",
                  side);
    };
    put("invited_user", side, added(), Seen::staff);
    put("inactive_user", side, added(), Seen::staff);
    done(Method::post, "/users/$inactive_user$/deactivation", "", side);
    put("role", side,
        made("/roles", R"({"key":"role_$n$","name_zh":"角色","name_en":"Role","scope":"own",
             "rights":["tickets.read"]})",
             side),
        Seen::staff);
  }
}

void Scene::add_roles_people() {
  const auto roles = desk_->get("/roles", who("admin").token).at("items").as_array();
  for (const auto& role : roles) {
    const auto& fields = role.as_object();
    auto key = std::string(fields.at("key").as_string());
    if (!fields.at("builtin").as_bool() || fields.at("portal").as_bool() || key == "admin" ||
        key == "agent") {
      continue;
    }
    add_principal("role:" + key, ActorKind::staff, '-', add_user("role-" + key, key, 0));
  }
  learn_rights();
}

void Scene::add_portal_people() {
  struct Person {
    const char *name, *role, *contact;
    char side;
  };
  for (const auto& person :
       {Person{"a1", "contact", "contact", 'A'}, Person{"a2", "customer_lead", "lead_contact", 'A'},
        Person{"b1", "contact", "contact", 'B'}}) {
    auto contact = thing(person.contact, person.side).id;
    add_principal(person.name, ActorKind::contact, person.side,
                  add_user(person.name, person.role, contact));
  }
  learn_rights();
}

void Scene::sign_in(const std::string& name) {
  boost::json::object body{{"login", name}, {"password", password_of(name)}};
  auto answer = desk_->post("/sessions", boost::json::serialize(body));
  if (answer.status != 201) throw std::runtime_error("cannot sign in: " + answer.body);
  Browser browser{cookie_in(answer), answer.text("csrf_token")};
  secret(browser.cookie, "cookie of " + name);
  browsers_[name] = std::move(browser);
}

}  // namespace baijin::api
