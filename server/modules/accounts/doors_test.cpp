#include "modules/accounts/test_doors.h"

#include "modules/accounts/roles.h"
#include "modules/accounts/totp.h"
#include "modules/accounts/users.h"

namespace baijin::accounts {
namespace {

class Doors : public Accounts {};
BAIJIN_ON_BOTH_ENGINES(Doors)

std::string from_base32(std::string_view text) {
  std::string bytes;
  std::uint32_t held = 0;
  int bits = 0;
  for (char c : text) {
    held = held << 5 | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes += static_cast<char>(held >> bits & 0xff);
    }
  }
  return bytes;
}

// Checklist 58: no default password; the setup link works once and never again.
TEST_P(Doors, checklist_58_setup_happens_once) {
  auto& desk = open({{"search", search::install}, {"accounts", install}});
  std::string link, older;
  desk.change([&](Change& change) { older = make_setup_link(change); });
  desk.change([&](Change& change) { link = make_setup_link(change); });
  ASSERT_TRUE(link.starts_with("http://desk.test/setup#")) << link;
  auto body = [](std::string_view link_text) {
    auto secret = link_text.substr(link_text.find('#') + 1);
    return R"({"token":")" + std::string(secret) + R"(","organisation":"某软件公司","login":"first",
        "name":"第一人","password":"kestrel-volume-42"})";
  };
  auto page = browser();
  EXPECT_EQ(page.post("/setup", body(older)).status, 404);
  EXPECT_EQ(page.post("/setup", body("#")).status, 404);
  auto answer = page.post("/setup", body(link));
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(page.get("/me").at("roles").as_array()[0].as_string(), "admin");
  EXPECT_EQ(browser().post("/setup", body(link)).status, 404);
  EXPECT_EQ(browser().sign_in("first").status, 201);
  EXPECT_THROW(desk.change([](Change& change) { make_setup_link(change); }), Error);
}

TEST_P(Doors, U10_second_factor_and_recovery_codes) {
  auto& desk = furnish();
  auto page = signed_in("admin");
  EXPECT_EQ(page.post("/me/totp", R"({"password":"wrong"})").status, 401);
  auto begun = page.post("/me/totp", R"({"password":"kestrel-volume-42"})");
  ASSERT_EQ(begun.status, 200) << begun.body;
  auto secret = from_base32(begun.text("secret"));
  auto code = [&](int away = 0) {
    return totp_code(secret, desk.clock().now().us / 1'000'000 / totp_seconds + away);
  };
  EXPECT_EQ(browser().sign_in("admin").status, 201);  // nothing counts before it is confirmed
  EXPECT_EQ(page.post("/me/totp/confirm", R"({"code":"000000"})").reason(), "wrong_code");
  auto old = page;
  auto on = page.post("/me/totp/confirm", R"({"code":")" + code() + R"("})");
  ASSERT_EQ(on.status, 200) << on.body;
  EXPECT_EQ(old.get("/me").status, 401);  // U1
  EXPECT_TRUE(page.get("/me").at("two_factor").as_bool());
  auto codes = on.at("recovery_codes").as_array();
  EXPECT_EQ(codes.size(), 10u);

  EXPECT_EQ(browser().sign_in("admin").reason(), "code_required");
  EXPECT_EQ(browser().sign_in("admin", good_password, code()).reason(),
            "wrong_code");  // used above
  desk.clock().advance(seconds(30));
  auto next = code();
  EXPECT_EQ(browser().sign_in("admin", good_password, next).status, 201);
  EXPECT_EQ(browser().sign_in("admin", good_password, next).reason(), "wrong_code");
  auto spare = std::string(codes[0].as_string());
  EXPECT_EQ(browser().sign_in("admin", good_password, spare).status, 201);
  EXPECT_EQ(browser().sign_in("admin", good_password, spare).status, 401);
  auto rows = desk.rows_of({"user_secrets", "recovery_codes", "events"});
  EXPECT_EQ(rows.find(begun.text("secret")), std::string::npos);
  EXPECT_EQ(rows.find(secret), std::string::npos);
  EXPECT_EQ(rows.find(spare), std::string::npos);

  desk.clock().advance(minutes(15));  // the wrong codes above are forgotten
  EXPECT_EQ(page.del("/me/totp", R"({"password":"kestrel-volume-42"})").status, 200);
  EXPECT_EQ(browser().sign_in("admin").status, 201);
}

TEST_P(Doors, U10_five_tries_at_a_code) {
  auto& desk = furnish();
  auto page = signed_in("admin");
  auto secret = from_base32(
      page.post("/me/totp", R"({"password":"kestrel-volume-42"})").text("secret"));
  page.post("/me/totp/confirm",
            R"({"code":")" + totp_code(secret, desk.clock().now().us / 30'000'000) + R"("})");
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(browser().sign_in("admin").reason(),
              "code_required");  // is no failure, and clears none
    EXPECT_EQ(browser().sign_in("admin", good_password, "000000").reason(), "wrong_code") << i;
  }
  EXPECT_EQ(browser().sign_in("admin", good_password, "000000").status, 429);
}

TEST_P(Doors, a_lost_second_factor_is_taken_off_by_an_administrator) {
  auto& desk = furnish();
  auto id = add("wang", "agent");
  auto wang = signed_in("wang"), admin = signed_in("admin");
  auto secret = from_base32(
      wang.post("/me/totp", R"({"password":"kestrel-volume-42"})").text("secret"));
  wang.post("/me/totp/confirm",
            R"({"code":")" + totp_code(secret, desk.clock().now().us / 30'000'000) + R"("})");
  EXPECT_EQ(admin.del(path("/users/", id.value, "/totp")).status, 204);
  EXPECT_EQ(wang.get("/me").status, 401);
  EXPECT_EQ(browser().sign_in("wang").status, 201);
}

// U8 and checklist 21: hashed, scoped, expiring, last use shown, told once.
TEST_P(Doors, U8_api_tokens) {
  auto& desk = furnish();
  auto page = signed_in("admin");
  EXPECT_EQ(page.post("/tokens", R"({"name":"n","scopes":[]})").status, 400);
  EXPECT_EQ(page.post("/tokens", R"({"name":"n","scopes":["no.such"]})").reason(), "unknown_right");
  auto made = page.post("/tokens",
                        R"({"name":"看板","scopes":["users.read"],"lifetime_seconds":3600})");
  ASSERT_EQ(made.status, 201) << made.body;
  auto token = made.text("token");
  EXPECT_TRUE(token.starts_with("bj_"));
  auto known = page.get("/tokens?everybody=true").at("items").as_array();
  ASSERT_EQ(known.size(), 1u);
  EXPECT_NE(known[0].at("user_name").as_string(), "");
  EXPECT_EQ(token.size(), 46u);

  EXPECT_EQ(desk.get("/users", token).status, 200);
  EXPECT_EQ(desk.post("/users", R"({"kind":"staff","login":"x","name":"x"})", token).status, 403);
  EXPECT_EQ(desk.post("/tokens", R"({"name":"n","scopes":["*"]})", token).reason(),
            "session_needed");
  EXPECT_EQ(desk.get("/me", token).at("rights").as_array().size(), 1u);
  EXPECT_TRUE(desk.get("/me", token).at("csrf_token").is_null());
  for (const auto& wrong :
       {token + "x", token.substr(0, 45), std::string("bj_"), token.substr(3)}) {
    EXPECT_EQ(desk.get("/users", wrong).status, 401) << wrong;
  }
  desk.advance(minutes(1));
  auto list = page.get("/tokens");
  EXPECT_FALSE(list.at("items.0.seen_at").is_null()) << list.body;
  EXPECT_EQ(list.body.find(token), std::string::npos);

  add("wang", "manager");
  auto wang = signed_in("wang");
  EXPECT_EQ(wang.post("/tokens", R"({"name":"n","scopes":["roles.manage"]})").reason(),
            "more_than_own");
  EXPECT_EQ(wang.del(path("/tokens/", made.id())).status, 404);
  EXPECT_EQ(wang.get("/tokens?user=1").status, 403);
  desk.clock().advance(minutes(61));
  EXPECT_EQ(desk.get("/users", token).status, 401);
  page = signed_in("admin");
  EXPECT_EQ(page.del(path("/tokens/", made.id())).status, 204);
}

TEST_P(Doors, teams_and_regions) {
  furnish();
  auto wang = add("wang", "agent");
  auto admin = signed_in("admin");
  auto region = admin.post("/regions", R"({"name":"华东"})");
  ASSERT_EQ(region.status, 201) << region.body;
  EXPECT_EQ(admin.post("/regions", R"({"name":"华东"})").status, 409);
  auto team = admin.post("/teams",
                         R"({"name":"一线","region":)" + std::to_string(region.id()) + "}");
  ASSERT_EQ(team.status, 201) << team.body;
  auto members = admin.put(
      path("/teams/", team.id(), "/members"),
      R"({"members":[{"user":)" + std::to_string(wang.value) + R"(,"lead":true}]})");
  ASSERT_EQ(members.status, 200) << members.body;
  EXPECT_EQ(members.text("members.0.name"), "wang");
  EXPECT_EQ(signed_in("wang").get("/me").at("teams").as_array().size(), 1u);
  EXPECT_EQ(
      admin
          .put(path("/teams/", team.id(), "/members"), R"({"members":[{"user":999,"lead":false}]})")
          .reason(),
      "unknown_user");
  EXPECT_EQ(admin.del(path("/regions/", region.id())).status, 409);
  EXPECT_EQ(admin.del(path("/teams/", team.id())).status, 204);
  EXPECT_EQ(admin.del(path("/regions/", region.id())).status, 204);
  EXPECT_EQ(signed_in("wang").post("/teams", R"({"name":"x"})").status, 403);
}

TEST_P(Doors, requirements_0_every_role_is_there_with_both_names) {
  auto& desk = furnish();
  desk.read([](Reader& reader) {
    std::vector<std::string> keys;
    for (const auto& role : list_roles(reader)) {
      keys.push_back(role.key.value);
      EXPECT_FALSE(role.name_zh.value.empty());
      EXPECT_FALSE(role.name_en.value.empty());
      EXPECT_EQ(role.portal, role.key.value == "contact" || role.key.value == "customer_lead");
    }
    EXPECT_EQ(keys, (std::vector<std::string>{"contact", "customer_lead", "agent", "duty_manager",
                                              "dispatcher", "engineer", "trainer",
                                              "training_manager", "supervisor", "release_manager",
                                              "manager", "executive", "admin"}));
  });
}

TEST_P(Doors, check_says_what_is_wrong) {
  auto& desk = furnish();
  auto problems = [&] {
    std::vector<std::string> found;
    desk.read([&](Reader& reader) { found = check_accounts(reader); });
    return found.size();
  };
  EXPECT_EQ(problems(), 0u);
  desk.change([](Change& change) { change.keep_books("DELETE FROM user_roles"); });
  EXPECT_EQ(problems(), 1u);
  desk.change([](Change& change) {
    change.keep_books("UPDATE user_secrets SET totp = 'sealed elsewhere'");
  });
  EXPECT_EQ(problems(), 2u);
}

// Without showing who one is, only the doors answer.
TEST_P(Doors, nobody_gets_401_everywhere_else) {
  auto& desk = furnish();
  for (auto target : {"/me", "/users", "/users/1", "/roles", "/teams", "/regions", "/tokens",
                      "/sessions", "/rights", "/session-limits", "/users/1/sessions"}) {
    EXPECT_EQ(desk.get(target).status, 401) << target;
  }
}

}  // namespace
}  // namespace baijin::accounts
