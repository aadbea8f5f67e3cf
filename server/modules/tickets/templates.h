#pragma once
// Variables in ready-made texts: {{ticket.number}}. Only the names on the list mean anything;
// whatever else stands in double braces is text (security.md I6). Pure.
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace baijin::tickets::templates {

inline constexpr std::string_view known_names[] = {
    "ticket.number", "ticket.subject", "contact.name", "contact.form_of_address",
    "customer.name", "product.name",   "agent.name",   "portal.link",
    "today"};

// Plain text by name; a name that is missing counts as empty.
using Values = std::map<std::string, std::string, std::less<>>;

struct Filled {
  std::string html;
  std::vector<std::string> unknown;  // what stood in braces and is no variable: at most 20
  std::vector<std::string> empty;    // variables for which the ticket has nothing
};

// One pass: values are escaped and never looked into again.
Filled fill(std::string_view html, const Values& values);

}  // namespace baijin::tickets::templates
