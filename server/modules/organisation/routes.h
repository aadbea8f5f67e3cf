#pragma once
// What the routes of the organisation take and give; for module.cpp and the tests.
#include "hub/change.h"
#include "modules/organisation/organisation.h"

namespace baijin::organisation {

struct FirstStep {
  Slug key;  // "team", "people", "service_types", …
  bool done = false;
};
FIELDS(FirstStep, key, done)

struct OrganisationPage {
  Version version;
  Name name_zh, name_en;
  std::string locale, time_zone;
  std::optional<Phone> support_phone;
  std::optional<Email> support_email;
  std::optional<Text<1, 200>> hours_zh, hours_en;
  std::optional<std::string> logo;  // "/organisation/logo?v=17", below the API's base path
  bool guest_requests = false;
  std::optional<Id<accounts::Team>> guest_team;
  bool guest_puzzle = false;
  std::optional<std::vector<FirstStep>> first_steps;  // for those who may change the organisation
  std::vector<std::string> allowed;                   // "change"
};
FIELDS(OrganisationPage, version, name_zh, name_en, locale, time_zone, support_phone, support_email,
       hours_zh, hours_en, logo, guest_requests, guest_team, guest_puzzle, first_steps, allowed)
STAFF_ONLY(OrganisationPage, "guest_team", "guest_puzzle")

struct OrganisationPatch {
  Given<Name> name_zh, name_en;
  Given<Text<2, 20>> locale;
  Given<Text<1, 60>> time_zone;
  Given<std::optional<Phone>> support_phone;
  Given<std::optional<Email>> support_email;
  Given<std::optional<Text<1, 200>>> hours_zh, hours_en;
  Given<std::optional<Id<files::File>>> logo;  // one's own upload
  Given<bool> guest_requests;
  Given<std::optional<Id<accounts::Team>>> guest_team;
  Given<bool> guest_puzzle;
  Given<std::vector<Slug>> steps_done;
};
FIELDS(OrganisationPatch, name_zh, name_en, locale, time_zone, support_phone, support_email,
       hours_zh, hours_en, logo, guest_requests, guest_team, guest_puzzle, steps_done)

struct LogoQuery {
  std::optional<Text<1, 40>> v;  // changes with the logo, so that browsers may keep it
};
FIELDS(LogoQuery, v)

OrganisationPage get_organisation(Reader& reader);
// invalid "unknown_locale" | "unknown_time_zone" | "unknown_step" | "not_a_picture" | "too_large".
OrganisationPage change_organisation(Change& change, const OrganisationPatch& input);
// not_found while there is none.
void show_logo(Reader& reader, const LogoQuery& query);

// The first steps that modules named, in their order.
std::vector<FirstStep> first_steps(Reader& reader, const Organisation& organisation);
bool is_first_step(std::string_view key);

// The name that was given when the desk was set up.
void take_name(Change& change, const Event& event);

}  // namespace baijin::organisation
