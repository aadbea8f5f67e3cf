#pragma once
// Pure rules of customers: no database, no clock.
#include "modules/customers/customers.h"
#include "modules/customers/routes.h"

namespace baijin::customers::rules {

// What two ways of writing an organisation's name have in common: 华东医院（有限公司） and 华东医院,
// "ACME Co., Ltd." and "Acme".
std::string name_key(std::string_view name);
// Of a person: without blanks and the case of letters.
std::string person_key(std::string_view name);
// "" for numbers too short to tell people apart.
std::string phone_key(std::string_view phone);
std::string email_key(std::string_view email);
// "example.cn" of "Li@Example.cn"; "" when there is none.
std::string domain_of(std::string_view email);

// Minutes after midnight of "07:30"; nothing for any other text.
std::optional<int> minute_of(std::string_view text);
// Over midnight when it ends before it begins; equal ends are no time at all.
bool quiet(int from, int to, int minute);
// invalid "not_a_time_of_day", "both_or_none", "unknown_time_zone", "unknown_locale".
void check_preferences(const Preferences& preferences);
// The contact's wins over the organisation's.
Preferences joined(const Preferences& contact, const Preferences& customer);

void check_locale(std::string_view locale);        // invalid "unknown_locale"
std::string checked_domain(std::string_view raw);  // invalid "not_a_domain"
// Makes one the main one; invalid "twice" or "several_main".
void settle_main(std::vector<Belonging>& belongings);

}  // namespace baijin::customers::rules
