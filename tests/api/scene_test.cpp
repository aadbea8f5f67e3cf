// The scene itself: that it is what the tests take it for.
#include "api/scene.h"

namespace baijin::api {
namespace {

class Scenes : public SceneTest {};
BAIJIN_ON_BOTH_ENGINES(Scenes)

TEST_P(Scenes, copies_do_not_touch_one_another) {
  auto first = scene().desk();
  auto before = all_rows(*first);
  EXPECT_NE(before.find("heliotrope"), std::string::npos);
  auto second = scene().desk();
  EXPECT_EQ(all_rows(*second), before);
  auto path = "/tickets/" + std::to_string(scene().thing("ticket", 'A').id);
  EXPECT_EQ(first->patch(path, R"({"subject":"changed"})", scene().who("g1").token).status, 200);
  EXPECT_EQ(all_rows(*second), before);
}

TEST_P(Scenes, everybody_is_who_they_seem) {
  EXPECT_TRUE(scene().who("admin").may("users.manage"));
  EXPECT_FALSE(scene().who("expired").valid);
  EXPECT_EQ(scene().who("narrow").rights, std::set<std::string>{"customers.read"});
  EXPECT_EQ(scene().who("g1").scope, Scope::team);
  EXPECT_GE(scene().principals().size(), 19u);
}

}  // namespace
}  // namespace baijin::api
