#include "modules/remote_images/remote_images.h"

#include "hub/module.h"
#include "modules/accounts/accounts.h"
#include "modules/search/search.h"
#include "testing/desk.h"

namespace baijin::remote_images {
namespace {

using testing::Answer;

const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\6\0\0\0", 29);

// What the holder shows; the tests' holders are loose files, each seen by whoever sent it.
std::string& shown_html() {
  static std::string html;
  return html;
}

void install_holder(Module& m) {
  shows_remote_images(m, "file", [](Reader& reader, std::int64_t id) {
    reader.must_see({"file", id});
    return shown_html();
  });
}

class RemoteImages : public testing::DeskTest {
 protected:
  void SetUp() override {
    desk = &open({{"search", search::install},
                  {"accounts", accounts::install},
                  {"files", files::install},
                  {"remote_images", remote_images::install},
                  {"holder", install_holder}});
    for (auto* user : {&first_user, &second_user}) {
      desk->change([&](Change& change) {
        accounts::NewUser person;
        person.login = {user == &first_user ? "first" : "second"};
        person.name = person.login;
        *user = accounts::add_user(change, person, "").value;
      });
    }
    first = desk->sign_in(desk->staff_with_all_rights(Scope::own, first_user));
    second = desk->sign_in(desk->staff_with_all_rights(Scope::own, second_user));
    holder = "file:" + std::to_string(desk->upload("/files?name=a", "letter", first).id());
    shown_html() = img("https://a.test/1.png") + img("https://b.test/2.png");
    desk->far_web().answer = [this](const HttpCall&) {
      return HttpAnswer{200, {{"content-type", "text/html"}}, png};
    };
  }
  static std::string img(const std::string& address) {
    return "<img data-remote-src=\"" + address + "\">";
  }
  Answer load(const std::string& token) {
    return desk->post("/remote-images", R"({"holder":")" + holder + R"("})", token);
  }
  Answer list(const std::string& token) {
    return desk->get("/remote-images?holder=" + holder, token);
  }
  std::string path_of(int at) {
    auto id = list(first).at("items." + std::to_string(at) + ".id").to_number<std::int64_t>();
    return "/remote-images/" + std::to_string(id);
  }
  std::size_t asked() { return desk->far_web().calls().size(); }

  testing::Desk* desk = nullptr;
  std::int64_t first_user = 0, second_user = 0;
  std::string first, second, holder;
};
BAIJIN_ON_BOTH_ENGINES(RemoteImages)

TEST_P(RemoteImages, X5_AreAskedForOnRequestOnceAndShownByUs) {
  EXPECT_EQ(list(first).at("items").as_array().size(), 0u);
  desk->settle();
  EXPECT_EQ(asked(), 0u) << "nothing goes out by looking";
  auto loading = load(first);
  ASSERT_EQ(loading.status, 200) << loading.body;
  EXPECT_EQ(loading.text("items.0.state"), "waiting");
  EXPECT_EQ(loading.text("items.1.address"), "https://b.test/2.png");
  EXPECT_EQ(desk->get(path_of(0), first).status, 404) << "it is not here yet";
  EXPECT_EQ(asked(), 0u) << "no request waits for another server";
  desk->settle();
  ASSERT_EQ(asked(), 2u);
  EXPECT_EQ(desk->far_web().calls()[0].url, "https://a.test/1.png");
  EXPECT_EQ(list(first).text("items.0.state"), "here");
  auto shown = desk->get(path_of(0), first);
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_EQ(shown.header("Content-Type"), "image/png")
      << "by what is in it, not by its host's word";
  EXPECT_EQ(shown.header("Content-Disposition"), "inline");
  EXPECT_EQ(shown.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(shown.header("Content-Security-Policy"), "sandbox; default-src 'none'");
  load(first);
  desk->settle();
  EXPECT_EQ(asked(), 2u) << "a second look needs no second request";
}

TEST_P(RemoteImages, S1_OnlyWhatTheTextShowsIsEverAskedFor) {
  auto sent = desk->post("/remote-images",
                         R"({"holder":")" + holder + R"(","found":["http://169.254.169.254/"]})",
                         first);
  EXPECT_EQ(sent.status, 200) << sent.body;
  desk->settle();
  const auto calls = desk->far_web().calls();
  ASSERT_EQ(calls.size(), 2u);
  for (const auto& call : calls) EXPECT_EQ(call.url.find("169.254"), std::string::npos);
  auto other = desk->post("/remote-images",
                          R"({"holder":"user:)" + std::to_string(first_user) + "\"}", first);
  EXPECT_EQ(other.reason(), "not_one_of") << "users show nothing";
}

TEST_P(RemoteImages, Z1_AreTheirsWhoSeeTheTextAndNoCustomers) {
  load(first);
  desk->settle();
  auto path = path_of(0);
  auto customer = desk->sign_in(desk->contact(7, {}, first_user));
  for (const auto& stranger : {second, customer}) {
    EXPECT_EQ(load(stranger).status, 404);
    EXPECT_EQ(list(stranger).status, 404);
    EXPECT_EQ(desk->get(path, stranger).status, 404);
  }
  EXPECT_EQ(desk->get(path).status, 401);
  EXPECT_EQ(desk->get("/remote-images/999", first).status, 404);
  // The file itself is at no other door.
  desk->read([&](Reader& reader) {
    auto file = reader.value<std::int64_t>("SELECT max(f.id) FROM files f {all: a test}");
    EXPECT_EQ(desk->get("/files/" + std::to_string(*file), first).status, 404);
  });
}

TEST_P(RemoteImages, SayPlainlyWhyThereIsNothing) {
  shown_html() = img("http://10.0.0.1/x.png") + img("https://big.test/x.png") +
                 img("https://gone.test/x.png") + img("https://page.test/x.png") +
                 img("https://svg.test/x.svg") + img("https://silent.test/x.png");
  desk->far_web().answer = [](const HttpCall& call) -> HttpAnswer {
    auto is = [&](std::string_view host) { return call.url.find(host) != std::string::npos; };
    if (is("10.0.0.1")) throw LineFailure("address_not_allowed");
    if (is("big")) throw LineFailure("peer_too_long");
    if (is("silent")) throw LineFailure("peer_timed_out");
    if (is("gone")) return {404, {}, png};
    if (is("svg")) {
      return {200,
              {{"content-type", "image/png"}},
              "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"};
    }
    return {200, {{"content-type", "image/png"}}, "<html><script>1</script></html>"};
  };
  load(first);
  desk->settle();
  auto found = list(first);
  const char* troubles[] = {"unreachable",   "too_large",     "not_given",
                            "not_a_picture", "not_a_picture", "unreachable"};
  for (int i = 0; i < 6; ++i) {
    auto at = "items." + std::to_string(i);
    EXPECT_EQ(found.text(at + ".state"), "failed");
    EXPECT_EQ(found.text(at + ".trouble"), troubles[i]) << found.text(at + ".address");
    EXPECT_EQ(desk->get(path_of(i), first).status, 404);
  }
  // Whoever asks again may have better luck.
  desk->far_web().answer = [](const HttpCall&) { return HttpAnswer{200, {}, png}; };
  EXPECT_EQ(load(first).text("items.0.state"), "waiting");
  desk->settle();
  EXPECT_EQ(list(first).text("items.0.state"), "here");
  EXPECT_EQ(asked(), 12u);
}

TEST_P(RemoteImages, ManyComeInSeveralGoes) {
  shown_html().clear();
  for (int i = 0; i < 20; ++i) shown_html() += img("https://a.test/" + std::to_string(i));
  load(first);
  desk->settle();
  EXPECT_EQ(asked(), 20u);
  EXPECT_EQ(list(first).text("items.19.state"), "here");
}

TEST_P(RemoteImages, AreForgottenAfterAMonth) {
  load(first);
  desk->settle();
  auto is_there = [&] {
    return desk->rows_of({"remote_images"}).find("https://a.test/1.png") != std::string::npos;
  };
  desk->advance(days(29));
  EXPECT_TRUE(is_there());
  desk->advance(days(3));
  desk->advance(days(1));
  EXPECT_FALSE(is_there());
  desk->advance(hours(3));
  int left = 0;
  desk->hub().blobs().each([&](std::string_view) { ++left; });
  EXPECT_EQ(left, 0) << "nor do their bytes stay";
}

}  // namespace
}  // namespace baijin::remote_images
