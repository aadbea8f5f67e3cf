// Query strings and page cursors: what comes from outside.
#include <gmock/gmock.h>

#include "base/error.h"
#include "hub/cursor_text.h"
#include "hub/query_text.h"

namespace baijin {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST(QueryText, is_taken_apart) {
  for (const auto& [query, expected] : std::vector<std::pair<std::string, Pairs>>{
           {"", {}},
           {"a=1", {{"a", "1"}}},
           {"a=1&b=2&a=3", {{"a", "1"}, {"b", "2"}, {"a", "3"}}},
           {"a", {{"a", ""}}},
           {"a=", {{"a", ""}}},
           {"=1", {{"", "1"}}},
           {"&&a=1&", {{"a", "1"}}},
           {"a=b=c", {{"a", "b=c"}}},
           {"a+b=c+d", {{"a b", "c d"}}},
           {"%61=%E6%89%93", {{"a", "打"}}},
           {"a=%2B%26%3D%25", {{"a", "+&=%"}}},
           {"a=1;b=2", {{"a", "1;b=2"}}}}) {
    EXPECT_EQ(query_parameters(query), expected) << query;
  }
}

TEST(QueryText, that_is_broken_is_refused) {
  for (std::string query : {"a=%", "a=%4", "a=%zz", "a=%0g", "%", "a=%00", "a=%ff", "a=%e6%89",
                            "a=%ed%a0%80", "a=\xff", "a=%c0%80"}) {
    EXPECT_THROW(query_parameters(query), Error) << query;
  }
  std::string many;
  for (int i = 0; i < 100; ++i) many += "&a=1";
  EXPECT_EQ(query_parameters(many).size(), 100u);
  EXPECT_THROW(query_parameters(many + "&a=1"), Error);
}

TEST(QueryText, survives_there_and_back) {
  for (std::string text : {"", "a b&c=d", "打不开 😀", "%41+%2B", "\r\n\t\"'<>"}) {
    EXPECT_EQ(query_parameters("k=" + percent_encoded(text)), (Pairs{{"k", text}}));
  }
}

Cell text_cell(std::string_view text) {
  Cell cell;
  cell.set(text);
  return cell;
}
Cell number_cell(std::int64_t number) {
  Cell cell;
  cell.set(number);
  return cell;
}

TEST(CursorText, survives_there_and_back) {
  for (bool down : {false, true}) {
    for (std::string value : {"", "a b", "打 开", "+-", "x y z "}) {
      auto place = read_cursor(write_cursor("title", down, text_cell(value), 7), "title", down,
                               Cell::Type::text);
      ASSERT_TRUE(place) << value;
      EXPECT_EQ(place->value.text, value);
      EXPECT_EQ(place->id, 7);
    }
    for (std::int64_t value : {std::int64_t{0}, std::int64_t{-5}, INT64_MAX, INT64_MIN}) {
      auto place = read_cursor(write_cursor("at", down, number_cell(value), INT64_MAX), "at", down,
                               Cell::Type::integer);
      ASSERT_TRUE(place) << value;
      EXPECT_EQ(place->value.integer, value);
      EXPECT_EQ(place->id, INT64_MAX);
    }
  }
}

TEST(CursorText, of_another_list_or_forged_is_none) {
  auto good = write_cursor("title", true, text_cell("x"), 7);
  EXPECT_FALSE(read_cursor(good, "title", false, Cell::Type::text));
  EXPECT_FALSE(read_cursor(good, "titl", true, Cell::Type::text));
  EXPECT_FALSE(read_cursor(good, "at", true, Cell::Type::text));
  EXPECT_FALSE(read_cursor(good, "title", true, Cell::Type::integer));
  EXPECT_FALSE(read_cursor(good + "=", "title", true, Cell::Type::text));
  EXPECT_FALSE(read_cursor(good + "\n", "title", true, Cell::Type::text));
  EXPECT_FALSE(read_cursor(std::string(5'000, 'A'), "title", true, Cell::Type::text));
  for (std::string plain : {"", " ", "7", "7 ", "7 -title", "x -title x", " -title x", "7 =title x",
                            "1e3 -title x", "7 -title \xff", "99999999999999999999 -title x"}) {
    EXPECT_FALSE(read_cursor(base64url(plain), "title", true, Cell::Type::text)) << plain;
  }
}

TEST(Base64, has_one_form_only) {
  EXPECT_EQ(base64url("\xfb\xff\xfe"), "-__-");
  EXPECT_EQ(from_base64url("-__-"), "\xfb\xff\xfe");
  EXPECT_EQ(from_base64url(""), "");
  for (std::string text : {"A", "AA==", "+//+", "A A", "AAA\n", "\xff"}) {
    EXPECT_FALSE(from_base64url(text)) << text;
  }
}

TEST(CellMoves, keep_what_their_text_points_at) {
  for (std::string bytes : {std::string("short"), std::string(100, 'l'), std::string()}) {
    Cell owner;
    owner.own(bytes);
    Cell moved(std::move(owner));
    EXPECT_EQ(moved.text, bytes);
    std::vector<Cell> cells;
    for (int i = 0; i < 50; ++i) cells.emplace_back().own(bytes + std::to_string(i));
    for (int i = 0; i < 50; ++i) {
      EXPECT_EQ(cells[static_cast<std::size_t>(i)].text, bytes + std::to_string(i));
    }
    Cell copy = moved;
    moved.own("other");
    EXPECT_EQ(copy.text, bytes);
  }
  Cell pointing;
  pointing.set(std::string_view("elsewhere"));
  Cell moved = std::move(pointing);
  EXPECT_EQ(moved.text, "elsewhere");
}

}  // namespace
}  // namespace baijin
