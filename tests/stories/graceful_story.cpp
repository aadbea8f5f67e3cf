// The promise: the program can be stopped at any time without anybody losing what they were doing,
// two never work on one desk, and whoever types something wrong is told so. PLT-7.
#include <filesystem>
#include <thread>

#include "cast.h"
#include "testing/live_view.h"

namespace baijin::stories {
namespace {

TEST(Graceful, PLT_7_a_running_upload_ends_before_the_program_does) {
  RunningDesk desk;
  auto admin = desk.admin();
  Socket slow(desk.address());
  std::string bytes(400'000, 'x');
  auto request = admin.written("POST", "/api/v1/files?name=slow.bin", bytes,
                               {{"Content-Type", "application/octet-stream"}});
  ASSERT_TRUE(slow.send(std::string_view(request).substr(0, request.size() / 2)));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  desk.ask_to_stop();
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_TRUE(desk.is_running()) << "it waits for what it has begun";
  ASSERT_TRUE(slow.send(std::string_view(request).substr(request.size() / 2)));
  auto answer = slow.answer();
  EXPECT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(desk.wait(15'000), 0) << desk.printed();
  EXPECT_THROW(Socket(desk.address()), std::system_error) << "it listens no more";
  desk.start();
  EXPECT_EQ(Browser(desk.address(), admin.token).get("/files/" + std::to_string(answer.id())).body,
            bytes);
}

TEST(Graceful, PLT_7_what_is_asked_while_it_stops_is_answered_or_refused_but_never_lost) {
  RunningDesk desk;
  auto admin = desk.admin();
  auto type = service_type(admin, "fault");
  std::vector<std::int64_t> kept;
  std::mutex mutex;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      try {
        Browser who(admin);
        while (true) {
          auto answer = who.post("/tickets", {{"subject", "停机"}, {"service_type", type}});
          if (answer.status != 201) return;
          std::lock_guard lock(mutex);
          kept.push_back(answer.id());
        }
      } catch (const std::system_error&) {
        return;  // it is gone
      }
    });
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_EQ(desk.stop(), 0);
  for (auto& thread : threads) thread.join();
  EXPECT_FALSE(kept.empty());
  desk.start();
  Browser again(desk.address(), admin.token);
  for (auto ticket : kept) {
    EXPECT_EQ(again.get("/tickets/" + std::to_string(ticket)).status, 200);
  }
}

TEST(Graceful, PLT_7_an_open_line_does_not_hold_it_up) {
  RunningDesk desk;
  auto admin = desk.admin();
  LiveView view(admin);
  ASSERT_TRUE(view.open());
  Socket idle(desk.address());
  desk.ask_to_stop();
  EXPECT_TRUE(view.closed_with(1'000).has_value()) << "it is told";
  EXPECT_EQ(desk.wait(3'000), 0);
}

TEST(Graceful, PLT_1_two_programs_never_serve_one_desk) {
  RunningDesk desk;
  auto admin = desk.admin();
  auto second = desk.command({"serve", "--listen", "127.0.0.1:0"}, 10'000);
  EXPECT_EQ(second.code, 1);
  EXPECT_NE(second.printed.find("is in use by another baijin process"), std::string::npos)
      << second.printed;
  EXPECT_EQ(admin.get("/me").status, 200) << "the first one goes on";
}

TEST(Graceful, exit_code_2_is_for_what_was_typed_wrong) {
  Folder folder;
  const std::vector<std::vector<std::string>> wrong{
      {},
      {"nonsense"},
      {"serve", "--no-such-flag"},
      {"serve", "--log-level", "loud"},
      {"demo", "--tickets", "0", "--data", folder / "desk"},
      {"import", "horses", "file"},
      {"backup"},
      {"token"}};
  for (const auto& arguments : wrong) {
    auto outcome = baijin(arguments, 10'000);
    EXPECT_EQ(outcome.code, 2) << (arguments.empty() ? "nothing" : arguments[0]);
    EXPECT_FALSE(outcome.printed.empty());
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "desk"));
  EXPECT_EQ(baijin({"--help"}).code, 0);
  auto taken = baijin({"serve", "--data", folder / "desk", "--listen", "256.0.0.1:0"}, 10'000);
  EXPECT_EQ(taken.code, 1) << taken.printed;
  EXPECT_NE(taken.printed.find("baijin: "), std::string::npos) << taken.printed;
}

}  // namespace
}  // namespace baijin::stories
