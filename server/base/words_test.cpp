#include "base/words.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace baijin {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  cut_words(text, [&](const Word& word) {
    EXPECT_LE(word.text.size(), 64U);
    EXPECT_LT(word.begin, word.end);
    EXPECT_LE(static_cast<std::size_t>(word.end), text.size());
    words.emplace_back(word.text);
  });
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : "|") + word;
  return text;
}

// What a full-text index does with a phrase: the words in a row, the last perhaps unfinished.
bool finds(std::string_view text, std::string_view query) {
  const auto words = words_of(text);
  return std::ranges::all_of(cut_query(query), [&](const Phrase& phrase) {
    for (std::size_t i = 0; i + phrase.words.size() <= words.size(); ++i) {
      bool match = true;
      for (std::size_t j = 0; j < phrase.words.size(); ++j) {
        const bool unfinished = phrase.prefix && j + 1 == phrase.words.size();
        match = match && (unfinished ? words[i + j].starts_with(phrase.words[j])
                                     : words[i + j] == phrase.words[j]);
      }
      if (match) return true;
    }
    return false;
  });
}

TEST(Words, AreCutForAnIndex) {
  const std::pair<std::string, const char*> table[] = {
      {"软件崩溃", "软件|件崩|崩溃"},
      {"软", "软"},
      {"E-1042", "e|1042"},
      {"user@host.cn", "user|host|cn"},
      {"软件v2崩溃", "软件|v2|崩溃"},
      {"ＡＢＣ１２３", "abc123"},
      {"Straße", "strasse"},
      {"e\u0301t\u00E9", "été"},
      {"㎏ ①", "kg|1"},
      {"テレビを見る", "テレ|レビ|ビを|を見|見る"},
      {"ﾃﾚﾋﾞ", "テレ|レビ"},
      {"서울시", "서울|울시"},
      {"好😀的", "好|的"},
      {"😀", ""},
      {"", ""},
      {" \t\n。，！", ""},
      {"Привет, мир", "привет|мир"},
      {"\xFF"
       "abc\xFE"
       "def",
       "abc|def"},
      {"a\u00ADb", "ab"},
      {"𠮷野家", "𠮷野|野家"},
      {std::string(100, 'A'), "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}};
  for (const auto& [text, expected] : table) EXPECT_EQ(joined(words_of(text)), expected) << text;
}

TEST(Words, KnowTheirPlaces) {
  const std::string text = "泵A1坏了①";
  std::vector<std::string> seen;
  cut_words(text, [&](const Word& word) {
    seen.push_back(text.substr(static_cast<std::size_t>(word.begin),
                               static_cast<std::size_t>(word.end - word.begin)));
  });
  EXPECT_EQ(joined(seen), "泵|A1|坏了|①");
}

TEST(Words, PLT3TwoChineseCharactersAreFoundInRunningText) {
  const std::string text = "昨天客户反映组态软件在验收时崩溃，错误码E-1042，设备型号ABC-200。";
  for (const auto* query : {"组态", "验收", "软件", "崩溃", "客户", "反映组态软件", "E-1042",
                            "e1042 ", "ABC-200", "abc", "型号abc", "错误码e", "软", "验", "1042",
                            "组态 崩溃", "码E-1042", "ＡＢＣ", "abc-2"}) {
    const bool expected = std::string_view(query) != "e1042 ";
    EXPECT_EQ(finds(text, query), expected) << query;
  }
  for (const auto* query : {"态验", "软崩", "2000", "abd", "崩溃组态", "bc"}) {
    EXPECT_FALSE(finds(text, query)) << query;
  }
}

TEST(Words, AQueryIsPhrasesWithPrefixes) {
  struct Row {
    const char* query;
    const char* words;
    bool prefix;
  };
  const Row table[] = {{"软件", "软件", false},    {"软", "软", true},   {"pum", "pum", true},
                       {"软件v", "软件|v", true},  {"泵v2", "v2", true}, {"v2泵", "v2|泵", true},
                       {"\"a*:-b\"", "a|b", true}, {"OR", "or", true}};
  for (const auto& row : table) {
    const auto phrases = cut_query(row.query);
    ASSERT_EQ(phrases.size(), 1U) << row.query;
    EXPECT_EQ(joined(phrases[0].words), row.words) << row.query;
    EXPECT_EQ(phrases[0].prefix, row.prefix) << row.query;
  }
  EXPECT_EQ(cut_query("软件\u3000崩溃  x").size(), 3U);
  EXPECT_TRUE(cut_query(" \" * : - ").empty());
}

TEST(Words, AQueryHasLimits) {
  std::string many;
  for (int i = 0; i < 100; ++i) many += "w" + std::to_string(i) + " ";
  EXPECT_EQ(cut_query(many).size(), 16U);
  std::string long_part;
  for (int i = 0; i < 1000; ++i) long_part += "软件崩溃";
  const auto phrases = cut_query(long_part);
  ASSERT_EQ(phrases.size(), 1U);
  EXPECT_EQ(phrases[0].words.size(), 32U);
  EXPECT_FALSE(phrases[0].prefix);
}

TEST(Words, RowsOfMarksTakeLinearTime) {
  std::string text = "a";
  for (int i = 0; i < 500'000; ++i) text += i % 2 == 0 ? "\xCC\x81" : "\xCC\x96";
  EXPECT_FALSE(words_of(text).empty());
}

}  // namespace
}  // namespace baijin
