#pragma once
// What the tests of this module share: a desk with people in it, and browsers.
#include "modules/accounts/accounts.h"
#include "modules/search/search.h"
#include "testing/desk.h"

namespace baijin::accounts {

inline constexpr std::string_view good_password = "kestrel-volume-42";

// A browser: keeps the cookie and the CSRF token as the web page does.
class Browser {
 public:
  explicit Browser(testing::Desk& desk) : desk_(&desk) {}

  testing::Answer ask(Method method, std::string target, std::string body = {}) {
    testing::Asked asked{method, std::move(target), std::move(body), "", {}, "", false};
    if (!cookie.empty()) asked.headers.emplace_back("cookie", "baijin=" + cookie);
    if (!csrf.empty()) asked.headers.emplace_back("x-csrf-token", csrf);
    auto answer = desk_->ask(std::move(asked));
    auto set = answer.header("set-cookie");
    if (set.empty()) set = answer.header("Set-Cookie");
    if (!set.empty()) {
      auto begin = set.find('=') + 1;
      cookie = set.substr(begin, set.find(';') - begin);
    }
    if (answer.status < 300 && !answer.body.empty()) take_csrf(parse_json(answer.body));
    return answer;
  }
  testing::Answer get(std::string target) { return ask(Method::get, std::move(target)); }
  testing::Answer post(std::string target, std::string body = {}) {
    return ask(Method::post, std::move(target), std::move(body));
  }
  testing::Answer patch(std::string target, std::string body) {
    return ask(Method::patch, std::move(target), std::move(body));
  }
  testing::Answer put(std::string target, std::string body) {
    return ask(Method::put, std::move(target), std::move(body));
  }
  testing::Answer del(std::string target, std::string body = {}) {
    return ask(Method::del, std::move(target), std::move(body));
  }
  testing::Answer sign_in(std::string_view login, std::string_view password = good_password,
                          std::string_view code = {}) {
    boost::json::object body{{"login", login}, {"password", password}};
    if (!code.empty()) body["code"] = code;
    return post("/sessions", boost::json::serialize(body));
  }

  std::string cookie, csrf;

 private:
  void take_csrf(const boost::json::value& answer) {
    const auto* object = answer.if_object();
    if (!object) return;
    if (const auto* session = object->if_contains("session")) return take_csrf(*session);
    if (const auto* token = object->if_contains("csrf_token")) {
      if (token->is_string()) csrf = token->as_string();
    }
  }
  testing::Desk* desk_;
};

class Accounts : public testing::DeskTest {
 protected:
  testing::Desk& furnish() {
    auto& desk = open({{"search", search::install}, {"accounts", install}});
    add("admin", "admin");
    return desk;
  }
  Id<User> add(std::string_view login, std::string_view role,
               std::string_view password = good_password) {
    NewUser input;
    input.login.value = login;
    input.name.value = login;
    if (!role.empty()) input.roles = {Slug{std::string(role)}};
    Id<User> made;
    desk_->change([&](Change& change) {
      made = add_user(change, input, password.empty() ? "" : hash_password(password));
    });
    return made;
  }
  Browser browser() { return Browser(*desk_); }
  Browser signed_in(std::string_view login) {
    Browser made(*desk_);
    auto answer = made.sign_in(login);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return made;
  }
  static std::string path(std::string_view before, std::int64_t id, std::string_view after = {}) {
    return std::string(before) + std::to_string(id) + std::string(after);
  }
};

}  // namespace baijin::accounts
