#include "cast.h"

#include <stdexcept>

namespace baijin::stories {

std::int64_t made(const Answer& answer) {
  if (answer.status != 200 && answer.status != 201) {
    throw std::runtime_error(std::to_string(answer.status) + " " + answer.body);
  }
  return answer.id();
}

std::int64_t service_type(Browser& who, const std::string& key) {
  const auto types = who.get("/service-types").json();
  const auto& list = types.is_object() ? types.at("items").as_array() : types.as_array();
  for (const auto& type : list) {
    if (type.at("key").as_string() == key) return type.at("id").as_int64();
  }
  throw std::runtime_error("no service type " + key);
}

std::int64_t add_customer(Browser& admin, const std::string& name, std::int64_t region) {
  boost::json::object body{{"name", name}};
  if (region != 0) body["region"] = region;
  return made(admin.post("/customers", body));
}

std::int64_t add_contact(Browser& admin, const std::string& name, std::int64_t customer,
                         const boost::json::object& more) {
  boost::json::object belonging{{"customer", customer}};
  boost::json::object body{{"name", name}, {"customers", boost::json::array{belonging}}};
  for (const auto& field : more) body[field.key()] = field.value();
  return made(admin.post("/contacts", body));
}

Browser person(Browser& admin, const Person& who, std::int64_t* id) {
  boost::json::object body{{"kind", who.contact != 0 ? "contact" : "staff"},
                           {"login", who.login},
                           {"name", who.name},
                           {"roles", boost::json::value_from(who.roles)},
                           {"regions", boost::json::value_from(who.regions)}};
  if (who.contact != 0) body["contact"] = who.contact;
  auto user = made(admin.post("/users", body));
  if (id) *id = user;
  auto link = admin.post("/users/" + std::to_string(user) + "/invitation").text("link");
  Browser browser(admin.address());
  auto redeemed = browser.post("/password-resets/redeem",
                               {{"token", secret_of(link)}, {"password", good_password}});
  if (redeemed.status >= 300) throw std::runtime_error("invitation: " + redeemed.body);
  auto signed_in = browser.sign_in(who.login, good_password);
  if (signed_in.status != 201) throw std::runtime_error("sign in: " + signed_in.body);
  return browser;
}

std::int64_t open_ticket(Browser& who, const boost::json::object& more) {
  boost::json::object body{{"subject", "打不开报表"}};
  for (const auto& field : more) body[field.key()] = field.value();
  if (!body.contains("service_type")) body["service_type"] = service_type(who, "fault");
  return made(who.post("/tickets", body));
}

std::string secret_of(const std::string& link) { return link.substr(link.find_last_of("#=/") + 1); }

}  // namespace baijin::stories
