#include "modules/customers/exports.h"

#include "base/csv.h"
#include "hub/download.h"
#include "modules/accounts/accounts.h"

namespace baijin::customers {
namespace {

constexpr std::size_t most_rows = 50'000;
constexpr std::int64_t rows_at_once = 200;

template <class T>
std::string text_of(const std::optional<T>& value) {
  return value ? value->value : std::string();
}

std::string region_of(Reader& reader, const Customer& customer) {
  if (!customer.region) return {};
  auto region = reader.find_unseen(*customer.region);
  return region ? region->name.value : std::string();
}

// A list page by page, each line to `write`.
template <class Filter, class List, class Write>
std::size_t each_of(Reader& reader, Filter filter, List list, Write write) {
  std::size_t rows = 0;
  if (!filter.paging.limit) filter.paging.limit = rows_at_once;  // a wrong one is refused
  filter.paging.count = false;
  filter.paging.cursor.reset();
  do {
    auto page = list(reader, filter);
    for (const auto& line : page.items) {
      if (++rows > most_rows) throw invalid("too_many_rows");
      write(line);
    }
    filter.paging.cursor = page.next;
  } while (filter.paging.cursor);
  return rows;
}

void leave(Reader& reader, std::string_view what, std::string body, std::size_t rows) {
  reader.request().raw = csv_download(std::string(what) + ".csv", std::move(body));
  reader.request().read_note = {std::string(what) + ".exported",
                                {"user", std::max<std::int64_t>(1, reader.actor().user.value)},
                                {{"rows", rows}}};
}

}  // namespace

void export_customers(Reader& reader, const CustomerFilter& filter) {
  std::string body(byte_order_mark);
  append_csv_row(body, {"name", "short_name", "tier", "region", "industry", "address", "phone",
                        "email_domain", "website", "notes"});
  auto rows = each_of(reader, filter, list_customers, [&](const CustomerLine& line) {
    auto c = reader.get(line.id);
    append_csv_row(body, {c.name.value, text_of(c.short_name), c.tier.value, region_of(reader, c),
                          text_of(c.industry), text_of(c.address), text_of(c.phone),
                          text_of(c.email_domain), text_of(c.website), text_of(c.notes)});
  });
  leave(reader, "customers", std::move(body), rows);
}

// One line a person: the main organisation; numbers are masked as they are on the page.
void export_contacts(Reader& reader, const ContactFilter& filter) {
  std::string body(byte_order_mark);
  append_csv_row(body, {"name", "title", "form_of_address", "email", "phone", "mobile", "locale",
                        "customer", "lead"});
  auto rows = each_of(reader, filter, list_contacts, [&](const ContactPage& c) {
    std::string customer, lead;
    if (!c.customers.empty()) {
      customer = c.customers.front().customer_name.value;
      lead = c.customers.front().lead ? "true" : "";
    }
    append_csv_row(
        body, {c.name.value, text_of(c.title), text_of(c.form_of_address), c.email.value_or(""),
               c.phone.value_or(""), c.mobile.value_or(""), text_of(c.locale), customer, lead});
  });
  leave(reader, "contacts", std::move(body), rows);
}

}  // namespace baijin::customers
