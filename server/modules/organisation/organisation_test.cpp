#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/files/files.h"
#include "modules/organisation/routes.h"
#include "modules/search/search.h"
#include "testing/desk.h"

namespace baijin::organisation {
namespace {

// The head of a picture of one dot: libmagic asks for no more.
const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\6\0\0\0", 29);

class OrganisationDesk : public testing::DeskTest {
 protected:
  void SetUp() override {
    desk = &open({{"search", search::install},
                  {"accounts", accounts::install},
                  {"customers", customers::install},
                  {"files", files::install},
                  {"organisation", organisation::install}});
    chief = desk->sign_in(desk->staff_with_all_rights(Scope::all, add("chief")));
  }
  std::int64_t add(const char* login) {
    std::int64_t made = 0;
    desk->change([&](Change& change) {
      accounts::NewUser person;
      person.login = {login};
      person.name = {login};
      person.roles = {{"admin"}};
      made = accounts::add_user(change, person, "").value;
    });
    return made;
  }
  testing::Answer changed(const std::string& body) {
    return desk->patch("/organisation", body, chief);
  }
  bool step(const std::string& key) {
    const auto steps = desk->get("/organisation", chief).at("first_steps").as_array();
    for (const auto& one : steps) {
      if (one.at("key").as_string() == key) return one.at("done").as_bool();
    }
    ADD_FAILURE() << "no step " << key;
    return false;
  }

  testing::Desk* desk = nullptr;
  std::string chief;
};
BAIJIN_ON_BOTH_ENGINES(OrganisationDesk)

TEST_P(OrganisationDesk, IsKnownToEverybodyAndChangedByFew) {
  auto seen = desk->get("/organisation");
  ASSERT_EQ(seen.status, 200) << seen.body;
  EXPECT_EQ(seen.text("name_zh"), "售后服务中心");
  EXPECT_EQ(seen.text("locale"), "zh-CN");
  EXPECT_TRUE(seen.at("first_steps").is_null());
  EXPECT_TRUE(seen.at("allowed").as_array().empty());
  EXPECT_EQ(desk->patch("/organisation", "{}").status, 401);
  auto other = desk->sign_in(desk->staff(Scope::all, {"users.manage"}));
  EXPECT_EQ(desk->patch("/organisation", "{}", other).reason(), "missing_right");

  auto after = changed(
      R"({"name_zh":"澄光软件","name_en":"Chengguang","support_phone":"400 000 0000",
      "hours_zh":"周一至周五 9:00–18:00","guest_requests":true})");
  ASSERT_EQ(after.status, 200) << after.body;
  auto told = desk->get("/organisation");
  EXPECT_EQ(told.text("name_en"), "Chengguang");
  EXPECT_EQ(told.text("hours_zh"), "周一至周五 9:00–18:00");
  EXPECT_TRUE(told.at("guest_requests").as_bool());
  EXPECT_EQ(desk->events("organisation:1").back(), "organisation.changed");
}

TEST_P(OrganisationDesk, DecidesWhatNewPeopleBeginWith) {
  EXPECT_EQ(changed(R"({"time_zone":"Europe/Atlantis"})").reason(), "unknown_time_zone");
  EXPECT_EQ(changed(R"({"locale":"tlh"})").reason(), "unknown_locale");
  auto answer = changed(R"({"time_zone":"Europe/Berlin","locale":"en"})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.text("time_zone"), "Europe/Berlin");
  auto added = desk->post("/users", R"({"kind":"staff","login":"new","name":"New"})", chief);
  ASSERT_EQ(added.status, 201) << added.body;
  EXPECT_EQ(added.text("locale"), "en");
  EXPECT_EQ(added.text("time_zone"), "Europe/Berlin");
}

TEST_P(OrganisationDesk, A1_ShowsALogoOnlyWhenItIsAPicture) {
  EXPECT_EQ(desk->get("/organisation/logo").status, 404);
  auto text = desk->upload("/files?name=logo.png", "<svg onload='alert(1)'/>", chief).id();
  EXPECT_EQ(changed(R"({"logo":)" + std::to_string(text) + "}").reason(), "not_a_picture");
  auto first = desk->upload("/files?name=logo.html", png, chief).id();
  auto answer = changed(R"({"logo":)" + std::to_string(first) + "}");
  ASSERT_EQ(answer.status, 200) << answer.body;

  auto logo = desk->get(answer.text("logo"));
  EXPECT_EQ(logo.status, 200);
  EXPECT_EQ(logo.header("Content-Type"), "image/png");
  EXPECT_EQ(logo.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(logo.header("Content-Security-Policy"), "sandbox; default-src 'none'");
  EXPECT_NE(logo.header("Cache-Control").find("immutable"), std::string::npos);
  EXPECT_EQ(desk->get("/organisation/logo").header("Cache-Control"), "no-cache");

  // A new one takes its place; the old one is gone, also from the files.
  auto second = desk->upload("/files?name=b.png", png + "x", chief).id();
  ASSERT_EQ(changed(R"({"logo":)" + std::to_string(second) + "}").status, 200);
  EXPECT_EQ(desk->get("/files/" + std::to_string(first) + "/meta", chief).status, 404);
  ASSERT_EQ(changed(R"({"logo":null})").status, 200);
  EXPECT_EQ(desk->get("/organisation/logo").status, 404);
}

// A file of somebody else cannot be made public by naming its number.
TEST_P(OrganisationDesk, A4_TakesOnesOwnUploadAsLogo) {
  auto other = desk->sign_in(desk->staff_with_all_rights(Scope::all, add("other")));
  auto file = desk->upload("/files?name=b.png", png, other).id();
  EXPECT_EQ(changed(R"({"logo":)" + std::to_string(file) + "}").status, 404);
}

TEST_P(OrganisationDesk, TellsWhatANewDeskStillNeeds) {
  for (auto key : {"organisation", "team", "people", "service_types", "customers"}) {
    EXPECT_FALSE(step(key)) << key;
  }
  desk->post("/teams", R"({"name":"Hotline"})", chief);
  desk->post("/users", R"({"kind":"staff","login":"new","name":"New"})", chief);
  auto customers = desk->post("/customers", R"({"name":"永安县医院"})", chief);
  EXPECT_EQ(customers.status, 201) << customers.body;
  ASSERT_EQ(changed(R"({"support_phone":"400 000 0000","steps_done":["service_types"]})").status,
            200);
  for (auto key : {"organisation", "team", "people", "service_types", "customers"}) {
    EXPECT_TRUE(step(key)) << key;
  }
  EXPECT_EQ(changed(R"({"steps_done":["coffee"]})").reason(), "unknown_step");
}

// SEC-1: who sets the desk up names it once, and in one place.
TEST_P(OrganisationDesk, IsNamedWhenTheDeskIsSetUp) {
  auto& empty = open({{"search", search::install},
                      {"accounts", accounts::install},
                      {"customers", customers::install},
                      {"files", files::install},
                      {"organisation", organisation::install}});
  std::string link;
  empty.change([&](Change& change) { link = accounts::make_setup_link(change); });
  auto token = link.substr(link.find('#') + 1);
  auto answer = empty.post("/setup", R"({"token":")" + token + R"(","organisation":"澄光软件",
      "login":"first","name":"First","password":"kestrel-volume-42"})");
  ASSERT_LT(answer.status, 300) << answer.body;
  empty.settle();
  EXPECT_EQ(empty.get("/organisation").text("name_zh"), "澄光软件");
  EXPECT_EQ(empty.get("/organisation").text("name_en"), "澄光软件");
}

}  // namespace
}  // namespace baijin::organisation
