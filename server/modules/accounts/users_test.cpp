#include "modules/accounts/users.h"

#include "modules/accounts/test_doors.h"

namespace baijin::accounts {
namespace {

class Users : public Accounts {};
BAIJIN_ON_BOTH_ENGINES(Users)

std::string secret_of(const testing::Answer& answer) {
  auto link = answer.text("link");
  return link.substr(link.find('#') + 1);
}

TEST_P(Users, are_added_invited_and_choose_a_password) {
  auto& desk = furnish();
  auto admin = signed_in("admin");
  auto made = admin.post("/users",
                         R"({"kind":"staff","login":"Li.Wei","name":"李伟","phone":"13812341234",
      "email":"li@desk.test","roles":["engineer"]})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.header("Location"), path("/api/v1/users/", made.id()));
  EXPECT_EQ(made.text("phone"), "13812341234");
  EXPECT_FALSE(made.at("has_password").as_bool());
  EXPECT_EQ(admin.post("/users", R"({"kind":"staff","login":"li.wei","name":"x"})").reason(),
            "login_taken");

  auto invited = admin.post(path("/users/", made.id(), "/invitation"));
  ASSERT_EQ(invited.status, 200) << invited.body;
  EXPECT_TRUE(invited.text("link").starts_with("http://desk.test/invitation#")) << invited.body;
  auto secret = secret_of(invited);
  auto page = browser();
  auto body = R"({"token":")" + secret + R"(","password":"kestrel-volume-42"})";
  EXPECT_EQ(page.post("/password-resets/redeem", body).status, 204);
  EXPECT_EQ(page.post("/password-resets/redeem", body).status, 404);  // single use
  EXPECT_EQ(page.sign_in("li.wei").status, 201);
  EXPECT_EQ(page.get("/users").status, 200);
  EXPECT_EQ(page.post("/users", R"({"kind":"staff","login":"x","name":"x"})").status, 403);
  EXPECT_EQ(desk.rows_of({"one_time_links"}).find(secret), std::string::npos);
}

TEST_P(Users, U2_reset_links_hold_once_and_for_an_hour) {
  auto& desk = furnish();
  auto id = add("wang", "agent");
  auto admin = signed_in("admin");
  auto offer = [&] {
    auto answer = admin.post(path("/users/", id.value, "/password-reset"));
    EXPECT_TRUE(answer.text("link").starts_with("http://desk.test/password-reset#"));
    return secret_of(answer);
  };
  auto redeem = [&](const std::string& secret) {
    return browser().post("/password-resets/redeem",
                          R"({"token":")" + secret + R"(","password":"another-volume-43"})");
  };
  auto first = offer(), second = offer();
  EXPECT_EQ(redeem(first).status, 404);  // the newer one took its place
  EXPECT_EQ(redeem(second.substr(1)).status, 404);
  EXPECT_EQ(redeem("").status, 404);
  EXPECT_EQ(browser().post("/password-resets/redeem", R"({"password":"another-volume-43"})").status,
            404);
  desk.clock().advance(minutes(20));
  auto wang = signed_in("wang");
  EXPECT_EQ(redeem(second).status, 204);
  EXPECT_EQ(wang.get("/me").status, 401);  // a new password ends all sessions
  EXPECT_EQ(browser().sign_in("wang").status, 401);

  auto third = offer();
  desk.clock().advance(minutes(61));
  EXPECT_EQ(redeem(third).status, 404);

  admin = signed_in("admin");
  auto fourth = offer();
  EXPECT_EQ(admin.patch(path("/users/", id.value), R"({"email":"new@desk.test"})").status, 200);
  EXPECT_EQ(redeem(fourth).status, 404);  // dies with a change of address
}

// Z9: guesses at links are throttled like guesses at passwords.
TEST_P(Users, Z9_guessing_links_is_throttled) {
  furnish();
  int refused = 0;
  for (int i = 0; i < 8; ++i) {
    auto answer = browser().post("/password-resets/redeem",
                                 R"({"token":"guess","password":"another-volume-43"})");
    EXPECT_TRUE(answer.status == 404 || answer.status == 429);
    refused += answer.status == 429 ? 1 : 0;
  }
  EXPECT_EQ(refused, 3);
}

TEST_P(Users, U2_asking_for_a_reset_tells_nothing) {
  auto& desk = furnish();
  auto known = browser().post("/password-resets", R"({"login":"admin"})");
  auto unknown = browser().post("/password-resets", R"({"login":"nobody.there"})");
  EXPECT_EQ(known.status, 204);
  EXPECT_EQ(unknown.status, 204);
  EXPECT_EQ(known.body, unknown.body);
  EXPECT_EQ(desk.events("user:1").back(), "accounts.password_reset_asked");
}

// Checklist 9: nobody becomes or makes an administrator who is none.
TEST_P(Users, checklist_9_nobody_gives_more_than_he_holds) {
  furnish();
  auto boss = add("boss", "manager");  // holds users.manage
  auto agent = add("agent", "agent");
  auto page = signed_in("boss");
  EXPECT_EQ(
      page.post("/users", R"({"kind":"staff","login":"x","name":"x","roles":["admin"]})").reason(),
      "more_than_own");
  EXPECT_EQ(page.patch(path("/users/", agent.value), R"({"roles":["admin"]})").reason(),
            "more_than_own");
  EXPECT_EQ(page.patch(path("/users/", boss.value), R"({"roles":["admin"]})").reason(),
            "more_than_own");
  for (auto after : {"/password-reset", "/deactivation", "/invitation"}) {
    EXPECT_EQ(page.post(path("/users/", 1, after)).reason(), "outranked") << after;
  }
  EXPECT_EQ(page.patch("/users/1", R"({"name":"x"})").reason(), "outranked");
  EXPECT_EQ(page.del("/users/1/sessions").reason(), "outranked");
  EXPECT_EQ(page.patch(path("/users/", agent.value), R"({"roles":["dispatcher"]})").status, 200);
  EXPECT_EQ(page.post("/roles", R"({"key":"x","name_zh":"x","name_en":"x","portal":false,
      "scope":"all","rights":["*"]})")
                .status,
            403);
}

// Z6: what is no field of the input is refused, whatever column it names.
TEST_P(Users, Z6_mass_assignment) {
  furnish();
  auto admin = signed_in("admin");
  auto id = add("wang", "agent");
  for (auto extra : {R"("id":7)", R"("version":9)", R"("active":false)", R"("kind":"contact")",
                     R"("created_at":"2020-01-01T00:00:00Z")", R"("password_hash":"x")",
                     R"("folded_login":"x")", R"("two_factor":true)"}) {
    auto body = std::string("{") + extra + "}";
    EXPECT_EQ(admin.patch(path("/users/", id.value), body).status, 400) << extra;
  }
  EXPECT_EQ(admin.patch("/me", R"({"roles":["admin"]})").status, 400);
  EXPECT_EQ(admin.get(path("/users/", id.value)).at("version").as_int64(), 1);
}

// Checklist 10.
TEST_P(Users, checklist_10_the_last_administrator_stays) {
  furnish();
  auto admin = signed_in("admin");
  EXPECT_EQ(admin.post("/users/1/deactivation").reason(), "last_admin");
  EXPECT_EQ(admin.patch("/users/1", R"({"roles":[]})").reason(), "last_admin");
  auto roles = admin.get("/roles").at("items").as_array();
  for (const auto& role : roles) {
    if (role.at("key").as_string() != "admin") continue;
    auto id = role.at("id").as_int64();
    EXPECT_EQ(admin.patch(path("/roles/", id), R"({"rights":["users.read"]})").reason(),
              "last_admin");
    EXPECT_EQ(admin.del(path("/roles/", id)).reason(), "builtin_role");
  }
  EXPECT_EQ(admin.get("/me").status, 200);
  auto second = add("second", "admin");
  EXPECT_EQ(admin.post(path("/users/", second.value, "/deactivation")).status, 200);
  EXPECT_EQ(browser().sign_in("second").status, 401);
  EXPECT_EQ(admin.post(path("/users/", second.value, "/activation")).status, 200);
  EXPECT_EQ(admin.patch("/users/1", R"({"roles":["manager"]})").status, 200);  // told as an event
  EXPECT_EQ(desk_->events("user:1").back(), "accounts.user_changed");
}

// Z8: a right, a session and a token that were taken away are gone with the next request.
TEST_P(Users, Z8_what_is_taken_away_is_gone_at_once) {
  furnish();
  auto id = add("wang", "agent");
  auto wang = signed_in("wang"), admin = signed_in("admin");
  std::string token;
  desk_->change([&](Change& change) {
    std::vector<std::string> scopes{"*"};
    token = issue_token(change, id, Name{"脚本"}, scopes, days(1));
  });
  EXPECT_EQ(desk_->get("/users", token).status, 200);
  EXPECT_EQ(wang.get("/users").status, 200);
  auto made = admin.post("/roles", R"({"key":"bare","name_zh":"空","name_en":"Bare","portal":false,
      "scope":"own","rights":[]})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(admin.patch(path("/users/", id.value), R"({"roles":["bare"]})").status, 200);
  EXPECT_EQ(desk_->get("/users", token).status, 403);
  EXPECT_EQ(desk_->get("/me", token).status, 200);
  EXPECT_EQ(admin.patch(path("/roles/", made.id()), R"({"rights":["users.read"]})").status, 200);
  EXPECT_EQ(desk_->get("/users", token).status, 200);
  EXPECT_EQ(admin.post(path("/users/", id.value, "/deactivation")).status, 200);
  EXPECT_EQ(desk_->get("/me", token).status, 401);
}

TEST_P(Users, portal_users_hold_portal_roles_only) {
  auto& desk = furnish();
  NewUser input;
  input.kind = UserKind::contact;
  input.login.value = "customer";
  input.name.value = "客户";
  input.contact = Id<customers::Contact>{5};
  input.roles = {Slug{"agent"}};
  EXPECT_THROW(desk.change([&](Change& change) { add_user(change, input, ""); }), Error);
  input.roles = {Slug{"contact"}};
  desk.change([&](Change& change) { add_user(change, input, hash_password(good_password)); });
  auto page = signed_in("customer");
  auto me = page.get("/me");
  EXPECT_EQ(me.at("contact").as_int64(), 5);
  for (auto hidden : {"/users", "/users/1", "/roles", "/teams", "/regions"}) {
    EXPECT_EQ(page.get(hidden).status, 403) << hidden;
  }
  desk.change([](Change& change) { end_access_of(change, {5}); });
  EXPECT_EQ(page.get("/me").status, 401);
  auto admin = signed_in("admin");
  EXPECT_EQ(admin
                .post("/roles", R"({"key":"x","name_zh":"x","name_en":"x","portal":true,
      "scope":"own","rights":["users.read"]})")
                .reason(),
            "not_for_the_portal");
}

TEST_P(Users, lists_filter_and_page) {
  furnish();
  for (int i = 0; i < 5; ++i) add("agent" + std::to_string(i), "agent");
  auto admin = signed_in("admin");
  auto first = admin.get("/users?role=agent&limit=3&count=true");
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(first.at("items").as_array().size(), 3u);
  EXPECT_EQ(first.at("total").as_int64(), 5);
  auto rest = admin.get("/users?role=agent&limit=3&cursor=" + first.text("next"));
  EXPECT_EQ(rest.at("items").as_array().size(), 2u);
  EXPECT_TRUE(rest.at("next").is_null());
  EXPECT_EQ(admin.get("/users?login=AGENT3").at("items").as_array().size(), 1u);
  EXPECT_EQ(admin.get("/users?sort=password_hash").status, 400);
  EXPECT_EQ(admin.get("/users?password_hash=x").status, 400);
}

TEST_P(Users, are_found_by_name_sign_in_name_and_initials) {
  furnish();
  auto admin = signed_in("admin");
  admin.post("/users", R"({"kind":"staff","login":"rexian1","name":"李娜","roles":["agent"]})");
  for (auto q : {"ln", "LN", "%E5%A8%9C", "rexian"}) {
    auto found = admin.get(std::string("/users?q=") + q);
    ASSERT_EQ(found.status, 200) << found.body;
    ASSERT_EQ(found.at("items").as_array().size(), 1u) << q;
    EXPECT_EQ(found.text("items.0.initials"), "ln");
  }
  EXPECT_EQ(admin.get("/users?q=%25").at("items").as_array().size(), 0u);
}

TEST_P(Users, SEC6_phone_numbers_are_masked_for_who_lacks_the_right) {
  furnish();
  auto admin = signed_in("admin");
  auto made = admin.post("/users",
                         R"({"kind":"staff","login":"li","name":"李","phone":"13812341234"})");
  add("boss", "executive");
  auto answer = signed_in("boss").get(path("/users/", made.id()));
  EXPECT_EQ(answer.text("phone"), "138****1234");
}

TEST_P(Users, versions_guard_against_overwriting) {
  furnish();
  auto admin = signed_in("admin");
  auto id = add("wang", "agent").value;
  testing::Asked asked{
      Method::patch,
      path("/users/", id),
      R"({"name":"a"})",
      "",
      {{"cookie", "baijin=" + admin.cookie}, {"x-csrf-token", admin.csrf}, {"if-match", "\"1\""}},
      "",
      false};
  EXPECT_EQ(desk_->ask(asked).status, 200);
  EXPECT_EQ(desk_->ask(asked).reason(), "changed_meanwhile");
}

TEST_P(Users, staff_are_found_by_search) {
  furnish();
  auto admin = signed_in("admin");
  admin.post("/users", R"({"kind":"staff","login":"ouyang","name":"欧阳修芬"})");
  auto answer = admin.get("/search?q=ouyang");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.at("items").as_array().size(), 1u) << answer.body;
}

}  // namespace
}  // namespace baijin::accounts
