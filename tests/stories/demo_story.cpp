// The promise: one command makes a lively desk to look at, and whoever is named there can sign in
// with what is printed beside him. PLT-8.
#include <filesystem>
#include <sstream>
#include <thread>

#include "cast.h"

namespace baijin::stories {
namespace {

constexpr int wanted = 60;

TEST(Demo, PLT_8_filled_once_it_is_a_desk_like_any_other) {
  Folder folder;
  auto directory = folder / "desk";
  auto filled = baijin(
      {"demo", "--fill-only", "--tickets", std::to_string(wanted), "--data", directory}, 120'000);
  ASSERT_EQ(filled.code, 0) << filled.printed;
  auto check = baijin({"check", "--data", directory});
  EXPECT_EQ(check.code, 0) << check.printed;

  RunningDesk desk({.directory = directory, .command = "demo"});  // serves what is there
  auto text = desk.printed();
  EXPECT_NE(text.find("filled already"), std::string::npos) << text;
  std::istringstream lines(text.substr(text.find("Sign in as")));
  std::string line, login, password, role;
  std::getline(lines, line);
  int people = 0, staff = 0;
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    if (!(words >> login >> password >> role)) break;
    auto browser = desk.stranger();
    auto answer = browser.sign_in(login, password);
    ASSERT_EQ(answer.status, 201) << login << answer.body;
    ++people;
    auto tickets = browser.get("/tickets?count=true&limit=1");
    ASSERT_EQ(tickets.status, 200) << login << tickets.body;
    if (answer.text("user.kind") == "staff") ++staff;
    if (browser.get("/me").text("scope") == "all") {
      EXPECT_EQ(tickets.number("total"), wanted) << login;
    }
  }
  EXPECT_GE(people, 4);
  EXPECT_GE(staff, 3);
  EXPECT_LT(staff, people) << "customers can sign in, too";
}

// The other promise: a desk that was interrupted while it was filled is not there at all, and the
// same command makes it whole.
TEST(Demo, R1_killed_while_it_is_filled_it_begins_anew) {
  namespace fs = std::filesystem;
  Folder folder;
  auto directory = folder / "desk";
  std::vector<std::string> fill{program(), "demo",   "--fill-only", "--tickets",
                                "1000000", "--data", directory};
  {
    peers::Process filling(fill, folder / "log");
    // It is in the midst of it when the words have their own file.
    while (filling.is_running() && !fs::exists(directory + "/baijin.db.part.aside")) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    filling.send(SIGKILL);
    EXPECT_EQ(filling.wait(10'000), -1);
  }
  EXPECT_TRUE(fs::exists(directory + "/baijin.db.part"));
  EXPECT_FALSE(fs::exists(directory + "/baijin.db"));
  auto filled = baijin(
      {"demo", "--fill-only", "--tickets", std::to_string(wanted), "--data", directory}, 120'000);
  EXPECT_EQ(filled.code, 0) << filled.printed;
  EXPECT_EQ(filled.printed.find("filled already"), std::string::npos) << filled.printed;
  EXPECT_FALSE(fs::exists(directory + "/baijin.db.part"));
  auto check = baijin({"check", "--data", directory});
  EXPECT_EQ(check.code, 0) << check.printed;
}

}  // namespace
}  // namespace baijin::stories
