#include "base/time.h"

#include <date/tz.h>

#include <stdexcept>

#include "base/error.h"

namespace baijin {
namespace {

constexpr std::int64_t day_us = 86'400'000'000;

struct Civil {
  std::int64_t year;
  unsigned month;
  unsigned day;
};

// Howard Hinnant's civil_from_days and days_from_civil, over eras of 400 years.
constexpr Civil civil_from_days(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const auto of_era = static_cast<unsigned>(days - era * 146'097);
  const unsigned year_of_era = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
  const unsigned of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted_month = (5 * of_year + 2) / 153;
  const unsigned day = of_year - (153 * shifted_month + 2) / 5 + 1;
  const unsigned month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2), month, day};
}

constexpr std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) {
  year -= month <= 2;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto year_of_era = static_cast<unsigned>(year - era * 400);
  const unsigned of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const unsigned of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
  return era * 146'097 + static_cast<std::int64_t>(of_era) - 719'468;
}

constexpr unsigned days_in_month(std::int64_t year, unsigned month) {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

constexpr std::int64_t floor_days(Time time) {
  return time.us >= 0 ? time.us / day_us : -((-time.us - 1) / day_us) - 1;
}

char* put_digits(char* at, std::uint64_t value, int count) {
  for (int i = count - 1; i >= 0; --i, value /= 10) at[i] = static_cast<char>('0' + value % 10);
  return at + count;
}

char* put_date(char* at, std::int64_t days) {
  const auto civil = civil_from_days(days);
  at = put_digits(at, civil.year < 0 ? 0 : static_cast<std::uint64_t>(civil.year), 4);
  *at++ = '-';
  at = put_digits(at, civil.month, 2);
  *at++ = '-';
  return put_digits(at, civil.day, 2);
}

// Takes exactly `count` digits off the front; -1 when they are not there.
int take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return -1;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::int64_t> take_date(std::string_view& text) {
  const int year = take_digits(text, 4);
  if (year < 1970 || !take(text, '-')) return {};
  const int month = take_digits(text, 2);
  if (month < 1 || month > 12 || !take(text, '-')) return {};
  const int day = take_digits(text, 2);
  const auto month_number = static_cast<unsigned>(month);
  if (day < 1 || static_cast<unsigned>(day) > days_in_month(year, month_number)) return {};
  return days_from_civil(year, month_number, static_cast<unsigned>(day));
}

// "" or ".5" … ".123456" as microseconds.
std::optional<int> take_fraction(std::string_view& text) {
  if (!take(text, '.')) return 0;
  int value = 0;
  int digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    value = value * 10 + take_digits(text, 1);
    if (++digits > 6) return {};
  }
  if (digits == 0) return {};
  for (; digits < 6; ++digits) value *= 10;
  return value;
}

// "Z", "+08:00": seconds east of Greenwich.
std::optional<int> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return 0;
  const bool west = take(text, '-');
  if (!west && !take(text, '+')) return {};
  const int offset_hours = take_digits(text, 2);
  if (offset_hours < 0 || offset_hours > 23 || !take(text, ':')) return {};
  const int offset_minutes = take_digits(text, 2);
  if (offset_minutes < 0 || offset_minutes > 59) return {};
  const int east = offset_hours * 3'600 + offset_minutes * 60;
  return west ? -east : east;
}

const date::time_zone* find_zone(std::string_view name) {
  if (name.empty() || name.size() > 60) return nullptr;
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {  // how the library says that there is no such zone
    return nullptr;
  }
}

}  // namespace

void append_text(std::string& out, Time time) {
  const auto days = floor_days(time);
  auto rest = static_cast<std::uint64_t>((time.us - days * day_us) / 1'000);
  char text[32];
  char* at = put_date(text, days);
  const auto put = [&](char before, std::uint64_t unit, int digits) {
    *at++ = before;
    at = put_digits(at, rest / unit, digits);
    rest %= unit;
  };
  put('T', 3'600'000, 2);
  put(':', 60'000, 2);
  put(':', 1'000, 2);
  put('.', 1, 3);
  *at++ = 'Z';
  out.append(text, at);
}

std::string to_text(Time time) {
  std::string text;
  append_text(text, time);
  return text;
}

std::string to_text(Date date) {
  char text[16];
  return std::string(text, put_date(text, date.day));
}

std::optional<Time> parse_time(std::string_view text) {
  const auto days = take_date(text);
  if (!days || (!take(text, 'T') && !take(text, 't'))) return {};
  const int hour = take_digits(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ':')) return {};
  const int minute = take_digits(text, 2);
  if (minute < 0 || minute > 59 || !take(text, ':')) return {};
  const int second = take_digits(text, 2);
  if (second < 0 || second > 59) return {};
  const auto fraction = take_fraction(text);
  const auto east = fraction ? take_offset(text) : std::nullopt;
  if (!east || !text.empty()) return {};
  const std::int64_t of_day = hour * 3'600 + minute * 60 + second - *east;
  const Time time{*days * day_us + of_day * 1'000'000 + *fraction};
  constexpr Time end{days_from_civil(10'000, 1, 1) * day_us};
  if (time < Time{} || time >= end) return {};  // an offset may lead out of the years
  return time;
}

std::optional<Date> parse_date(std::string_view text) {
  const auto days = take_date(text);
  if (!days || !text.empty()) return {};
  return Date{static_cast<std::int32_t>(*days)};
}

Date utc_date(Time time) { return {static_cast<std::int32_t>(floor_days(time))}; }

int utc_year(Time time) { return static_cast<int>(civil_from_days(floor_days(time)).year); }

int year_in_zone(Time time, std::string_view zone) {
  const auto* found = find_zone(zone);
  if (!found) throw invalid("unknown_time_zone");
  const auto local = found->to_local(
      date::sys_time<std::chrono::microseconds>(std::chrono::microseconds(time.us)));
  return utc_year({local.time_since_epoch().count()});
}

std::string clock_text(Time time, std::string_view zone) {
  const auto* found = find_zone(zone);
  if (!found) throw invalid("unknown_time_zone");
  const auto local = found->to_local(
      date::sys_time<std::chrono::microseconds>(std::chrono::microseconds(time.us)));
  auto text = to_text(Time{local.time_since_epoch().count()});  // "2026-11-23T14:05:00.000Z"
  text[10] = ' ';
  return text.substr(0, 16);
}

bool is_time_zone(std::string_view zone) { return find_zone(zone) != nullptr; }

}  // namespace baijin
