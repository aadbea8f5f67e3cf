#pragma once
// Points in time are microseconds since 1970-01-01T00:00Z; calendar dates know no zone.
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace baijin {

struct Duration {
  std::int64_t us = 0;
  constexpr auto operator<=>(const Duration&) const = default;
  constexpr std::int64_t whole_seconds() const { return us / 1'000'000; }
};
constexpr Duration microseconds(std::int64_t n) { return {n}; }
constexpr Duration milliseconds(std::int64_t n) { return {n * 1'000}; }
constexpr Duration seconds(std::int64_t n) { return {n * 1'000'000}; }
constexpr Duration minutes(std::int64_t n) { return seconds(n * 60); }
constexpr Duration hours(std::int64_t n) { return seconds(n * 3'600); }
constexpr Duration days(std::int64_t n) { return seconds(n * 86'400); }
constexpr Duration operator*(Duration a, std::int64_t n) { return {a.us * n}; }

struct Time {
  std::int64_t us = 0;
  constexpr auto operator<=>(const Time&) const = default;
};
constexpr Time operator+(Time t, Duration d) { return {t.us + d.us}; }
constexpr Time operator-(Time t, Duration d) { return {t.us - d.us}; }
constexpr Duration operator-(Time a, Time b) { return {a.us - b.us}; }

// Days since 1970-01-01 in the proleptic Gregorian calendar.
struct Date {
  std::int32_t day = 0;
  constexpr auto operator<=>(const Date&) const = default;
};

// RFC 3339 in UTC with milliseconds: "2026-11-23T06:00:00.000Z".
std::string to_text(Time time);
void append_text(std::string& out, Time time);
std::string to_text(Date date);  // "2026-11-23"

// RFC 3339 with any offset and 0–6 decimals, years 1970–9999; nothing for any other text.
std::optional<Time> parse_time(std::string_view text);
std::optional<Date> parse_date(std::string_view text);

Date utc_date(Time time);
int utc_year(Time time);
// The year in a named zone ("Asia/Shanghai"); throws invalid("unknown_time_zone").
int year_in_zone(Time time, std::string_view zone);
// What a clock in a named zone shows: "2026-11-23 14:05"; throws invalid("unknown_time_zone").
std::string clock_text(Time time, std::string_view zone);
bool is_time_zone(std::string_view zone);

}  // namespace baijin
