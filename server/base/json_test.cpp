#include "base/json.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <cmath>
#include <limits>

#include "base/error.h"

namespace baijin {
namespace {

std::string outcome(std::string_view text) {
  try {
    return boost::json::serialize(parse_json(text));
  } catch (const Error& error) {
    return "!" + error.reason;
  }
}

TEST(Json, OneValueIsRead) {
  for (const auto* text : {"{}", "[]", "null", "true", "1", "-1", "\"a\"", "{\"a\":[1,{\"b\":2}]}",
                           "18446744073709551615", "9223372036854775807", "{\"\":0}"}) {
    EXPECT_EQ(outcome(text), text);
  }
  EXPECT_EQ(outcome(" { \"a\" : 1 } \r\n\t"), "{\"a\":1}");
  EXPECT_EQ(outcome("\"\\u4e2d\\ud83d\\ude00\""), "\"中😀\"");
}

TEST(Json, AnythingElseIsRefused) {
  const std::string table[] = {"",
                               " ",
                               "{",
                               "}",
                               "[1,]",
                               "{\"a\":1,}",
                               "{a:1}",
                               "{'a':1}",
                               "1 2",
                               "{}{}",
                               "nul",
                               "NaN",
                               "Infinity",
                               "01",
                               "+1",
                               ".5",
                               "1.",
                               "0x1",
                               "// c\n1",
                               "/**/1",
                               "\"a",
                               "\"\t\"",
                               "\"\\x\"",
                               "\"\\ud800\"",
                               "\"\\udc00\"",
                               "\"\xFF\"",
                               "\"\xC0\x80\"",
                               "\"\xED\xA0\x80\"",
                               "1e999",
                               "-1e999",
                               "[1e309]",
                               "\xEF\xBB\xBF{}",
                               std::string("1\0", 2),
                               "{\"a\"}",
                               "{\"a\":}",
                               "{1:2}"};
  for (const auto& text : table) EXPECT_EQ(outcome(text), "!not_json") << text;
}

TEST(Json, I8DepthIsAtMost64) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_EQ(outcome(nested(64)), nested(64));
  EXPECT_EQ(outcome(nested(65)), "!too_deep");
  EXPECT_EQ(outcome(std::string(1'000'000, '[')), "!too_deep");
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_EQ(outcome(objects), "!too_deep");
}

TEST(Json, I8DuplicateKeysAreRefused) {
  for (const auto* text :
       {"{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":{},\"a\":2}", "[{\"x\":{\"a\":1,\"b\":2,\"a\":3}}]",
        "{\"a\":1,\"\\u0061\":2}", "{\"\":1,\"\":2}"}) {
    EXPECT_EQ(outcome(text), "!duplicate_key") << text;
  }
  EXPECT_EQ(outcome("{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}"),
            "{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}");
  EXPECT_EQ(outcome("[{\"a\":1},{\"a\":1}]"), "[{\"a\":1},{\"a\":1}]");
  std::string many = "{";
  for (int i = 0; i < 50'000; ++i) many += "\"k" + std::to_string(i) + "\":1,";
  EXPECT_EQ(outcome(many + "\"k7\":1}"), "!duplicate_key");
}

TEST(Json, RealNumbersAreReadExactly) {
  for (const double number : {0.1, 0.3, 12.34, 1e-7, 123456.789, 5e-324, 1.7976931348623157e308,
                              0.1 + 0.2, -2.5, 9007199254740993.0 * 3.3}) {
    std::string text;
    JsonWriter(text).real(number);
    EXPECT_EQ(parse_json(text).to_number<double>(), number) << text;
  }
}

TEST(Json, IsWrittenWithItsCommas) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  out.key("list");
  out.begin_array();
  out.number(INT64_MIN);
  out.begin_object();
  out.end_object();
  out.real(0.5);
  out.real(std::nan(""));
  out.real(std::numeric_limits<double>::infinity());
  out.end_array();
  out.key("flag");
  out.boolean(false);
  out.key("at");
  out.time(Time{0});
  out.key("raw");
  out.raw("[]");
  out.key("value");
  out.value(parse_json("{\"a\":[1,\"x\",null,true,1.5,18446744073709551615]}"));
  out.key("none");
  out.null();
  out.end_object();
  EXPECT_EQ(text,
            "{\"list\":[-9223372036854775808,{},0.5,null,null],\"flag\":false,"
            "\"at\":\"1970-01-01T00:00:00.000Z\",\"raw\":[],"
            "\"value\":{\"a\":[1,\"x\",null,true,1.5,18446744073709551615]},\"none\":null}");
}

TEST(Json, TextsComeBackAsTheyWere) {
  for (int c = 0; c < 128; ++c) {
    for (std::size_t before = 0; before < 18; ++before) {
      const auto text = std::string(before, 'x') + static_cast<char>(c) + "中文" +
                        static_cast<char>(c) + "yyyyyyyyy";
      std::string written;
      append_json_text(written, text);
      ASSERT_EQ(parse_json(written).as_string(), text) << c;
    }
  }
  std::string written;
  append_json_text(written, "a\x1b\n\"\\/\x7f");
  EXPECT_EQ(written, "\"a\\u001b\\n\\\"\\\\/\x7f\"");
}

}  // namespace
}  // namespace baijin
