#include "modules/accounts/passwords.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "modules/accounts/accounts.h"

namespace baijin::accounts {
namespace {

template <class Sink>
void each_word(std::string_view list, const Sink& sink) {
  static constexpr std::string_view blanks = " \n";
  for (auto at = list.find_first_not_of(blanks); at != std::string_view::npos;) {
    auto end = std::min(list.find_first_of(blanks, at), list.size());
    sink(list.substr(at, end - at));
    at = list.find_first_not_of(blanks, end);
  }
}

const std::unordered_set<std::string_view>& words_of(std::string_view list) {
  static const auto split = [](std::string_view text) {
    std::unordered_set<std::string_view> set;
    each_word(text, [&](std::string_view word) { set.insert(word); });
    return set;
  };
  static const auto whole = split(common_passwords);
  static const auto stems = split(common_stems);
  static const auto endings = split(common_endings);
  if (list.data() == common_stems.data()) return stems;
  return list.data() == common_endings.data() ? endings : whole;
}

bool one_thing_again(std::string_view text) {
  for (std::size_t length = 1; length <= std::min<std::size_t>(4, text.size() / 2); ++length) {
    if (text.size() % length != 0) continue;
    bool again = true;
    for (std::size_t at = length; at < text.size(); ++at)
      again = again && text[at] == text[at - length];
    if (again) return true;
  }
  return false;
}

bool runs_along(std::string_view text) {
  bool found = false;
  each_word(keyboard_runs, [&](std::string_view run) {
    found = found || run.find(text) != std::string_view::npos;
  });
  return found;
}

bool known(std::string_view text) {
  return words_of(common_passwords).contains(text) || words_of(common_stems).contains(text);
}

bool known_with_ending(std::string_view text) {
  const auto& endings = words_of(common_endings);
  for (std::size_t cut = 1; cut < text.size(); ++cut) {
    auto front = text.substr(0, cut), back = text.substr(cut);
    if (known(front) && (endings.contains(back) || words_of(common_stems).contains(back)))
      return true;
    if (endings.contains(front) && words_of(common_stems).contains(back)) return true;
  }
  return false;
}

}  // namespace

bool is_common_password(std::string_view password) {
  auto text = folded(password);
  auto half = std::string_view(text).substr(0, text.size() / 2);
  bool twice = !half.empty() && text.size() % 2 == 0 && std::string_view(text).ends_with(half);
  return known(text) || one_thing_again(text) || runs_along(text) || known_with_ending(text) ||
         (twice && (known(half) || known_with_ending(half)));
}

void require_password_strength(std::string_view password, std::string_view login,
                               std::string_view field) {
  if (!is_utf8(password)) throw invalid("not_unicode", field);
  auto length = code_points(password);
  if (length < shortest_password) throw invalid("password_too_short", field);
  bool common = is_common_password(password) || folded(password) == folded(login);
  if (common) throw invalid("password_too_common", field);
}

}  // namespace baijin::accounts
