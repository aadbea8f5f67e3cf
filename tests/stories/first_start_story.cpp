// The promise: a new desk has no password anybody could know; the one link it prints makes its
// first administrator and is then worth nothing. Who has a second factor comes in with both only,
// and whose session is taken away is out at once. SEC-1; U1, U2, U10, checklist 58.
#include <openssl/hmac.h>

#include <ctime>
#include <thread>

#include "cast.h"

namespace baijin::stories {
namespace {

std::string from_base32(const std::string& text) {
  std::string bytes;
  unsigned value = 0;
  int bits = 0;
  for (char c : text) {
    if (c == '=') break;
    auto digit = c >= 'A' && c <= 'Z' ? c - 'A' : c - '2' + 26;
    value = value << 5 | static_cast<unsigned>(digit);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(value >> bits & 0xff);
  }
  return bytes;
}

// RFC 6238, as an authenticator app does it; `ahead` steps of thirty seconds from now.
std::string code_for(const std::string& secret, int ahead = 0) {
  auto key = from_base32(secret);
  auto step = static_cast<std::uint64_t>(std::time(nullptr) / 30 + ahead);
  unsigned char counter[8], mac[EVP_MAX_MD_SIZE];
  for (int i = 7; i >= 0; --i, step >>= 8) counter[i] = static_cast<unsigned char>(step & 0xff);
  unsigned size = 0;
  HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), counter, 8, mac, &size);
  auto at = mac[19] & 0x0f;
  auto number = (mac[at] & 0x7f) << 24 | mac[at + 1] << 16 | mac[at + 2] << 8 | mac[at + 3];
  auto text = std::to_string(number % 1'000'000);
  return std::string(6 - text.size(), '0') + text;
}

boost::json::object setup(const std::string& token, const std::string& login = "chief") {
  return {{"token", token},
          {"organisation", "华诚软件"},
          {"login", login},
          {"name", "张总"},
          {"password", good_password}};
}

TEST(FirstStart, SEC_1_no_password_exists_and_the_link_works_once) {
  RunningDesk desk;
  auto secret = desk.setup_secret();
  ASSERT_GE(secret.size(), 43u);  // 256 bits
  for (auto login : {"admin", "root", "baijin", "chief"}) {
    for (auto password : {"admin", "password", "baijin"}) {
      EXPECT_NE(desk.stranger().sign_in(login, password).status, 201) << login;
    }
  }
  desk.stop();
  desk.start();  // a new link; the first one is dead
  auto fresh = desk.setup_secret();
  for (auto wrong : {std::string(), std::string("x"), secret + "x"}) {
    auto refused = desk.stranger().post("/setup", setup(wrong));
    EXPECT_TRUE(refused.status == 404 || refused.status == 429) << refused.status;
  }
}

TEST(FirstStart, SEC_1_the_first_administrator_and_nobody_after_him) {
  RunningDesk desk;
  auto secret = desk.setup_secret();
  auto first = desk.stranger();
  EXPECT_EQ(first
                .post("/setup", {{"token", secret},
                                 {"organisation", "华诚软件"},
                                 {"login", "chief"},
                                 {"name", "张总"},
                                 {"password", "123456"}})
                .status,
            400);
  auto answer = first.post("/setup", setup(secret));
  ASSERT_LT(answer.status, 300) << answer.body;
  EXPECT_EQ(first.get("/me").text("login"), "chief");
  EXPECT_EQ(desk.stranger().post("/setup", setup(secret, "thief")).status, 404);
  desk.stop();
  desk.start();
  EXPECT_EQ(desk.printed().find("Open this link once"), desk.printed().rfind("Open this link once"))
      << "no second link for a desk that has people";
  EXPECT_EQ(desk.stranger().post("/setup", setup(secret, "thief")).status, 404);
}

TEST(FirstStart, SEC_1_sign_in_with_a_second_factor_and_a_recovery_code) {
  RunningDesk desk;
  auto admin = desk.admin();
  auto engineer = person(admin, {"zhang.wei", "张伟", {"engineer"}});
  auto before = engineer.cookie;
  auto begun = engineer.post("/me/totp", {{"password", good_password}});
  ASSERT_EQ(begun.status, 200) << begun.body;
  auto secret = begun.text("secret");
  auto on = engineer.post("/me/totp/confirm", {{"code", code_for(secret, -1)}});
  ASSERT_EQ(on.status, 200) << on.body;
  EXPECT_NE(engineer.cookie, before);  // U1
  auto old = desk.stranger();
  old.cookie = before;
  EXPECT_EQ(old.get("/me").status, 401);

  auto browser = desk.stranger();
  EXPECT_EQ(browser.sign_in("zhang.wei", good_password).reason(), "code_required");
  auto code = code_for(secret);
  auto in = browser.sign_in("zhang.wei", good_password, code);
  ASSERT_EQ(in.status, 201) << in.body;
  EXPECT_EQ(browser.get("/me").status, 200);
  EXPECT_EQ(desk.stranger().sign_in("zhang.wei", good_password, code).reason(), "wrong_code")
      << "a code works once (U10)";
  auto recovery = on.text("recovery_codes.0");
  EXPECT_EQ(desk.stranger().sign_in("zhang.wei", good_password, recovery).status, 201);
  EXPECT_EQ(desk.stranger().sign_in("zhang.wei", good_password, recovery).reason(), "wrong_code");
}

TEST(FirstStart, SEC_1_a_session_that_is_taken_away_is_over_at_once) {
  RunningDesk desk;
  auto admin = desk.admin();
  std::int64_t id = 0;
  auto engineer = person(admin, {"zhang.wei", "张伟", {"engineer"}}, &id);
  auto phone = desk.stranger();
  ASSERT_EQ(phone.sign_in("zhang.wei", good_password).status, 201);
  const auto sessions = engineer.get("/sessions").at("items");
  EXPECT_EQ(sessions.as_array().size(), 2u);
  // He ends the other one himself, the administrator all of them.
  for (const auto& session : sessions.as_array()) {
    if (session.at("current").as_bool()) continue;
    auto path = "/sessions/" + std::to_string(session.at("id").as_int64());
    EXPECT_EQ(engineer.del(path).status, 204);
  }
  EXPECT_EQ(phone.get("/me").status, 401);
  EXPECT_EQ(engineer.get("/me").status, 200);
  EXPECT_EQ(admin.del("/users/" + std::to_string(id) + "/sessions").status, 204);
  EXPECT_EQ(engineer.get("/me").status, 401);
}

}  // namespace
}  // namespace baijin::stories
