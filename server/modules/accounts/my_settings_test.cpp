#include "modules/accounts/test_doors.h"

namespace baijin::accounts {
namespace {

class MySettingsOfPeople : public Accounts {};
BAIJIN_ON_BOTH_ENGINES(MySettingsOfPeople)

TEST_P(MySettingsOfPeople, AreKeptForOneselfOnEveryDevice) {
  furnish();
  add("li", "agent");
  auto desktop = signed_in("li"), phone = signed_in("li"), other = signed_in("admin");
  EXPECT_EQ(desktop.get("/me/settings").at("version").to_number<int>(), 0);
  auto kept = desktop.put("/me/settings", R"({"appearance":"dark","density":"compact",
      "columns":[{"list":"tickets","columns":["number","subject"]}],"collapsed":["links"],
      "widths":[{"panel":"side","pixels":320}]})");
  ASSERT_EQ(kept.status, 200) << kept.body;
  auto seen = phone.get("/me/settings");
  EXPECT_EQ(seen.text("settings.appearance"), "dark");
  EXPECT_EQ(seen.text("settings.columns.0.columns.1"), "subject");
  EXPECT_TRUE(seen.at("settings.single_key_shortcuts").as_bool());
  EXPECT_EQ(other.get("/me/settings").at("version").to_number<int>(), 0);
  // The sheet is written as a whole.
  ASSERT_EQ(phone.put("/me/settings", R"({"single_key_shortcuts":false})").status, 200);
  auto after = desktop.get("/me/settings");
  EXPECT_TRUE(after.at("settings.appearance").is_null());
  EXPECT_FALSE(after.at("settings.single_key_shortcuts").as_bool());
  EXPECT_EQ(after.at("version").to_number<int>(), 2);
}

TEST_P(MySettingsOfPeople, HaveKnownKeysAndASize) {
  furnish();
  auto li = signed_in("admin");
  EXPECT_EQ(li.put("/me/settings", R"({"wallpaper":"cats"})").status, 400);
  EXPECT_EQ(li.put("/me/settings", R"({"appearance":"pink"})").status, 400);
  EXPECT_EQ(li.put("/me/settings", R"({"widths":[{"panel":"side","pixels":-1}]})").reason(),
            "out_of_range");
  std::string panels;
  for (int i = 0; i < 900; ++i)
    panels += R"("a-panel-with-a-long-name-)" + std::to_string(i) + "\",";
  panels.pop_back();
  EXPECT_EQ(li.put("/me/settings", R"({"collapsed":[)" + panels + "]}").reason(), "too_long");
}

}  // namespace
}  // namespace baijin::accounts
