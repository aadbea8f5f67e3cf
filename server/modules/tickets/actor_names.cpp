#include "modules/tickets/actor_names.h"

#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"

namespace baijin::tickets {

const std::string& ActorNames::of(const std::string& actor) {
  auto [known, is_new] = known_.try_emplace(actor);
  auto ref = parse_ref(actor);
  if (!is_new || !ref) return known->second;
  if (ref->kind == "contact") {
    known->second = customers::contact_name(reader_, {ref->id});
  } else if (ref->kind == "user") {
    auto name = reader_.value<std::string>(
        "SELECT u.name FROM users u WHERE u.id = $1 {all: who did it}", ref->id);
    known->second = name.value_or("");
  }
  return known->second;
}

}  // namespace baijin::tickets
