#pragma once
// Pure: the numbers people read out on the telephone. "2026-4831-9207": the year, seven digits that
// do not tell how many tickets there are, and a check digit that catches every wrong digit and
// every two that changed places (Damm).
#include <cstdint>
#include <string>
#include <string_view>

namespace baijin::tickets::number {

inline constexpr std::int64_t numbers_a_year = 10'000'000;

// A keyed permutation of 0 … 9,999,999: a Feistel network that walks on until it is in range.
std::int64_t permuted(std::int64_t value, std::uint64_t key);
std::int64_t unpermuted(std::int64_t value, std::uint64_t key);

// The number of the `drawn`th ticket; any `numbers_a_year` draws in a row give different ones.
std::string number_for(int year, std::int64_t drawn, std::uint64_t key);

// The digits' Damm check digit; "572" gives 4.
int check_digit(std::string_view digits);
// Whether it has the form and the check digit of our numbers (imported ones may not).
bool is_well_formed(std::string_view number);

}  // namespace baijin::tickets::number
