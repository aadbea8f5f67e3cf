#include "base/time.h"

#include <date/date.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace baijin {
namespace {

TEST(Time, IsWrittenInUtcWithMilliseconds) {
  const std::pair<std::int64_t, const char*> table[] = {
      {0, "1970-01-01T00:00:00.000Z"},
      {1'795'413'600'000'000, "2026-11-23T06:00:00.000Z"},
      {951'782'399'999'999, "2000-02-28T23:59:59.999Z"},
      {951'782'400'000'000, "2000-02-29T00:00:00.000Z"},
      {253'402'300'799'999'000, "9999-12-31T23:59:59.999Z"},
      {-1'000, "1969-12-31T23:59:59.999Z"},
      {-1, "1969-12-31T23:59:59.999Z"}};
  for (const auto& [us, text] : table) EXPECT_EQ(to_text(Time{us}), text);
}

TEST(Time, IsReadWithAnyOffset) {
  const std::pair<const char*, const char*> table[] = {
      {"2026-11-23T06:00:00Z", "2026-11-23T06:00:00.000Z"},
      {"2026-11-23t06:00:00z", "2026-11-23T06:00:00.000Z"},
      {"2026-11-23T14:00:00+08:00", "2026-11-23T06:00:00.000Z"},
      {"2026-11-23T00:30:00.5-05:30", "2026-11-23T06:00:00.500Z"},
      {"2026-11-23T06:00:00.123456Z", "2026-11-23T06:00:00.123Z"},
      {"2024-02-29T00:00:00-00:00", "2024-02-29T00:00:00.000Z"},
      {"1970-01-01T00:00:00+00:00", "1970-01-01T00:00:00.000Z"}};
  for (const auto& [text, expected] : table) {
    const auto time = parse_time(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(to_text(*time), expected);
  }
  EXPECT_EQ(parse_time("2026-11-23T06:00:00.000001Z")->us % 1'000'000, 1);
}

TEST(Time, AnyOtherTextIsNone) {
  const char* const table[] = {"",
                               "2026",
                               "2026-11-23",
                               "2026-11-23T06:00Z",
                               "2026-11-23T06:00:00",
                               "2026-11-23 06:00:00Z",
                               "2026-11-23T24:00:00Z",
                               "2026-11-23T06:60:00Z",
                               "2026-11-23T06:00:60Z",
                               "2026-11-23T06:00:00.Z",
                               "2026-11-23T06:00:00.1234567Z",
                               "2026-11-23T06:00:00+0800",
                               "2026-11-23T06:00:00+24:00",
                               "2026-11-23T06:00:00+08:60",
                               "2026-11-23T06:00:00Zx",
                               " 2026-11-23T06:00:00Z",
                               "2026-02-29T06:00:00Z",
                               "2026-13-01T06:00:00Z",
                               "2026-00-01T06:00:00Z",
                               "2026-04-31T06:00:00Z",
                               "1969-12-31T23:59:59Z",
                               "1970-01-01T00:00:00+08:00",
                               "9999-12-31T23:59:59-00:01",
                               "+2026-11-23T06:00:00Z",
                               "2026-11-23T06:00:00,5Z",
                               "２026-11-23T06:00:00Z"};
  for (const auto* text : table) EXPECT_FALSE(parse_time(text)) << text;
}

TEST(Date, AgreesWithTheDateLibraryOnEveryDay) {
  for (std::int32_t day = 0; day < 2'932'897; ++day) {
    const date::sys_days expected{date::days(day)};
    const auto text = to_text(Date{day});
    ASSERT_EQ(parse_date(text), Date{day}) << text;
    if (day % 97 == 0) {
      ASSERT_EQ(text, date::format("%F", expected));
    }
  }
  EXPECT_EQ(to_text(Date{2'932'896}), "9999-12-31");
}

TEST(Date, AnyOtherTextIsNone) {
  for (const auto* text : {"", "2026-2-3", "2026-02-30", "2026-02-03T00:00:00Z", "20260203",
                           "2100-02-29", "1969-01-01"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

TEST(Time, TheYearDependsOnTheZone) {
  const auto time = *parse_time("2026-12-31T16:00:00Z");
  EXPECT_EQ(utc_year(time), 2026);
  EXPECT_EQ(year_in_zone(time, "Asia/Shanghai"), 2027);
  EXPECT_EQ(year_in_zone(time - seconds(1), "Asia/Shanghai"), 2026);
  EXPECT_EQ(year_in_zone(time, "America/New_York"), 2026);
  EXPECT_EQ(to_text(utc_date(time)), "2026-12-31");
  EXPECT_EQ(to_text(utc_date(Time{-1})), "1969-12-31");
  EXPECT_THROW(year_in_zone(time, "Asia/Nowhere"), Error);
}

TEST(Time, ZonesAreKnownByTheirNames) {
  for (const auto* zone : {"Asia/Shanghai", "UTC", "Europe/Berlin", "America/New_York"}) {
    EXPECT_TRUE(is_time_zone(zone)) << zone;
  }
  const std::string long_name(100'000, 'A');
  for (const std::string& zone :
       {std::string(), std::string("Mars"), std::string("../etc/passwd"),
        std::string("asia/shanghai"), std::string("UTC\0x", 5), long_name}) {
    EXPECT_FALSE(is_time_zone(zone)) << zone.substr(0, 20);
  }
}

}  // namespace
}  // namespace baijin
