#include "base/text.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace baijin {
namespace {

struct Case {
  std::string raw;
  std::string expected;  // the clean text, or the reason after a "!"
};

template <class Clean>
void expect_all(std::initializer_list<Case> table, Clean clean) {
  for (const auto& [raw, expected] : table) {
    std::string got;
    try {
      got = clean(raw);
      EXPECT_EQ(clean(got), got) << "cleaning twice changes " << raw;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind, Kind::invalid);
      got = "!" + error.reason;
    }
    EXPECT_EQ(got, expected) << raw;
  }
}

TEST(Text, ALineIsTrimmedNormalisedAndChecked) {
  expect_all({{"Pump 3", "Pump 3"},
              {"  Pump 3 ", "Pump 3"},
              {"\t水泵\u3000", "水泵"},
              {"a\tb", "a b"},
              {"\u00A0\u200B\uFEFFx\uFEFF", "x"},
              {"e\u0301", "é"},
              {"", "!required"},
              {"   ", "!required"},
              {"\u200B\u3000", "!required"},
              {"12345678", "12345678"},
              {"水水水水水水水水", "水水水水水水水水"},
              {"123456789", "!too_long"},
              {"水水水水水水水水水", "!too_long"},
              {"a\nb", "!control_character"},
              {"a\u2028b", "!control_character"},
              {std::string("a\0b", 3), "!control_character"},
              {"a\x1b[0m", "!control_character"},
              {"a\x7f", "!control_character"},
              {"a\u0085"
               "b",
               "!control_character"},
              {"a\u202Egpj", "!control_character"},
              {"a\u2066", "!control_character"},
              {"a\xFF", "!not_unicode"},
              {"a\xED\xA0\x80", "!not_unicode"},
              {"😀👨‍👩", "😀👨‍👩"}},
             [](const std::string& raw) { return clean_line(raw, 1, 8); });
}

TEST(Text, LinesKeepTheirTabsAndGetOneKindOfEnd) {
  expect_all({{"a\r\nb\rc\nd", "a\nb\nc\nd"},
              {"a\tb", "a\tb"},
              {"a\u2028b\u2029c", "a\nb\nc"},
              {"  indented\n", "  indented\n"},
              {"", ""},
              {"A\u030A", "Å"},
              {std::string(21, 'x'), "!too_long"},
              {"a\x01", "!control_character"},
              {"水\u202A", "!control_character"},
              {"\xC3", "!not_unicode"}},
             [](const std::string& raw) { return clean_lines(raw, 20); });
}

TEST(Text, EmailAddresses) {
  const std::string long_local(64, 'a');
  const std::string label(60, 'b');
  expect_all({{"Li.Wei@Example.COM", "Li.Wei@example.com"},
              {" a@b.cn ", "a@b.cn"},
              {"root@localhost", "root@localhost"},
              {"a+b=c!#$%&'*/?^_`{|}~-@x.y", "a+b=c!#$%&'*/?^_`{|}~-@x.y"},
              {"a@例子.中国", "a@xn--fsqu00a.xn--fiqs8s"},
              {long_local + "@b.cn", long_local + "@b.cn"},
              {"a" + long_local + "@b.cn", "!not_an_email"},
              {long_local + "@" + label + "." + label + "." + label + "." + label, "!too_long"},
              {"", "!not_an_email"},
              {"a", "!not_an_email"},
              {"@b.cn", "!not_an_email"},
              {"a@", "!not_an_email"},
              {"a@b@c.cn", "!not_an_email"},
              {"a b@c.cn", "!not_an_email"},
              {".a@c.cn", "!not_an_email"},
              {"a.@c.cn", "!not_an_email"},
              {"a..b@c.cn", "!not_an_email"},
              {"\"a b\"@c.cn", "!not_an_email"},
              {"a@c..cn", "!not_an_email"},
              {"a@-c.cn", "!not_an_email"},
              {"a@c-.cn", "!not_an_email"},
              {"a@[127.0.0.1]", "!not_an_email"},
              {"a@c.cn\r\nBcc: x@y.z", "!not_an_email"},
              {"a\xFF@c.cn", "!not_unicode"}},
             [](const std::string& raw) { return clean_email(raw); });
}

TEST(Text, TelephoneNumbers) {
  expect_all({{"+86 138-0013-8000", "+86 138-0013-8000"},
              {"(010) 8888.9999转801", "(010) 8888.9999转801"},
              {"010-88889999x12", "010-88889999x12"},
              {"＋８６（10）１２３", "+86(10)123"},
              {" 110 ", "110"},
              {"", "!required"},
              {"12", "!too_short"},
              {"()()()", "!too_short"},
              {std::string(41, '1'), "!too_long"},
              {"1234#", "!not_a_phone"},
              {"call 123", "!not_a_phone"},
              {"123\n456", "!not_a_phone"},
              {"123\xFF", "!not_unicode"}},
             [](const std::string& raw) { return clean_phone(raw); });
}

TEST(Text, SlugsAndLinks) {
  expect_all({{"a", "a"},
              {"a-b_9", "a-b_9"},
              {"9a", "!not_a_slug"},
              {"A", "!not_a_slug"},
              {"", "!required"},
              {std::string(61, 'a'), "!too_long"},
              {"a b", "!not_a_slug"}},
             [](const std::string& raw) { return clean_slug(raw); });
  expect_all({{"https://example.com/路径?q=1#x", "https://example.com/路径?q=1#x"},
              {"HTTP://example.com", "http://example.com"},
              {"mailto:a@b.cn", "mailto:a@b.cn"},
              {"javascript:alert(1)", "!not_a_link"},
              {"javascript:alert(1)//http://x", "!not_a_link"},
              {"java\tscript:alert(1)", "!not_a_link"},
              {"data:text/html,x", "!not_a_link"},
              {"//example.com", "!not_a_link"},
              {"/tickets/1", "!not_a_link"},
              {"https:///x", "!not_a_link"},
              {"https:example.com", "!not_a_link"},
              {"https://a b", "!not_a_link"},
              {"https://a\"onclick=", "!not_a_link"},
              {"https://a\nb", "!control_character"},
              {"mailto:", "!not_a_link"},
              {"", "!required"}},
             [](const std::string& raw) { return clean_link(raw); });
}

TEST(Text, IsShortenedByCodePoints) {
  EXPECT_EQ(shorten("软件崩溃", 4), "软件崩溃");
  EXPECT_EQ(shorten("软件崩溃", 2), "软件…");
  EXPECT_EQ(shorten("", 2), "");
  EXPECT_EQ(code_points("a软😀"), 3);
}

TEST(Text, IsFoldedForComparing) {
  const std::pair<const char*, const char*> table[] = {{"ＡＢＣ  Ltd", "abc ltd"},
                                                       {"  Straße ", "strasse"},
                                                       {"ﬁne", "fine"},
                                                       {"上海\u3000设备", "上海 设备"},
                                                       {"\t", ""},
                                                       {"Ⅷ", "viii"},
                                                       {"ÀÉ", "àé"}};
  for (const auto& [raw, expected] : table) {
    EXPECT_EQ(folded(raw), expected);
    EXPECT_EQ(folded(expected), expected);
  }
}

TEST(Text, I2_PatternsTakeTextForItself) {
  EXPECT_EQ(like_containing("50%_!"), "%50!%!_!!%");
  EXPECT_EQ(like_beginning_with("ＡB%"), "ab!%%");
}

TEST(Text, PhoneDigitsFindANumberAgain) {
  const std::pair<const char*, const char*> table[] = {{"+86 138-0013-8000", "13800138000"},
                                                       {"0086 13800138000", "13800138000"},
                                                       {"13800138000", "13800138000"},
                                                       {"(010) 8888-9999转801", "1088889999"},
                                                       {"+86 (0)10 8888 9999", "1088889999"},
                                                       {"＋８６１０", "10"},
                                                       {"+49 30 1234", "49301234"},
                                                       {"8613", "8613"},
                                                       {"", ""}};
  for (const auto& [raw, digits] : table) EXPECT_EQ(phone_digits(raw), digits) << raw;
}

}  // namespace
}  // namespace baijin
