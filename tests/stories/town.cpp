#include "stories/town.h"

#include <boost/json/serialize.hpp>
#include <filesystem>
#include <stdexcept>

namespace baijin::stories {
namespace fs = std::filesystem;
namespace {

struct Town {
  Folder folder;
  std::map<std::string, std::int64_t> ids;
  std::map<std::string, std::string> tokens;
  std::string directory() const { return folder / "desk"; }
};

Answer must(Answer answer) {
  if (answer.status < 200 || answer.status > 299) {
    throw std::runtime_error("the town could not be built: " + answer.body);
  }
  return answer;
}

std::string token_of(const Town& town, const std::string& login) {
  auto ran = testing::run_program({"token", "--data", town.directory(), "--user", login});
  auto at = ran.output.rfind("bj_");
  if (ran.status != 0 || at == std::string::npos) throw std::runtime_error(ran.output);
  return ran.output.substr(at, ran.output.find('\n', at) - at);
}

// Invited, as the administrator does it; the link's secret is exchanged for a password.
void add_person(Town& town, WebClient& admin, WebClient& visitor, const std::string& login,
                const std::string& role, const std::string& contact = {}) {
  boost::json::object body{{"login", login}, {"name", login}, {"roles", {role}}};
  body["kind"] = contact.empty() ? "staff" : "contact";
  if (!contact.empty()) body["contact"] = town.ids.at(contact);
  auto id = must(admin.post("/users", boost::json::serialize(body))).id();
  town.ids[login] = id;
  auto link = must(admin.post("/users/" + std::to_string(id) + "/invitation")).text("link");
  boost::json::object redemption{{"token", link.substr(link.find_last_of("#/=") + 1)},
                                 {"password", good_password}};
  must(visitor.post("/password-resets/redeem", boost::json::serialize(redemption)));
  town.tokens[login] = token_of(town, login);
}

void add_customer(Town& town, WebClient& admin, const std::string& name, const std::string& contact) {
  auto customer = must(admin.post("/customers", R"({"name":")" + name + R"("})")).id();
  town.ids[name] = customer;
  town.ids[contact + ".contact"] =
      must(admin.post("/contacts", R"({"name":")" + contact + R"(","email":")" + contact +
                                       R"(@customer.test","phone":"13900001111","customers":[{"customer":)" +
                                       std::to_string(customer) + "}]}"))
          .id();
}

void settle(Town& town) {
  auto ran = testing::run_program(
      {"user", "add", "admin", "--data", town.directory(), "--name", "Administrator"},
      std::string(good_password) + "\n");
  if (ran.status != 0) throw std::runtime_error(ran.output);
  town.tokens["admin"] = token_of(town, "admin");
  Program program(town.directory());
  program.start();
  WebClient admin(program.port()), visitor(program.port());
  admin.token = town.tokens["admin"];
  add_customer(town, admin, "hospital", "wang");
  add_customer(town, admin, "harbour", "ma");
  for (const auto& [login, role] : {std::pair("lin", "agent"), {"chen", "engineer"},
                                    {"gao", "manager"}, {"stranger", "agent"}}) {
    add_person(town, admin, visitor, login, role);
  }
  add_person(town, admin, visitor, "wang", "contact", "wang.contact");
  add_person(town, admin, visitor, "ma", "contact", "ma.contact");
  town.ids["north"] = must(admin.post("/teams", R"({"name":"North"})")).id();
  must(admin.put("/teams/" + std::to_string(town.ids["north"]) + "/members",
                 R"({"members":[{"user":)" + std::to_string(town.ids["lin"]) +
                     R"(,"lead":true},{"user":)" + std::to_string(town.ids["chen"]) + "}]}"));
  const auto types = admin.get("/service-types").at("items").as_array();
  for (const auto& type : types) {
    town.ids[std::string(type.at("key").as_string())] = type.at("id").to_number<std::int64_t>();
  }
  if (program.stop() != 0) throw std::runtime_error("the town's server did not stop: " + program.log());
}

const Town& town() {
  static const auto made = [] {
    auto town = std::make_unique<Town>();
    settle(*town);
    return town;
  }();
  return *made;
}

}  // namespace

void Story::SetUp() { fs::copy(town().directory(), directory(), fs::copy_options::recursive); }

void Story::open(std::vector<std::string> more) {
  program = std::make_unique<Program>(directory(), std::move(more));
  program->start();
}

WebClient Story::as(const std::string& person) {
  WebClient client(program->port());
  client.token = town().tokens.at(person);
  return client;
}

WebClient Story::signed_in(const std::string& person) {
  WebClient client(program->port());
  EXPECT_STATUS(client.sign_in(person, good_password), 201);
  return client;
}

std::int64_t Story::id(const std::string& thing) const { return town().ids.at(thing); }

std::string Story::at(const std::string& before, const std::string& thing,
                      const std::string& after) const {
  return before + std::to_string(id(thing)) + after;
}

std::int64_t Story::new_ticket(const std::string& subject, const std::string& type) {
  auto lin = as("lin");
  auto made = lin.post("/tickets", R"({"service_type":)" + std::to_string(id(type)) +
                                       R"(,"subject":")" + subject + R"(","channel":"phone","contact":)" +
                                       std::to_string(id("wang.contact")) + R"(,"team":)" +
                                       std::to_string(id("north")) + "}");
  EXPECT_STATUS(made, 201);
  return made.status == 201 ? made.id() : 0;
}

}  // namespace baijin::stories
