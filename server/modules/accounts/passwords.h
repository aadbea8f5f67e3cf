#pragma once
// Which passwords are good enough: long ones, or shorter ones that are not among those everybody
// tries first. No rule about kinds of characters: they make passwords worse.
#include <string_view>

namespace baijin::accounts {

inline constexpr int shortest_password = 8;

// Whether an attacker would try it within his first ten thousand: a well-known password, a
// well-known word with a well-known ending, one thing twice, one character again and again, or a
// run along the keyboard or the alphabet.
bool is_common_password(std::string_view password);

// From common_words.cpp: lower case, blank-separated.
extern const std::string_view common_passwords, common_stems, common_endings, keyboard_runs;

}  // namespace baijin::accounts
