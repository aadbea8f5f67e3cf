#include "modules/tickets/number.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace baijin::tickets::number {
namespace {

constexpr std::uint64_t key = 0x9E3779B97F4A7C15ULL;

TEST(TicketNumber, PermutesTheWholeRangeWithoutACollision) {
  std::vector<bool> taken(static_cast<std::size_t>(numbers_a_year));
  for (std::int64_t value = 0; value < numbers_a_year; value += 1) {
    auto place = static_cast<std::size_t>(permuted(value, key));
    ASSERT_LT(place, taken.size());
    ASSERT_FALSE(taken[place]) << value;
    taken[place] = true;
  }
}

TEST(TicketNumber, IsUndoneByItsInverse) {
  for (std::uint64_t other : {key, std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}}) {
    for (std::int64_t value = 0; value < numbers_a_year; value += 99'991) {
      EXPECT_EQ(unpermuted(permuted(value, other), other), value);
    }
  }
}

TEST(TicketNumber, DoesNotTellHowManyThereAre) {
  std::int64_t near = 0;
  for (std::int64_t value = 0; value < 10'000; ++value) {
    auto step = permuted(value + 1, key) - permuted(value, key);
    near += step > -1'000 && step < 1'000 ? 1 : 0;
  }
  EXPECT_LT(near, 10);
}

TEST(TicketNumber, HasTheYearAndACheckDigit) {
  EXPECT_EQ(check_digit("572"), 4);
  auto number = number_for(2026, 1, key);
  ASSERT_EQ(number.size(), 14U);
  EXPECT_TRUE(number.starts_with("2026-"));
  EXPECT_TRUE(is_well_formed(number));
  EXPECT_NE(number_for(2026, 2, key), number);
}

TEST(TicketNumber, CatchesEveryWrongDigitAndEverySwap) {
  const auto number = number_for(2026, 4'831, key);
  for (std::size_t at = 0; at < number.size(); ++at) {
    if (number[at] == '-') continue;
    for (char digit = '0'; digit <= '9'; ++digit) {
      auto wrong = number;
      wrong[at] = digit;
      EXPECT_EQ(is_well_formed(wrong), digit == number[at]) << wrong;
    }
    auto next = at + 1 < number.size() && number[at + 1] == '-' ? at + 2 : at + 1;
    if (next >= number.size() || number[next] == number[at]) continue;
    auto swapped = number;
    std::swap(swapped[at], swapped[next]);
    EXPECT_FALSE(is_well_formed(swapped)) << swapped;
  }
  for (auto text : {"", "2026-4831-920", "2026-4831-92071", "2026 4831 9207", "2026-483a-9207"}) {
    EXPECT_FALSE(is_well_formed(text)) << text;
  }
}

}  // namespace
}  // namespace baijin::tickets::number
