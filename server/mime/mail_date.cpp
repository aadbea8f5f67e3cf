#include "mime/mail_date.h"

#include <array>
#include <charconv>
#include <chrono>

#include "mime/characters.h"

namespace baijin::mime {
namespace {

constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                     "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> week_days = {"sun", "mon", "tue", "wed",
                                                       "thu", "fri", "sat"};

template <std::size_t N>
int place_of(const std::array<std::string_view, N>& names, std::string_view word) {
  for (std::size_t i = 0; i < N; ++i) {
    if (word.size() >= 3 && begins_with_word(word, names[i])) return static_cast<int>(i);
  }
  return -1;
}

bool all_digits(std::string_view text) {
  for (char c : text) {
    if (!is_digit(c)) return false;
  }
  return !text.empty();
}

int number(std::string_view digits) {
  int value = -1;
  std::from_chars(digits.data(), digits.data() + std::min<std::size_t>(digits.size(), 9), value);
  return value;
}

std::string without_comments(std::string_view text) {
  std::string plain;
  int depth = 0;
  for (char c : text) {
    if (c == '(') ++depth;
    else if (c == ')' && depth > 0) --depth;
    else if (depth == 0) plain += c == ',' ? ' ' : c;
  }
  return plain;
}

// What has been understood of the words so far.
class DateWords {
 public:
  void take(std::string_view word) {
    if (word.find(':') != std::string_view::npos && !is_zone_number(word)) return take_time(word);
    if (has_time_ && is_zone_number(word)) return take_zone_number(word);
    if (const int month = place_of(months, word); month >= 0 && month_ < 0 && word.size() < 10) {
      month_ = month + 1;
    } else if (const int day = place_of(week_days, word); day >= 0 && !has_time_) {
      week_day_ = day;
    } else if (all_digits(word)) {
      take_number(word);
    } else if (word.find('-') != std::string_view::npos && !has_time_) {
      take_dashed(word);
    } else if (has_time_) {
      take_name(word);
    } else if (day_ >= 0 && month_ < 0) {
      broken_ = true;  // where the month should be
    }
  }

  MailDate finish() {
    using namespace std::chrono;
    const bool complete = day_ > 0 && month_ > 0 && year_ >= 1970 && year_ <= 9999 && has_time_;
    if (!complete || broken_) return {};
    const year_month_day date(year(year_), month(static_cast<unsigned>(month_)),
                              day(static_cast<unsigned>(day_)));
    const bool possible = date.ok() && hour_ <= 24 && minute_ <= 59 && second_ <= 61;
    if (!possible) return {};
    const auto days = sys_days(date);
    odd_ = odd_ || !has_zone_ || hour_ == 24 || second_ > 59;
    odd_ = odd_ ||
           (week_day_ >= 0 && weekday(days).c_encoding() != static_cast<unsigned>(week_day_));
    const std::int64_t clock = hour_ * 3'600 + minute_ * 60 + std::min(second_, 59);
    const std::int64_t at = days.time_since_epoch().count() * std::int64_t{86'400} + clock;
    const Time time{(at - zone_ * std::int64_t{60}) * 1'000'000};
    if (time.us < 0) return {};
    return {time, zone_, odd_ ? DateState::odd : DateState::good};
  }

 private:
  // +0800, -08:00
  static bool is_zone_number(std::string_view word) {
    return word.size() >= 3 && (word.front() == '+' || word.front() == '-') && is_digit(word[1]);
  }

  // "9:55:06", "10.52.37" is not one; "2024-01-02T03:04:05.678Z" is a day and a time.
  void take_time(std::string_view word) {
    if (const auto t = word.find_first_of("Tt"); t != std::string_view::npos && t >= 8) {
      take_dashed(word.substr(0, t));
      word.remove_prefix(t + 1);
    }
    if (has_time_) return;
    const auto first = word.find(':');
    hour_ = number(word.substr(0, first));
    word.remove_prefix(first + 1);
    minute_ = number(word.substr(0, 2));
    has_time_ = hour_ >= 0 && minute_ >= 0;
    word.remove_prefix(std::min<std::size_t>(word.size(), 2));
    if (word.starts_with(':')) {
      second_ = std::max(number(word.substr(1, 2)), 0);
      word.remove_prefix(std::min<std::size_t>(word.size(), 3));
    }
    if (word.starts_with('.')) {
      word.remove_prefix(1);
      while (!word.empty() && is_digit(word.front())) word.remove_prefix(1);
    }
    if (is_zone_number(word)) take_zone_number(word);
    else if (!word.empty()) take_name(word);
  }

  void take_number(std::string_view word) {
    const int value = number(word);
    if (day_ < 0 && word.size() <= 2) {
      day_ = value;
    } else if (month_ < 0 && word.size() <= 2) {
      month_ = value;
      odd_ = true;
      broken_ = value < 1 || value > 12;
    } else if (year_ < 0) {
      take_year(word);
    }
  }

  void take_year(std::string_view word) {
    year_ = number(word);
    if (word.size() == 4) return;
    odd_ = true;
    year_ += word.size() == 3 || year_ >= 50 ? 1900 : 2000;
  }

  // 2024-01-02 or 21-Nov-1997
  void take_dashed(std::string_view word) {
    const auto first = word.find('-');
    const auto second = word.find('-', first + 1);
    if (second == std::string_view::npos) return;
    odd_ = true;
    const auto left = word.substr(0, first);
    const auto middle = word.substr(first + 1, second - first - 1);
    const auto right = word.substr(second + 1);
    const int named = place_of(months, middle);
    month_ = named >= 0 ? named + 1 : number(middle);
    const bool year_first = left.size() == 4;
    day_ = number(year_first ? right : left);
    take_year(year_first ? left : right);
  }

  void take_zone_number(std::string_view word) {
    const bool west = word.front() == '-';
    std::string digits;
    for (char c : word.substr(1)) {
      if (is_digit(c)) digits += c;
      else if (c != ':') break;
    }
    if (digits.size() <= 2) digits += "00";
    if (digits.size() == 3) digits = std::string("0").append(digits);
    const int minutes = number(std::string_view(digits).substr(0, 2)) * 60 +
                        number(std::string_view(digits).substr(2, 2));
    has_zone_ = digits.size() == 4 && minutes <= 14 * 60;
    zone_ = has_zone_ ? (west ? -minutes : minutes) : 0;
  }

  void take_name(std::string_view word) {
    struct Zone {
      std::string_view name;
      int hours;
    };
    constexpr auto zones = std::to_array<Zone>({{"gmt", 0},
                                                {"utc", 0},
                                                {"ut", 0},
                                                {"z", 0},
                                                {"est", -5},
                                                {"edt", -4},
                                                {"cst", -6},
                                                {"cdt", -5},
                                                {"mst", -7},
                                                {"mdt", -6},
                                                {"pst", -8},
                                                {"pdt", -7}});
    if (same_word(word, "pm") && hour_ < 12) hour_ += 12;
    if (same_word(word, "am") && hour_ == 12) hour_ = 0;
    if (same_word(word, "pm") || same_word(word, "am") || has_zone_) return;
    for (const auto& zone : zones) {
      const bool exact = same_word(word, zone.name);
      if (!exact && !(zone.name.size() == 3 && begins_with_word(word, zone.name))) continue;
      zone_ = zone.hours * 60;
      has_zone_ = exact;  // EST5EDT and the like are read, and are odd
      const auto rest = word.substr(zone.name.size());
      if (is_zone_number(rest)) take_zone_number(rest);  // GMT+0800
      return;
    }
  }

  int day_ = -1;
  int month_ = -1;
  int year_ = -1;
  int week_day_ = -1;
  int hour_ = 0;
  int minute_ = 0;
  int second_ = 0;
  int zone_ = 0;
  bool has_time_ = false;
  bool has_zone_ = false;
  bool odd_ = false;
  bool broken_ = false;
};

}  // namespace

MailDate read_date(std::string_view raw) {
  if (raw.size() > 1'000) return {};
  const auto plain = without_comments(raw);
  std::string_view text = plain;
  if (const auto semicolon = text.rfind(';'); semicolon != std::string_view::npos) {
    text.remove_prefix(semicolon + 1);  // a Received line
  }
  DateWords words;
  while (!(text = trimmed(text)).empty()) {
    const auto end = std::min(text.find_first_of(" \t\r\n"), text.size());
    words.take(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words.finish();
}

}  // namespace baijin::mime
