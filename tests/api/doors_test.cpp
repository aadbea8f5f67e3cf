// Coming in through the front door and through none other: sessions, tokens, links, CSRF, headers.
// U1, U2, U3, U4, U8, I7; checklist 13-18, 21-24, 36, 47.

#include "api/samples.h"
#include "api/sound.h"
#include "base/text.h"

namespace baijin::api {
namespace {

using testing::Answer;
using testing::Asked;
using testing::Desk;
using Headers = std::vector<std::pair<std::string, std::string>>;

class Doors : public SceneTest {
 protected:
  void SetUp() override { desk = scene().desk(); }

  Answer with_cookie(const Route& route, const Sample& sample, Headers more) {
    auto request = asked(scene(), route, sample, 'A', Aim::own, "");
    more.emplace_back("cookie", "baijin=" + scene().browser("admin").cookie);
    request.headers = std::move(more);
    return desk->ask(std::move(request));
  }
  Headers csrf() { return {{"x-csrf-token", scene().browser("admin").csrf}}; }
  static Headers also(Headers headers, std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return headers;
  }

  std::unique_ptr<Desk> desk;
};
BAIJIN_ON_BOTH_ENGINES(Doors)

// Every route that writes, with a cookie and whatever a foreign page can send along.
TEST_P(Doors, U4_a_foreign_page_changes_nothing) {
  auto before = all_rows(*desk, {"sign_in_attempts"});
  for (const auto& route : desk->hub().registry().routes) {
    const auto* sample = Samples::all().of(*route);
    if (!route->writes || !sample) continue;
    std::vector<std::pair<std::string, Headers>> forged = {
        {"foreign origin", also(csrf(), "origin", "https://evil.test")},
        {"null origin", also(csrf(), "origin", "null")},
        {"cross-site", also(csrf(), "sec-fetch-site", "cross-site")},
        {"same-site", also(csrf(), "sec-fetch-site", "same-site")}};
    if (route->right != "anyone") {
      forged.push_back({"no token", {}});
      forged.push_back({"wrong token", {{"x-csrf-token", "AAAAAAAAAAAAAAAAAAAAAA"}}});
      forged.push_back({"another's token", {{"x-csrf-token", scene().browser("g1").csrf}}});
    }
    if (route->body == Body::json && !sample->body.empty()) {
      forged.push_back({"text/plain", also(csrf(), "content-type", "text/plain")});
      forged.push_back(
          {"a form", also(csrf(), "content-type", "application/x-www-form-urlencoded")});
    }
    for (const auto& [how, headers] : forged) {
      auto answer = with_cookie(*route, *sample, headers);
      EXPECT_EQ(answer.status, 403) << name_of(*route) << " with " << how << ": " << answer.body;
      EXPECT_EQ(unsound(answer), "");
    }
  }
  EXPECT_TRUE(all_rows(*desk, {"sign_in_attempts"}) == before);
  auto mine = desk->ask({Method::patch, "/me", R"({"locale":"en"})", "",
                         also(csrf(), "cookie", "baijin=" + scene().browser("admin").cookie), "",
                         false});
  EXPECT_EQ(mine.status, 200) << "the test's own cookie and token must be good: " << mine.body;
}

// A method in a header is no method.
TEST_P(Doors, U4_methods_are_not_overridden) {
  auto before = all_rows(*desk, {"events"});
  auto path = "/tickets/" + std::to_string(scene().thing("ticket", 'A').id);
  for (auto name : {"x-http-method-override", "x-http-method", "x-method-override"}) {
    auto answer = desk->ask(
        {Method::get, path, "", scene().who("admin").token, {{name, "PATCH"}}, "", false});
    EXPECT_EQ(answer.status, 200);
  }
  EXPECT_TRUE(all_rows(*desk, {"events"}) == before);
}

// Checklist 23: no answer tells a foreign page that it may read it.
TEST_P(Doors, no_origin_is_let_in) {
  for (auto origin :
       {"https://evil.test", "null", "http://desk.test.evil.test", "http://evildesk.test",
        "file://", "http://localhost", "https://desk.test@evil.test"}) {
    for (auto path : {"/me", "/tickets", "/search?q=x", "/nothing", "//healthz"}) {
      for (auto method : {Method::get, Method::other}) {
        auto answer = desk->ask({method,
                                 path,
                                 "",
                                 scene().who("admin").token,
                                 {{"origin", origin}, {"access-control-request-method", "GET"}},
                                 "",
                                 false});
        for (const auto& [name, value] : answer.headers) {
          EXPECT_NE(folded(name).substr(0, 14), "access-control") << name << ": " << value;
        }
      }
    }
  }
}

// Checklist 24: whatever the answer is.
TEST_P(Doors, every_kind_of_answer_has_its_headers) {
  const auto& admin = scene().who("admin").token;
  auto id = [&](const char* kind) { return std::to_string(scene().thing(kind, 'A').id); };
  const std::pair<int, Answer> answers[] = {
      {200, desk->get("/me", admin)},
      {200, desk->get("/openapi.json")},
      {200, desk->get("/files/" + id("file"), admin)},
      {200, desk->get("/audit/export", admin)},
      {201, desk->post("/regions", R"({"name":"R"})", admin)},
      {400, desk->get("/tickets?x=1", admin)},
      {400, desk->post("/regions", "{", admin)},
      {401, desk->get("/me")},
      {401, desk->get("/me", "bj_wrong")},
      {403, desk->post("/regions", R"({"name":"R"})", scene().who("g0").token)},
      {404, desk->get("/nothing", admin)},
      {405, desk->put("/tickets", "{}", admin)},
      {409, desk->post("/regions", R"({"name":"R"})", admin)},
      {404, desk->get("//../etc/passwd")},
      {204, desk->del("/customer-notes/" + id("note"), admin)},
  };
  for (const auto& [status, answer] : answers) {
    EXPECT_EQ(answer.status, status) << answer.body.substr(0, 300);
    EXPECT_EQ(unsound(answer), "") << status << answer.body.substr(0, 300);
  }
  for (auto path : {"//healthz", "//readyz"}) {
    auto answer = desk->get(path);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
  }
}

// U2: whatever the request says of its host, links lead to the desk's own address.
TEST_P(Doors, U2_links_are_made_of_the_desks_own_address) {
  auto user = std::to_string(scene().thing("invited_user", 'A').id);
  auto file = std::to_string(scene().thing("file", 'A').id);
  for (const auto& [path, field] : {std::pair("/users/" + user + "/invitation", "link"),
                                    {"/users/" + user + "/password-reset", "link"},
                                    {"/files/" + file + "/links", "url"}}) {
    Asked request{Method::post,
                  path,
                  path.starts_with("/files") ? "{}" : "",
                  scene().who("admin").token,
                  {{"host", "evil.test"},
                   {"x-forwarded-host", "evil.test"},
                   {"forwarded", "host=evil.test"},
                   {"x-original-url", "/evil"}},
                  "",
                  false};
    auto answer = desk->ask(request);
    ASSERT_LT(answer.status, 300) << answer.body;
    EXPECT_TRUE(answer.text(field).starts_with("http://desk.test/")) << answer.body;
    EXPECT_EQ(answer.body.find("evil"), std::string::npos);
  }
}

TEST_P(Doors, U2_an_invitation_works_once_and_for_its_user_only) {
  auto user = std::to_string(scene().thing("invited_user", 'A').id);
  auto link =
      desk->post("/users/" + user + "/invitation", "", scene().who("admin").token).text("link");
  auto secret = link.substr(link.find_last_of("#/=") + 1);
  auto redeem = [&](const std::string& token) {
    return desk->post("/password-resets/redeem",
                      R"({"token":")" + token + R"(","password":"kestrel-volume-42"})");
  };
  for (const auto& wrong : std::vector<std::string>{"", "x", secret.substr(1), "null"}) {
    EXPECT_EQ(redeem(wrong).status, 404) << wrong;
  }
  EXPECT_LT(redeem(secret).status, 300);
  EXPECT_EQ(redeem(secret).status, 404);
}

// U8: hashed, scoped, expiring, shown once.
TEST_P(Doors, U8_tokens_are_told_once_and_carry_no_more_than_their_scope) {
  auto ask = [&](Method method, const std::string& path, const std::string& body) {
    return desk->ask({method, path, body, "",
                      also(csrf(), "cookie", "baijin=" + scene().browser("admin").cookie), "",
                      false});
  };
  auto issued = ask(Method::post, "/tokens", R"({"name":"x","scopes":["customers.read"],
                                              "lifetime_seconds":120})");
  ASSERT_EQ(issued.status, 201) << issued.body;
  auto token = issued.text("token");
  EXPECT_EQ(ask(Method::get, "/tokens", "").body.find(token), std::string::npos);
  EXPECT_EQ(desk->get("/customers", token).status, 200);
  EXPECT_EQ(desk->get("/tickets", token).status, 403);
  EXPECT_EQ(desk->post("/customers", R"({"name":"x"})", token).status, 403);
  EXPECT_EQ(ask(Method::get, "/customers?token=" + token, "").status, 400) << "not in an address";
  desk->clock().advance(seconds(121));
  EXPECT_EQ(desk->get("/customers", token).status, 401);
}

// Checklist 12: the same key and body is one effect and one answer; another body is refused.
TEST_P(Doors, PLT2_repeats_with_a_key_have_one_effect) {
  const auto& g1 = scene().who("g1").token;
  auto body = scene().filled(R"({"service_type":$fault$,"subject":"Once","customer":$customer$})",
                             'A');
  auto ask = [&](const std::string& text, const std::string& token) {
    return desk->ask(
        {Method::post, "/tickets", text, token, {{"idempotency-key", "k-1"}}, "", false});
  };
  auto first = ask(body, g1);
  ASSERT_EQ(first.status, 201) << first.body;
  for (int i = 0; i < 3; ++i) {
    auto again = ask(body, g1);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.header("Location"), first.header("Location"));
  }
  auto other = body;
  other.replace(other.find("Once"), 4, "Else");
  EXPECT_EQ(ask(other, g1).status, 409);
  EXPECT_EQ(ask(body, scene().who("admin").token).status, 201) << "keys are each person's own";
}

}  // namespace
}  // namespace baijin::api
