#include "modules/customers/rules.h"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <set>

#include "modules/accounts/accounts.h"

namespace baijin::customers {
namespace rules {
namespace {

using Words = std::vector<std::string>;

bool is_letter(unsigned char c) {
  return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

Words words_of(std::string_view folded_text) {
  Words words(1);
  for (char c : folded_text) {
    if (is_letter(static_cast<unsigned char>(c))) words.back() += c;
    else if (!words.back().empty()) words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

void drop_legal_words(Words& words) {
  static const std::set<std::string, std::less<>> legal{
      "co",   "company",     "ltd", "limited", "inc", "incorporated",
      "corp", "corporation", "llc", "gmbh",    "plc"};
  while (words.size() > 1 && legal.contains(words.back())) words.pop_back();
}

void drop_legal_ending(std::string& name) {
  static constexpr auto endings = std::to_array<std::string_view>(
      {"股份有限公司", "有限责任公司", "有限公司", "集团公司", "集团", "公司"});
  for (auto ending : endings) {
    if (name.size() > ending.size() && name.ends_with(ending)) {
      name.resize(name.size() - ending.size());
    }
  }
}

template <class V>
void prefer(std::optional<V>& value, const std::optional<V>& otherwise) {
  if (!value) value = otherwise;
}

template <class V>
void add_missing(std::vector<V>& list, const std::vector<V>& more) {
  for (const auto& one : more) {
    if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(one);
  }
}

}  // namespace

std::string name_key(std::string_view name) {
  auto words = words_of(folded(name));
  drop_legal_words(words);
  std::string key;
  for (const auto& word : words) key += word;
  drop_legal_ending(key);
  return key;
}

std::string person_key(std::string_view name) {
  std::string key;
  for (const auto& word : words_of(folded(name))) key += word;
  return key;
}

std::string phone_key(std::string_view phone) {
  auto digits = phone_digits(phone);
  return digits.size() < 6 ? std::string() : digits;
}

std::string email_key(std::string_view email) { return folded(email); }

std::string domain_of(std::string_view email) {
  auto at = email.rfind('@');
  return at == std::string_view::npos ? std::string() : folded(email.substr(at + 1));
}

std::optional<int> minute_of(std::string_view text) {
  auto digit = [&](std::size_t place) { return text[place] - '0'; };
  if (text.size() != 5 || text[2] != ':') return {};
  for (std::size_t place : {0, 1, 3, 4}) {
    if (digit(place) < 0 || digit(place) > 9) return {};
  }
  int hour = digit(0) * 10 + digit(1), minute = digit(3) * 10 + digit(4);
  if (hour > 23 || minute > 59) return {};
  return hour * 60 + minute;
}

bool quiet(int from, int to, int minute) {
  if (from <= to) return minute >= from && minute < to;
  return minute >= from || minute < to;
}

void check_locale(std::string_view locale) {
  if (locale != "zh-CN" && locale != "en") throw invalid("unknown_locale");
}

void check_preferences(const Preferences& said) {
  auto check_minute = [](const auto& text, std::string_view field) {
    if (text && !minute_of(text->value)) throw invalid("not_a_time_of_day", field);
  };
  check_minute(said.quiet_from, "quiet_from");
  check_minute(said.quiet_to, "quiet_to");
  if (said.quiet_from.has_value() != said.quiet_to.has_value()) {
    throw invalid("both_or_none", said.quiet_from ? "quiet_to" : "quiet_from");
  }
  if (said.quiet_zone && !is_time_zone(said.quiet_zone->value)) {
    throw invalid("unknown_time_zone", "quiet_zone");
  }
  if (said.language && said.language->value != "zh-CN" && said.language->value != "en") {
    throw invalid("unknown_locale", "language");
  }
}

Preferences joined(const Preferences& contact, const Preferences& customer) {
  auto both = contact;
  if (!both.quiet_from) {  // the hours go together
    both.quiet_from = customer.quiet_from;
    both.quiet_to = customer.quiet_to;
    prefer(both.quiet_zone, customer.quiet_zone);
  }
  prefer(both.channel, customer.channel);
  prefer(both.form_of_address, customer.form_of_address);
  prefer(both.telling, customer.telling);
  prefer(both.language, customer.language);
  add_missing(both.not_to_ask_twice, customer.not_to_ask_twice);
  add_missing(both.please_do_not, customer.please_do_not);
  return both;
}

std::string checked_domain(std::string_view raw) {
  auto domain = folded(raw);
  if (domain.starts_with('@')) domain.erase(0, 1);
  bool good = domain.find('.') != std::string::npos && !domain.starts_with('.') &&
              !domain.ends_with('.') && domain.find("..") == std::string::npos;
  for (char c : domain) {
    good = good && (is_letter(static_cast<unsigned char>(c)) || c == '.' || c == '-');
  }
  if (!good) throw invalid("not_a_domain", "email_domain");
  return domain;
}

void settle_main(std::vector<Belonging>& belongings) {
  std::set<std::int64_t> seen;
  int mains = 0;
  for (const auto& one : belongings) {
    if (!seen.insert(one.customer.value).second) throw invalid("twice", "customers");
    if (one.main) ++mains;
  }
  if (mains > 1) throw invalid("several_main", "customers");
  if (mains == 0 && !belongings.empty()) belongings.front().main = true;
}

}  // namespace rules

bool quiet_at(const Preferences& preferences, Time at, std::string_view usual_zone) {
  if (!preferences.quiet_from || !preferences.quiet_to) return false;
  auto from = rules::minute_of(preferences.quiet_from->value);
  auto to = rules::minute_of(preferences.quiet_to->value);
  if (!from || !to) return false;
  std::string zone(preferences.quiet_zone ? preferences.quiet_zone->value : usual_zone);
  auto local = date::locate_zone(zone)->to_local(
      date::sys_time<std::chrono::microseconds>(std::chrono::microseconds(at.us)));
  auto of_day = local - date::floor<date::days>(local);
  auto minute = std::chrono::duration_cast<std::chrono::minutes>(of_day).count();
  return rules::quiet(*from, *to, static_cast<int>(minute));
}

std::string masked_email(std::string_view email) {
  auto at = email.rfind('@');
  if (at == std::string_view::npos || at == 0) return "***";
  return shorten(email.substr(0, at), 1).substr(0, 1) + "***" + std::string(email.substr(at));
}

}  // namespace baijin::customers
