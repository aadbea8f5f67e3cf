#include "hub/module.h"

#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/organisation/routes.h"

namespace baijin::organisation {
namespace {

bool has_team(Reader& reader) {
  return reader.any("SELECT 1 FROM teams t {all: only whether there is one} LIMIT 1");
}

bool has_colleagues(Reader& reader) {
  auto active = reader.value<std::int64_t>(R"(SELECT count(*) FROM users u
      WHERE u.kind = 'staff' AND u.active = TRUE {all: only whether there are several})");
  return active.value_or(0) > 1;
}

bool has_customer(Reader& reader) {
  return reader.any("SELECT 1 FROM customers c {all: only whether there is one} LIMIT 1");
}

bool says_who_it_is(Reader& reader) {
  auto o = the_organisation(reader);
  return o.logo || o.support_phone || o.support_email;
}

}  // namespace

void install(Module& m) {
  m.right("organisation.manage", "Change the organisation's name, logo, contacts and language");
  m.record<Organisation>(seen_by_staff("TRUE"));
  m.event<Organisation>("organisation.changed", "", Audience::customer);
  m.get("/organisation", "anyone", get_organisation)
      .about("Who runs the desk: its name, logo and language, before anybody signs in.");
  m.patch("/organisation", "organisation.manage", change_organisation)
      .about("Change the organisation's profile.");
  m.get("/organisation/logo", "anyone", show_logo).raw().about("The organisation's logo.");
  m.on("accounts.set_up", take_name);
  add_first_step(m, "organisation", says_who_it_is);
  add_first_step(m, "team", has_team);
  add_first_step(m, "people", has_colleagues);
  add_first_step(m, "service_types", nullptr);
  add_first_step(m, "customers", has_customer);
}

}  // namespace baijin::organisation
