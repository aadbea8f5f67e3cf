// A customer asks through the portal; the request gets its number, is classified, confirmed,
// assigned, diagnosed, solved and verified, is offered, confirmed and closed, and everybody reads the
// same story. TKT-1, TKT-3, TKT-5, TKT-7, TKT-8, TKT-9, TKT-10, TKT-12, CUS-1.
#include "stories/town.h"

namespace baijin::stories {
namespace {

class LifeOfARequest : public Story {
 protected:
  Answer move(WebClient& who, const std::string& to, const std::string& more = {}) {
    return who.post(ticket + "/transitions", R"({"to":")" + to + "\"" + more + "}");
  }
  std::string state() { return as("gao").get(ticket).text("state"); }
  // The kinds of what happened, oldest first.
  static std::vector<std::string> kinds(const Answer& timeline) {
    std::vector<std::string> kinds;
    const auto items = timeline.at("items").as_array();
    for (const auto& item : items) kinds.insert(kinds.begin(), std::string(item.at("what").as_string()));
    return kinds;
  }
  std::string ticket;
};

TEST_F(LifeOfARequest, from_the_first_word_to_the_archive) {
  open();
  auto wang = signed_in("wang");
  auto opened = wang.post("/tickets", R"({"service_type":)" + std::to_string(id("fault")) +
                                          R"(,"subject":"打印机不工作","body":"<p>从今天早上开始</p>"})");
  ASSERT_STATUS(opened, 201);
  ticket = "/tickets/" + std::to_string(opened.id());
  auto number = opened.text("number");
  EXPECT_EQ(number.size(), 14u) << "a number one can say on the phone: " << number;
  EXPECT_EQ(opened.text("state"), "received");
  EXPECT_EQ(opened.at("customer"), id("hospital"));
  EXPECT_EQ(opened.text("channel"), "portal");

  // The hotline gives it to the team, classifies it and says what was understood.
  auto gao = as("gao"), lin = as("lin"), chen = as("chen");
  auto assignment = R"({"team":)" + std::to_string(id("north")) + R"(,"assignee":)" +
                    std::to_string(id("chen")) + "}";
  EXPECT_STATUS(lin.get(ticket), 404);  // in nobody's team yet
  ASSERT_STATUS(gao.post(ticket + "/assignments", assignment), 200);
  auto classified = lin.patch(ticket, R"({"severity":"S1","impact":"I1"})");
  ASSERT_STATUS(classified, 200);
  EXPECT_EQ(classified.text("priority"), "P1");  // by the matrix, TKT-4
  EXPECT_STATUS(move(lin, "confirmed"), 409);    // nobody has said anything to the customer yet
  ASSERT_STATUS(lin.post(ticket + "/messages", R"({"kind":"reply","undo_seconds":0,
      "body":"<p>我们十点到</p>"})"), 201);
  ASSERT_STATUS(move(lin, "confirmed"), 200);
  ASSERT_STATUS(move(gao, "assigned"), 200);

  // The engineer works; what changes the customer's system is recorded and saved first (TKT-8).
  ASSERT_STATUS(move(chen, "responded"), 200);
  ASSERT_STATUS(move(chen, "diagnosing"), 200);
  EXPECT_STATUS(move(chen, "resolving"), 400);  // no diagnosis
  auto refused = move(chen, "resolving", R"(,"fields":{"diagnosis":"驱动程序损坏"})");
  EXPECT_STATUS(refused, 409);
  EXPECT_EQ(refused.reason(), "original_missing");
  ASSERT_STATUS(move(chen, "resolving", R"(,"fields":{"diagnosis":"驱动程序损坏",
      "original_configuration":"驱动 1.2","backup":"已备份到 D 盘"})"), 200);
  ASSERT_STATUS(chen.post(ticket + "/messages", R"({"kind":"note","body":"<p>内部：备件已订</p>"})"),
                201);
  ASSERT_STATUS(chen.post(ticket + "/work-logs", R"({"kind":"onsite","minutes":45,
      "started_at":"2026-11-23T02:00:00Z"})"), 201);
  ASSERT_STATUS(move(chen, "verifying", R"(,"fields":{"solution":"重装驱动"})"), 200);
  EXPECT_STATUS(move(chen, "awaiting_customer"), 409);  // not tested, TKT-9
  ASSERT_STATUS(move(chen, "awaiting_customer",
                     R"(,"fields":{"test_result":"打印三页正常","test_passed":true})"), 200);

  // The customer says that it is solved, and how it was (TKT-10).
  auto confirmed = wang.post(ticket + "/confirmations", R"({"solved":true,"comment":"谢谢","rating":5})");
  ASSERT_STATUS(confirmed, 200);
  EXPECT_EQ(state(), "evaluated");
  EXPECT_STATUS(chen.post(ticket + "/work-logs", R"({"kind":"onsite","minutes":0,
      "started_at":"2026-11-23T02:00:00Z"})"), 400);

  // One story; the customer's is the same without what is said inside (TKT-12).
  auto whole = gao.get(ticket + "/timeline"), theirs = wang.get(ticket + "/timeline");
  ASSERT_STATUS(whole, 200);
  ASSERT_STATUS(theirs, 200);
  EXPECT_NE(whole.body.find("备件已订"), std::string::npos);
  EXPECT_EQ(theirs.body.find("备件已订"), std::string::npos);
  EXPECT_EQ(theirs.body.find("驱动程序损坏"), std::string::npos);  // a diagnosis is inside
  for (auto shared : {"从今天早上开始", "我们十点到", "重装驱动", "打印三页正常", "谢谢"}) {
    EXPECT_NE(whole.body.find(shared), std::string::npos) << shared;
    EXPECT_NE(theirs.body.find(shared), std::string::npos) << shared;
  }
  auto all = kinds(whole);
  for (const auto& kind : kinds(theirs)) {
    auto found = std::find(all.begin(), all.end(), kind);
    ASSERT_NE(found, all.end()) << kind << " is in the customer's story only";
    all.erase(all.begin(), found + 1);  // in the same order
  }
  auto archive = gao.get(ticket + "/archive");
  ASSERT_STATUS(archive, 200);
  EXPECT_EQ(archive.text("format"), "baijin-ticket-1");
  EXPECT_EQ(archive.text("ticket.number"), number);
  EXPECT_EQ(as("ma").get(ticket).status, 404);
}

}  // namespace
}  // namespace baijin::stories
