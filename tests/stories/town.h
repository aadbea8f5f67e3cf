#pragma once
// A small vendor and two of its customers, as every story finds them: the county hospital with Wang
// (portal user), the harbour office with Ma (portal user); Lin at the hotline, Chen who travels,
// both in the team North; Gao who manages; the administrator. Made once, through the program's own
// commands and API; each story gets a copy.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "testing/program.h"
#include "testing/web_client.h"

namespace baijin::stories {

using testing::Answer;
using testing::Folder;
using testing::LiveClient;
using testing::Program;
using testing::WebClient;

inline constexpr std::string_view good_password = "kestrel-volume-42";

class Story : public ::testing::Test {
 protected:
  void SetUp() override;

  // Starts the copy's server.
  void open(std::vector<std::string> more = {});
  // With an API token of this person's.
  WebClient as(const std::string& person);
  // Signed in with the password, as a browser is.
  WebClient signed_in(const std::string& person);
  std::int64_t id(const std::string& thing) const;
  std::string at(const std::string& before, const std::string& thing,
                 const std::string& after = {}) const;
  // A ticket of the hospital's, opened by Lin for Wang and in the team North.
  std::int64_t new_ticket(const std::string& subject, const std::string& type = "fault");
  std::string directory() const { return folder_ / "desk"; }
  std::string file(const std::string& name) const { return folder_ / name; }

  std::unique_ptr<Program> program;

 private:
  Folder folder_;
};

// The answer has this status, or the test says what it was.
#define EXPECT_STATUS(answer, wanted) \
  EXPECT_EQ((answer).status, wanted) << (answer).body.substr(0, 600)
#define ASSERT_STATUS(answer, wanted) \
  ASSERT_EQ((answer).status, wanted) << (answer).body.substr(0, 600)

}  // namespace baijin::stories
