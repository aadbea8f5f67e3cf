#pragma once
// How the demo's people and organisations want to be treated (CUS-5).
#include <boost/json/object.hpp>
#include <span>
#include <string_view>

namespace baijin::demo {

struct Wish {
  std::string_view channel, quiet_from, quiet_to, telling, language;  // "" when not said
  std::string_view not_to_ask_twice, please_do_not;                   // several with | between
};
std::span<const Wish> wishes_of_people();
std::span<const Wish> wishes_of_organisations();
// As the API takes it; "{customer_short}" and the like were filled in before.
boost::json::object preferences(const Wish& wish, std::string_view form_of_address);

struct DateLine {
  std::string_view name, notes;
  int month, day;
};
std::span<const DateLine> important_dates();
std::span<const std::string_view> notes_on_customers();

}  // namespace baijin::demo
