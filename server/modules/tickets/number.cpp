#include "modules/tickets/number.h"

#include <algorithm>

namespace baijin::tickets::number {
namespace {

constexpr int rounds = 6;
constexpr std::uint32_t half_mask = 0xFFF;  // two halves of 12 bits: 16,777,216 places

std::uint32_t mixed(std::uint32_t half, std::uint64_t key, int round) {
  std::uint64_t x = key ^ (std::uint64_t{half} << 32) ^ static_cast<std::uint64_t>(round + 1);
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return static_cast<std::uint32_t>(x >> 40) & half_mask;
}

std::uint32_t forth(std::uint32_t value, std::uint64_t key) {
  auto left = value >> 12, right = value & half_mask;
  for (int round = 0; round < rounds; ++round) {
    auto next = left ^ mixed(right, key, round);
    left = right;
    right = next;
  }
  return (left << 12) | right;
}

std::uint32_t back(std::uint32_t value, std::uint64_t key) {
  auto left = value >> 12, right = value & half_mask;
  for (int round = rounds - 1; round >= 0; --round) {
    auto before = right ^ mixed(left, key, round);
    right = left;
    left = before;
  }
  return (left << 12) | right;
}

std::string digits_of(std::int64_t value, std::size_t width) {
  auto text = std::to_string(value);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

}  // namespace

std::int64_t permuted(std::int64_t value, std::uint64_t key) {
  auto place = static_cast<std::uint32_t>(value);
  do place = forth(place, key);
  while (place >= numbers_a_year);
  return place;
}

std::int64_t unpermuted(std::int64_t value, std::uint64_t key) {
  auto place = static_cast<std::uint32_t>(value);
  do place = back(place, key);
  while (place >= numbers_a_year);
  return place;
}

int check_digit(std::string_view digits) {
  static constexpr int table[10][10] = {
      {0, 3, 1, 7, 5, 9, 8, 6, 4, 2}, {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
      {4, 2, 0, 6, 8, 7, 1, 3, 5, 9}, {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
      {6, 1, 2, 3, 0, 4, 5, 9, 7, 8}, {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
      {5, 8, 6, 9, 7, 2, 0, 1, 3, 4}, {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
      {9, 4, 3, 8, 6, 1, 7, 2, 0, 5}, {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}};
  int interim = 0;
  for (char c : digits) interim = table[interim][c - '0'];
  return interim;
}

std::string number_for(int year, std::int64_t drawn, std::uint64_t key) {
  auto digits = digits_of(permuted(drawn % numbers_a_year, key), 7);
  auto check = check_digit(std::to_string(year) + digits);
  return std::to_string(year) + "-" + digits.substr(0, 4) + "-" + digits.substr(4) +
         static_cast<char>('0' + check);
}

bool is_well_formed(std::string_view number) {
  if (number.size() != 14 || number[4] != '-' || number[9] != '-') return false;
  std::string digits;
  for (char c : number) {
    if (c == '-') continue;
    if (c < '0' || c > '9') return false;
    digits += c;
  }
  return digits.size() == 12 && check_digit(digits) == 0;
}

}  // namespace baijin::tickets::number
