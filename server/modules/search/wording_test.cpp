#include "modules/search/wording.h"

#include <gtest/gtest.h>

namespace baijin::search::wording {
namespace {

TEST(SearchWording, I2_WhatTheUserTypesIsInsideQuotes) {
  EXPECT_EQ(fts5_query(parts_of("软件崩溃"), {}), "({title body} : \"软件 件崩 崩溃\")");
  for (auto hostile : {"\" OR title:x", "NEAR(a b)", "a* -b ^c", "body : secret", "x'); DROP",
                       "% _ \\ &|!():*<->"}) {
    auto query = fts5_query(parts_of(hostile), {});
    // Outside quotes only our own words and signs are left.
    std::string outside;
    bool quoted = false;
    for (char c : query) {
      if (c == '"') quoted = !quoted;
      else if (!quoted) outside += c;
    }
    EXPECT_FALSE(quoted) << query;
    EXPECT_EQ(outside.find_first_not_of(" (){}:*ANDtitlebody"), std::string::npos) << query;
  }
}

TEST(SearchWording, CutsATextIntoPiecesByWhichOthersAreLikeIt) {
  auto pieces = [](std::string_view text) {
    std::string all;
    for (const auto& piece : pieces_of(text)) {
      for (const auto& word : piece.phrase.words) all += word + " ";
      all += "| ";
    }
    return all;
  };
  EXPECT_EQ(pieces("打印机"), "打印 印机 | ");
  EXPECT_EQ(pieces("软件崩溃"), "软件 件崩 崩溃 | ");
  EXPECT_EQ(pieces("报表打印软件崩溃"), "报表 表打 打印 | 打印 印软 软件 | 软件 件崩 崩溃 | ");
  EXPECT_EQ(pieces("ERP V8 导出报表乱码"), "erp | v8 | 导出 出报 报表 | 报表 表乱 乱码 | ");
  EXPECT_EQ(pieces("is it 打印"), "");
  EXPECT_EQ(pieces(""), "");
  EXPECT_EQ(pieces_of("abc def ghi jkl mno pqr stu vwx yza bcd").size(), 8u);
}

TEST(SearchWording, SaysTheSameToBothEngines) {
  EXPECT_EQ(tsquery(parts_of("软件崩溃"), {}),
            "(('软件':A <-> '件崩':A <-> '崩溃':A) | ('软件':B <-> '件崩':B <-> '崩溃':B))");
  EXPECT_EQ(tsvector("软件", "it's", "c1"), "'软件':1A 'it':4B 's':5B 'c1':1C");
}

TEST(SearchWording, CustomersAreFencedInsideTheIndex) {
  Fence fence;
  fence.customers_only = true;
  fence.customers = {17, 18};
  fence.kinds = {"ticket"};
  auto query = fts5_query(parts_of("打印"), fence);
  EXPECT_NE(query.find("AND scope : (\"everyone\" OR \"c17p\" OR \"c18p\")"), query.npos) << query;
  EXPECT_NE(query.find("AND scope : (\"kticket\")"), query.npos) << query;
}

TEST(SearchWording, ScopeTellsWhoseAndHoldsNumbers) {
  Entry entry;
  entry.subject = {"ticket", 5};
  entry.customer = Id<customers::Customer>{17};
  entry.title = "2026-4831-9207 打印机";
  entry.text = "call +86 138-1234-5678 please, room 12";
  EXPECT_EQ(scope_of(entry), "kticket c17 c17p 202648319207 13812345678");
  entry.staff_only = true;
  EXPECT_EQ(scope_of(entry).find("c17p"), std::string::npos);
}

TEST(SearchWording, ANumberIsFoundHoweverItIsGrouped) {
  for (auto query : {"138 1234 5678", "138-1234-5678", "+86 13812345678", "13812345678"}) {
    auto parts = parts_of(query);
    ASSERT_EQ(parts.size(), 1U) << query;
    EXPECT_EQ(parts.front().digits, "13812345678") << query;
  }
  EXPECT_TRUE(parts_of("error 500").front().digits.empty());
}

TEST(SearchWording, SnippetsShowTheFirstMatchInCodePoints) {
  std::string text(3'000, 'x');
  for (std::size_t i = 5; i < text.size(); i += 6) text[i] = ' ';
  auto long_text = text + " 报表打印时软件崩溃，请处理";
  auto parts = parts_of("软件崩溃");
  auto excerpt = snippet(long_text, parts);
  ASSERT_EQ(excerpt.matches.size(), 1U) << excerpt.text;
  EXPECT_EQ(excerpt.matches.front().end - excerpt.matches.front().begin, 4);
  EXPECT_TRUE(excerpt.text.starts_with("…"));
  EXPECT_NE(excerpt.text.find("软件崩溃"), std::string::npos);
  auto title = marked("打印 软件崩溃 软件", parts);
  ASSERT_EQ(title.matches.size(), 1U);
  EXPECT_EQ(title.matches.front().begin, 3);
  EXPECT_EQ(title.matches.front().end, 7);
  EXPECT_TRUE(snippet("nothing here", parts).matches.empty());
}

}  // namespace
}  // namespace baijin::search::wording
