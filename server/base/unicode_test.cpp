#include "base/unicode.h"

#include <gtest/gtest.h>
#include <unicode/normalizer2.h>

#include "base/text.h"

namespace baijin {
namespace {

TEST(Unicode, EveryCodePointIsReadAsWritten) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_code_point(text, c);
    std::size_t at = 0;
    ASSERT_EQ(next_code_point(text, at), c);
    ASSERT_EQ(at, text.size());
  }
}

TEST(Unicode, IllFormedBytesAreSeen) {
  const std::string table[] = {"\x80",
                               "\xC0\x80",
                               "\xC1\xBF",
                               "\xE0\x80\x80",
                               "\xED\xA0\x80",
                               "\xF0\x80\x80\x80",
                               "\xF4\x90\x80\x80",
                               "\xF8\x88\x80\x80\x80",
                               "\xE4\xB8",
                               "\xE4",
                               "\xFF",
                               "a\xFE"
                               "b",
                               "12345678\xC3"};
  for (const auto& text : table) {
    EXPECT_FALSE(is_utf8(text));
    EXPECT_TRUE(is_utf8(repaired_utf8(text)));
  }
  EXPECT_EQ(repaired_utf8("a\xFE"
                          "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_TRUE(is_utf8("工单 ✓ 😀 \xED\x9F\xBF\xEE\x80\x80"));
}

TEST(Unicode, PrintableAsciiIsCountedToTheFirstOtherByte) {
  for (std::size_t length = 0; length < 20; ++length) {
    for (int other = 0; other < 256; ++other) {
      auto text = std::string(length, 'a') + static_cast<char>(other);
      const bool printable = other >= 0x20 && other < 0x7F;
      ASSERT_EQ(printable_ascii(text), printable ? length + 1 : length) << other;
      text += "zzzzzzzzzzzz";
      ASSERT_EQ(printable_ascii(text), printable ? text.size() : length) << other;
    }
  }
}

TEST(Unicode, NormalFormIsThatOfIcuForEveryPair) {
  UErrorCode problem = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(problem);
  ASSERT_TRUE(U_SUCCESS(problem));
  for (char32_t c = 1; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    for (const char32_t next : {U'a', U'\u0301', U'\u3099', U'\u0338', U'\u11A8'}) {
      icu::UnicodeString pair(static_cast<UChar32>(c));
      pair.append(static_cast<UChar32>(next));
      std::string expected;
      nfc->normalize(pair, problem).toUTF8String(expected);
      std::string text;
      append_code_point(text, c);
      append_code_point(text, next);
      ASSERT_EQ(normal_form(text), expected) << std::hex << static_cast<unsigned>(c);
    }
  }
}

TEST(Unicode, LongRowsOfMarksAreCutSoThatTheyTakeLinearTime) {
  std::string text = "a";
  for (int i = 0; i < 200'000; ++i) text += i % 2 == 0 ? "\xCC\x81" : "\xCC\x96";
  const auto normal = normal_form(text);
  EXPECT_LT(normal.size(), 100U);
  EXPECT_EQ(normal_form(normal), normal);
  std::string grows = "a";
  for (int i = 0; i < 30; ++i) grows += "\xCD\x84";  // U+0344 becomes two marks
  const auto once = normal_form(grows);
  EXPECT_EQ(normal_form(once), once);
}

}  // namespace
}  // namespace baijin
