// Every real message of the data sets arrives at a desk: none is lost, none stops another, machines
// open no ticket. INT-4, M6; skipped where the data is not there.
#include <filesystem>
#include <fstream>

#include "modules/mail/test_desk.h"

namespace baijin::mail {
namespace {

namespace fs = std::filesystem;

const fs::path data = fs::path(BAIJIN_SOURCE_DIR) / "../shared/data";

std::vector<fs::path> files_below(const fs::path& directory) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file() && entry.path().extension() == ".eml") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class RealMessages : public MailDesk {
 protected:
  // How many of each state there are in the end.
  std::map<std::string, int> arrive_all(const std::vector<fs::path>& files) {
    for (const auto& file : files) desk->post_office().put("service@desk.test", bytes_of(file));
    for (int i = 0; i < 10; ++i) settle();
    std::map<std::string, int> states;
    std::string target = "/incoming-mails?limit=200";
    for (std::string next = target; !next.empty();) {
      auto answer = desk->get(next, agent);
      auto page = answer.json();
      for (const auto& mail : page.at("items").as_array()) ++states[text(mail, "state")];
      const auto& more = page.at("next");
      next = more.is_string() ? target + "&cursor=" + std::string(more.as_string()) : "";
    }
    std::string score;
    for (const auto& [state, count] : states) score += std::to_string(count) + " " + state + ", ";
    RecordProperty("score", score.substr(0, score.size() - 2));
    return states;
  }
};
BAIJIN_ON_BOTH_ENGINES(RealMessages)

TEST_P(RealMessages, all_messages_are_taken) {
  auto set = data / "mail/resources/eml";
  if (!fs::exists(set)) GTEST_SKIP() << "the data set of messages is not there: " << set;
  auto files = files_below(set);
  ASSERT_EQ(files.size(), 107u);
  auto states = arrive_all(files);
  EXPECT_EQ(states["waiting"], 0);
  EXPECT_EQ(states["unreadable"], 0);
  int all = 0;
  for (const auto& [state, count] : states) all += count;
  EXPECT_EQ(all, 107);
  EXPECT_GT(states["delivered"], 50);
}

TEST_P(RealMessages, M6_machines_open_no_ticket_and_get_no_answer) {
  auto set = data / "bounces";
  if (!fs::exists(set)) GTEST_SKIP() << "the data set of bounces is not there: " << set;
  auto files = files_below(set);
  ASSERT_GT(files.size(), 200u);
  auto states = arrive_all(files);
  EXPECT_EQ(states["waiting"], 0);
  EXPECT_EQ(states["unreadable"], 0);
  EXPECT_GT(states["silent"], static_cast<int>(files.size()) * 9 / 10);
}

}  // namespace
}  // namespace baijin::mail
