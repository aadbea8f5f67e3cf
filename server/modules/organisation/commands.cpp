#include "hub/desk_place.h"
#include "hub/events.h"
#include "modules/accounts/accounts.h"
#include "modules/files/files.h"
#include "modules/organisation/routes.h"

namespace baijin::organisation {
namespace {

constexpr std::int64_t largest_logo = 1 << 20;

void check_steps(const std::vector<Slug>& keys) {
  for (const auto& key : keys) {
    if (!is_first_step(key.value)) throw invalid("unknown_step", "steps_done");
  }
}

// What is shown to strangers is a picture, and not a large one.
void put_logo(Change& change, Organisation& organisation, std::optional<Id<files::File>> logo) {
  if (logo == organisation.logo) return;
  organisation.logo = logo;
  if (!logo) return;
  auto file = files::attach(change, *logo, {"organisation", organisation.id.value});
  if (!files::is_picture(file)) throw invalid("not_a_picture", "logo");
  if (file.bytes > largest_logo) throw invalid("too_large", "logo");
}

// What the kernel keeps of it; gives what an event says of the difference.
boost::json::object put_place(Change& change, const OrganisationPatch& input) {
  boost::json::object changed;
  auto before = desk_place(change), now = before;
  if (input.locale.given) now.locale = input.locale.value.value;
  if (input.time_zone.given) now.time_zone = input.time_zone.value.value;
  accounts::check_locale(now.locale);
  accounts::check_time_zone(now.time_zone);
  auto note = [&](std::string_view name, const std::string& from, const std::string& to) {
    if (from != to) changed[name] = boost::json::array{from, to};
  };
  note("locale", before.locale, now.locale);
  note("time_zone", before.time_zone, now.time_zone);
  if (!changed.empty()) set_desk_place(change, now);
  return changed;
}

}  // namespace

OrganisationPage change_organisation(Change& change, const OrganisationPatch& input) {
  auto o = change.take_unseen(Id<Organisation>{1});
  input.name_zh.into(o.name_zh);
  input.name_en.into(o.name_en);
  input.support_phone.into(o.support_phone);
  input.support_email.into(o.support_email);
  input.hours_zh.into(o.hours_zh);
  input.hours_en.into(o.hours_en);
  input.guest_requests.into(o.guest_requests);
  input.guest_team.into(o.guest_team);
  input.guest_puzzle.into(o.guest_puzzle);
  if (input.guest_team.given && o.guest_team) change.get(*o.guest_team);
  input.steps_done.into(o.steps_done);
  check_steps(o.steps_done);
  auto place = put_place(change, input);
  auto logo_before = o.logo;
  if (input.logo.given) put_logo(change, o, input.logo.value);
  change.save(o);
  if (logo_before && logo_before != o.logo) files::discard_attached(change, *logo_before);
  boost::json::object more;
  if (!place.empty()) more["place"] = std::move(place);
  change.tell("organisation.changed", o, std::move(more));
  return get_organisation(change);
}

void take_name(Change& change, const Event& event) {
  const auto* given = event.data.value.if_contains("organisation");
  if (!given || !given->is_string()) return;
  auto o = change.take_unseen(Id<Organisation>{1});
  o.name_zh = o.name_en = {std::string(given->as_string())};
  change.save(o);
  change.tell("organisation.changed", o);
}

}  // namespace baijin::organisation
