#include "modules/portal/home.h"

#include <algorithm>

#include "modules/accounts/accounts.h"

namespace baijin::portal {
namespace {

using tickets::TicketFilter;

constexpr std::size_t most_waiting = 20;
constexpr std::int64_t most_open = 10;
constexpr auto rated_within = days(30);

TicketFilter own(const Reader& reader) {
  TicketFilter filter;
  filter.contact = reader.actor().contact;
  filter.paging.limit = static_cast<std::int64_t>(most_waiting);
  filter.paging.sort = "updated_at";
  return filter;
}

void add_waiting(Reader& reader, WaitsFor what, const TicketFilter& filter, PortalHome& home) {
  for (auto& row : tickets::list_tickets(reader, filter).items) {
    if (home.waiting.size() == most_waiting) return;
    if (what == WaitsFor::rating && !tickets::may_be_rated(reader, reader.get(row.id))) continue;
    home.waiting.push_back({what, std::move(row)});
  }
}

void add_all_waiting(Reader& reader, PortalHome& home) {
  auto offered = own(reader), asked = own(reader), done = own(reader);
  offered.phase = tickets::Phase::solved;
  add_waiting(reader, WaitsFor::confirmation, offered, home);
  asked.state = Slug{"waiting_customer"};
  add_waiting(reader, WaitsFor::answer, asked, home);
  done.phase = tickets::Phase::closed;
  done.rated = false;
  done.updated_from = reader.now() - rated_within;
  done.paging.sort = "-updated_at";
  add_waiting(reader, WaitsFor::rating, done, home);
}

void add_open(Reader& reader, PortalHome& home) {
  auto filter = own(reader);
  filter.open = true;
  filter.paging.limit = most_open;
  filter.paging.sort = "-created_at";
  filter.paging.count = true;
  auto page = tickets::list_tickets(reader, filter);
  home.open_total = page.total.value_or(0);
  for (auto& row : page.items) {
    auto progress = tickets::progress_of(reader, reader.get(row.id));
    home.open.push_back({std::move(row), std::move(progress)});
  }
}

std::int64_t count_open(Reader& reader) {
  TicketFilter filter;
  filter.open = true;
  filter.paging.limit = 1;
  filter.paging.count = true;
  return tickets::list_tickets(reader, filter).total.value_or(0);
}

std::vector<PortalAsset> assets_of(Reader& reader) {
  return reader.list<PortalAsset>(R"(SELECT a.id, a.name, a.serial, a.product, p.name, v.name,
      a.state FROM assets a JOIN products p ON p.id = a.product
      LEFT JOIN product_versions v ON v.id = a.product_version
      WHERE a.state <> 'retired' AND {visible a} ORDER BY a.name, a.id LIMIT 10)");
}

}  // namespace

PortalHome get_home(Reader& reader) {
  auto contact = reader.actor().contact;
  if (!contact) throw forbidden("not_a_contact");
  PortalHome home;
  add_all_waiting(reader, home);
  add_open(reader, home);
  home.customers = customers::memberships(reader, contact);
  bool leads = std::any_of(home.customers.begin(), home.customers.end(),
                           [](const auto& membership) { return membership.lead; });
  if (leads) home.open_of_organisations = count_open(reader);
  if (reader.may("products.read")) home.assets = assets_of(reader);
  home.preferences = customers::preferences_for(reader, contact,
                                                customers::main_customer(reader, contact));
  return home;
}

}  // namespace baijin::portal
