#include <algorithm>
#include <mutex>
#include <stdexcept>

#include "hub/desk_place.h"
#include "modules/accounts/accounts.h"
#include "modules/files/files.h"
#include "modules/organisation/routes.h"

namespace baijin::organisation {
namespace {

constexpr std::string_view manages = "organisation.manage";

// The modules are the same for every hub of a process, so one list serves all.
struct Steps {
  std::mutex mutex;
  std::vector<std::pair<std::string, StepDone>> in_order;
};
Steps& steps() {
  static Steps all;
  return all;
}

std::vector<std::pair<std::string, StepDone>> known_steps() {
  std::lock_guard lock(steps().mutex);
  return steps().in_order;
}

}  // namespace

void add_first_step(Module&, std::string_view key, StepDone done) {
  std::lock_guard lock(steps().mutex);
  auto& all = steps().in_order;
  bool known = std::any_of(all.begin(), all.end(), [&](const auto& s) { return s.first == key; });
  if (!known) all.emplace_back(std::string(key), std::move(done));
}

bool is_first_step(std::string_view key) {
  auto all = known_steps();
  return std::any_of(all.begin(), all.end(), [&](const auto& step) { return step.first == key; });
}

std::vector<FirstStep> first_steps(Reader& reader, const Organisation& organisation) {
  const auto& ticked = organisation.steps_done;
  std::vector<FirstStep> list;
  for (const auto& [key, done] : known_steps()) {
    Slug slug{key};
    bool is_ticked = std::find(ticked.begin(), ticked.end(), slug) != ticked.end();
    list.push_back({slug, is_ticked || (done && done(reader))});
  }
  return list;
}

Organisation the_organisation(Reader& reader) {
  auto found = reader.find_unseen(Id<Organisation>{1});
  if (!found) throw std::runtime_error("the row of the organisation is missing");
  return std::move(*found);
}

OrganisationPage get_organisation(Reader& reader) {
  auto o = the_organisation(reader);
  auto place = desk_place(reader);
  OrganisationPage page;
  page.version = o.version;
  page.name_zh = o.name_zh;
  page.name_en = o.name_en;
  page.locale = place.locale;
  page.time_zone = place.time_zone;
  page.support_phone = o.support_phone;
  page.support_email = o.support_email;
  page.hours_zh = o.hours_zh;
  page.hours_en = o.hours_en;
  page.guest_requests = o.guest_requests;
  page.guest_team = o.guest_team;
  page.guest_puzzle = o.guest_puzzle;
  if (o.logo) page.logo = "/organisation/logo?v=" + std::to_string(o.logo->value);
  if (!reader.may(manages)) return page;
  page.first_steps = first_steps(reader, o);
  page.allowed = {"change"};
  return page;
}

void show_logo(Reader& reader, const LogoQuery& query) {
  auto organisation = the_organisation(reader);
  if (!organisation.logo) throw not_found();
  bool by_its_name = query.v && query.v->value == std::to_string(organisation.logo->value);
  files::show_picture(reader, *organisation.logo,
                      by_its_name ? "public, max-age=31536000, immutable" : "no-cache");
}

}  // namespace baijin::organisation
