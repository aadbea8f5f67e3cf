// The promise: one command makes a lively desk to look at, and whoever is named there can sign in
// with what is printed beside him. PLT-8.
#include <sstream>

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

}  // namespace
}  // namespace baijin::stories
