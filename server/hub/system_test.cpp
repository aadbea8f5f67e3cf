// What the desk says of its own health.
#include "hub/test_desk.h"

namespace baijin {
namespace {

class System : public NotesDesk {};
BAIJIN_ON_BOTH_ENGINES(System)

TEST_P(System, says_how_it_is_doing) {
  auto health = desk_->get("/system/health", staff);
  ASSERT_EQ(health.status, 200) << health.body;
  EXPECT_EQ(health.text("database"), GetParam() == testing::Engine::sqlite ? "sqlite" : "postgres");
  EXPECT_GT(health.at("database_bytes").to_number<std::int64_t>(), 10'000);
  EXPECT_GT(health.at("disk_bytes").to_number<std::int64_t>(), 0);
  EXPECT_LE(health.at("disk_free_bytes").to_number<std::int64_t>(),
            health.at("disk_bytes").to_number<std::int64_t>());
  EXPECT_FALSE(health.text("version").empty());
  EXPECT_EQ(health.text("started_at"), "2026-11-23T06:00:00.000Z");
  EXPECT_EQ(health.at("requests_running").to_number<int>(), 1) << "this one";
}

}  // namespace
}  // namespace baijin
