#include "base/pinyin.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <memory>
#include <stdexcept>

#include "base/text.h"

namespace baijin {
namespace {

// Words whose characters ICU reads one by one and then wrongly, with others that sound right.
struct Reading {
  std::string_view word, sounds_like;
};
constexpr Reading readings[] = {{"银行", "银航"}, {"行业", "航业"}, {"行长", "航长"},
                                {"音乐", "音月"}, {"华侨", "划侨"}, {"会计", "快计"}};

// Making one takes a while, and a transliterator is no thread's but its own.
const icu::Transliterator& to_latin() {
  thread_local const std::unique_ptr<icu::Transliterator> made = [] {
    UErrorCode problem = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> rules(icu::Transliterator::createInstance(
        "Han-Latin/Names; Latin-ASCII; Any-Lower", UTRANS_FORWARD, problem));
    if (U_FAILURE(problem)) throw std::runtime_error("ICU has no rules for reading Chinese");
    return rules;
  }();
  return *made;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

enum class Sort { other, letter, digit };
Sort sort_of(char c) {
  if (c >= 'a' && c <= 'z') return Sort::letter;
  return c >= '0' && c <= '9' ? Sort::digit : Sort::other;
}

}  // namespace

std::string initials(std::string_view text) {
  auto read = folded(text);
  for (const auto& [word, sounds_like] : readings) replace_all(read, word, sounds_like);
  auto latin = icu::UnicodeString::fromUTF8(read);
  to_latin().transliterate(latin);
  std::string words;
  latin.toUTF8String(words);
  std::string first;
  auto before = Sort::other;
  for (char c : words) {
    auto sort = sort_of(c);
    // All digits of a number count, of a word only its first letter.
    if (sort == Sort::digit || (sort == Sort::letter && before != Sort::letter)) first += c;
    if (c != '\'') before = sort;
  }
  return first;
}

}  // namespace baijin
