#include "modules/accounts/rules.h"

#include <algorithm>
#include <array>

namespace baijin::accounts {

std::string masked_phone(std::string_view phone) {
  auto digits = std::count_if(phone.begin(), phone.end(),
                              [](char c) { return c >= '0' && c <= '9'; });
  // The last four digits tell people apart, up to three of the first say what kind it is.
  std::int64_t first = digits >= 8 ? 3 : 0, last = digits >= 5 ? 4 : 0, at = 0;
  std::string masked;
  for (char c : phone) {
    bool digit = c >= '0' && c <= '9';
    if (digit) ++at;
    masked += digit && at > first && at <= digits - last ? '*' : c;
  }
  return masked;
}

void check_locale(std::string_view locale) {
  static constexpr auto known = std::to_array<std::string_view>({"zh-CN", "en"});
  if (std::find(known.begin(), known.end(), locale) == known.end()) {
    throw invalid("unknown_locale", "locale");
  }
}

void check_time_zone(std::string_view zone) {
  if (!is_time_zone(zone)) throw invalid("unknown_time_zone", "time_zone");
}

namespace rules {

bool covers(const Rights& mine, Scope my_scope, const Rights& theirs, Scope their_scope) {
  return (theirs & ~mine).none() && their_scope <= my_scope;
}

bool is_portal_right(std::string_view right) {
  static constexpr auto rights = std::to_array<std::string_view>(
      {"tickets.read", "tickets.create", "tickets.work", "tickets.transition", "files.upload",
       "search.use", "products.read", "customers.read", "catalogue.read", "private_details.read"});
  return std::find(rights.begin(), rights.end(), right) != rights.end();
}

void must_fit(const Role& role, UserKind kind) {
  if (role.portal != (kind == UserKind::contact)) throw invalid("wrong_kind_of_role", "roles");
}

}  // namespace rules
}  // namespace baijin::accounts
