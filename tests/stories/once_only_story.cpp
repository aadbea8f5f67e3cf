// The promise: when the line breaks one tries again with the same key, and what one asked for has
// happened once, no more and no less. PLT-2.
#include <set>
#include <thread>

#include "cast.h"

namespace baijin::stories {
namespace {

constexpr auto all_tickets = "/tickets?count=true&limit=1";

TEST(OnceOnly, PLT_2_a_retry_after_a_lost_connection_makes_one_ticket) {
  RunningDesk desk;
  auto admin = desk.admin();
  boost::json::object body{{"subject", "断线重试"}, {"service_type", service_type(admin, "fault")}};
  auto text = boost::json::serialize(body);
  for (int round = 0; round < 10; ++round) {
    Headers headers{{"Content-Type", "application/json"},
                    {"Idempotency-Key", "lost-" + std::to_string(round)}};
    {
      Socket lost(desk.address());
      lost.send(admin.written("POST", "/api/v1/tickets", text, headers));
      if (round % 2 == 1) std::this_thread::sleep_for(std::chrono::milliseconds(round));
    }  // gone before the answer
    auto first = admin.ask("POST", "/api/v1/tickets", text, headers);
    auto second = admin.ask("POST", "/api/v1/tickets", text, headers);
    ASSERT_EQ(first.status, 201) << first.body;
    EXPECT_EQ(second.status, 201);
    EXPECT_EQ(first.body, second.body);
    EXPECT_EQ(first.header("Location"), second.header("Location"));
    EXPECT_EQ(first.header("ETag"), second.header("ETag"));
    EXPECT_EQ(admin.get(all_tickets).number("total"), round + 1);
  }
}

TEST(OnceOnly, PLT_2_eight_at_once_with_one_key_make_one_ticket) {
  RunningDesk desk;
  auto admin = desk.admin();
  boost::json::object body{{"subject", "同时提交"}, {"service_type", service_type(admin, "fault")}};
  std::mutex mutex;
  std::set<std::string> answers;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      auto answer = Browser(admin).post("/tickets", body, {{"Idempotency-Key", "together"}});
      std::lock_guard lock(mutex);
      answers.insert(std::to_string(answer.status) + answer.body);
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(answers.size(), 1u) << *answers.begin();
  EXPECT_EQ(admin.get(all_tickets).number("total"), 1);
}

TEST(OnceOnly, PLT_2_a_key_belongs_to_one_wish_of_one_person) {
  RunningDesk desk;
  auto admin = desk.admin();
  auto type = service_type(admin, "fault");
  Headers key{{"Idempotency-Key", "k"}};
  auto first = made(admin.post("/tickets", {{"subject", "一"}, {"service_type", type}}, key));
  auto other = admin.post("/tickets", {{"subject", "二"}, {"service_type", type}}, key);
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(other.reason(), "idempotency_key_reused");
  auto agent = person(admin, {"agent", "小刘", {"agent"}});
  auto theirs = made(agent.post("/tickets", {{"subject", "一"}, {"service_type", type}}, key));
  EXPECT_NE(theirs, first);
  // Also across a restart, and for files.
  auto file = admin.upload("a.txt", "once", {{"Idempotency-Key", "f"}});
  desk.stop();
  desk.start();
  Browser again(desk.address(), admin.token);
  EXPECT_EQ(made(again.post("/tickets", {{"subject", "一"}, {"service_type", type}}, key)), first);
  EXPECT_EQ(again.upload("a.txt", "once", {{"Idempotency-Key", "f"}}).body, file.body);
}

}  // namespace
}  // namespace baijin::stories
