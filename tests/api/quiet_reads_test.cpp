// GET and HEAD change nothing but the log of what left the house. Z10, SEC-3; checklist 11.
#include "api/samples.h"
#include "api/sound.h"

namespace baijin::api {
namespace {

using testing::Answer;

const std::set<std::string> told_by_reads = {
    "files.downloaded", "tickets.exported",  "tickets.list_exported", "customers.exported",
    "mail.raw_taken",   "contacts.exported", "audit.exported"};

class QuietReads : public SceneTest {};
BAIJIN_ON_BOTH_ENGINES(QuietReads)

TEST_P(QuietReads, Z10_reading_everything_changes_nothing) {
  auto desk = scene().desk();
  auto before = all_rows(*desk, {"events"});
  auto events = desk->events().size();
  for (const auto& route : desk->hub().registry().routes) {
    const auto* sample = Samples::all().of(*route);
    if (route->writes || !sample) continue;
    for (auto method : {Method::get, Method::head}) {
      for (auto name : {"admin", "g1", "a1"}) {
        auto request = asked(scene(), *route, *sample, 'A', Aim::own, scene().who(name).token);
        request.method = method;
        request.headers.emplace_back("x-http-method-override", "DELETE");
        desk->ask(request);
      }
    }
    EXPECT_TRUE(all_rows(*desk, {"events"}) == before) << name_of(*route) << " wrote something";
  }
  auto kinds = desk->events();
  for (std::size_t i = events; i < kinds.size(); ++i) {
    EXPECT_TRUE(told_by_reads.contains(kinds[i])) << kinds[i] << " was told by a read";
  }
  EXPECT_GT(kinds.size(), events) << "downloads and exports are told";
}

// Every read of personal data that leaves is told before it is answered.
TEST_P(QuietReads, SEC3_downloads_and_exports_are_told) {
  auto desk = scene().desk();
  auto told = [&](const std::string& path) {
    auto before = desk->events().size();
    auto answer = desk->get(path, scene().who("admin").token);
    EXPECT_EQ(answer.status, 200) << path << answer.body.substr(0, 200);
    auto kinds = desk->events();
    return kinds.size() == before + 1 ? kinds.back() : "";
  };
  auto id = [&](const std::string& kind) { return std::to_string(scene().thing(kind, 'A').id); };
  EXPECT_EQ(told("/files/" + id("file")), "files.downloaded");
  EXPECT_EQ(told("/tickets/" + id("ticket") + "/archive"), "tickets.exported");
  EXPECT_EQ(told("/audit/export"), "audit.exported");
  EXPECT_EQ(told("/customers/export"), "customers.exported");
  EXPECT_EQ(told("/contacts/export"), "contacts.exported");
  EXPECT_EQ(told("/tickets/export"), "tickets.list_exported");
}

}  // namespace
}  // namespace baijin::api
