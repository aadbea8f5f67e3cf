// The puzzle before a request of a guest. M7.
#include "modules/portal/puzzles.h"

#include "hub/keys.h"
#include "modules/portal/test_desk.h"

namespace baijin::portal {
namespace {

using testing::Answer;

TEST(Puzzle, CountsZeroBits) {
  EXPECT_TRUE(solves("x", 0, 0));
  int found = 0;
  for (std::int64_t answer = 0; answer < 64 * 20; ++answer) {
    auto hash = sha256_hex("x:" + std::to_string(answer));
    bool six = hash[0] == '0' && hash[1] < '4';
    EXPECT_EQ(solves("x", answer, 6), six) << hash;
    found += six;
  }
  EXPECT_GT(found, 0);
}

class Puzzles : public PortalDesk {
 protected:
  void SetUp() override {
    PortalDesk::SetUp();
    changed("/organisation", R"({"guest_puzzle":true})");
  }
  Answer asked(const std::string& more) {
    return desk->post(
        "/guest-requests",
        R"({"name":"李伟","email":"wei@guest.test","subject":"发票","body":"<p>请问</p>",)"
        R"("service_type":)" +
            question + more + "}");
  }
  std::string challenge() { return desk->get("/guest-requests/form").text("puzzle.challenge"); }
  static std::string with(const std::string& challenge, std::int64_t answer) {
    return R"(,"puzzle":{"challenge":")" + challenge + R"(","answer":)" + std::to_string(answer) +
           "}";
  }
  std::int64_t solution(const std::string& challenge) {
    auto bits = desk->get("/guest-requests/form").at("puzzle.bits").to_number<std::int64_t>();
    std::int64_t answer = 0;
    while (!solves(challenge, answer, bits)) ++answer;
    return answer;
  }
};
BAIJIN_ON_BOTH_ENGINES(Puzzles)

TEST_P(Puzzles, M7_AskOnceForEachThatIsSolved) {
  EXPECT_EQ(asked("").reason(), "required");
  auto mine = challenge();
  auto answer = solution(mine);
  auto wrong = answer == 0 ? 1 : answer - 1;  // `answer` is the first
  EXPECT_EQ(asked(with(mine, wrong)).reason(), "wrong_puzzle");
  auto receipt = asked(with(mine, answer));
  EXPECT_EQ(receipt.status, 201) << receipt.body;
  EXPECT_EQ(asked(with(mine, answer)).reason(), "wrong_puzzle") << "each counts once";
}

TEST_P(Puzzles, M7_AreOursAndOfJustNow) {
  auto mine = challenge();
  auto answer = solution(mine);
  auto forged = mine;
  forged.back() = forged.back() == 'A' ? 'B' : 'A';
  EXPECT_EQ(asked(with(forged, answer)).reason(), "wrong_puzzle");
  EXPECT_EQ(asked(with("no-puzzle", 1)).reason(), "wrong_puzzle");
  desk->advance(minutes(31));
  EXPECT_EQ(asked(with(mine, answer)).reason(), "wrong_puzzle");
}

TEST_P(Puzzles, AreAskedOfNobodyWhereTheOrganisationDoesNot) {
  changed("/organisation", R"({"guest_puzzle":false})");
  EXPECT_TRUE(desk->get("/guest-requests/form").json().as_object().at("puzzle").is_null());
  EXPECT_EQ(asked("").status, 201);
}

}  // namespace
}  // namespace baijin::portal
