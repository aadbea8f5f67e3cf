#include "modules/tickets/exports.h"

#include "base/csv.h"
#include "hub/download.h"
#include "hub/module.h"
#include "modules/accounts/accounts.h"

namespace baijin::tickets {
namespace {

constexpr std::size_t most_rows = 50'000;
constexpr std::int64_t rows_at_once = 200;

std::string joined(const std::vector<Tag>& tags) {
  std::string text;
  for (const auto& tag : tags) text += (text.empty() ? "" : ", ") + tag.value;
  return text;
}

std::string text_of(const std::optional<Time>& time) { return time ? to_text(*time) : ""; }

void append(Reader& reader, std::string& body, const TicketRow& row) {
  auto type = catalogue::service_type(reader, row.service_type);
  append_csv_row(
      body, {row.number, row.subject.value, type->key.value, row.state,
             std::string(catalogue::phase_text(row.phase)), std::string(name_of(row.priority)),
             row.customer_name.value_or(""), row.contact_name.value_or(""),
             row.product_name.value_or(""), row.team_name.value_or(""),
             row.assignee_name.value_or(""), std::string(name_of(row.channel)), joined(row.tags),
             to_text(row.created_at), to_text(row.updated_at), text_of(row.due_at),
             row.rating ? std::to_string(*row.rating) : ""});
}

}  // namespace

void export_tickets(Reader& reader, const TicketFilter& given) {
  must_be_desk(reader);
  std::string body(byte_order_mark);
  append_csv_row(body, {"number", "subject", "service_type", "state", "phase", "priority",
                        "customer", "contact", "product", "team", "assignee", "channel", "tags",
                        "created_at", "updated_at", "due_at", "rating"});
  auto filter = given;
  if (!filter.paging.limit) filter.paging.limit = rows_at_once;  // a wrong one is refused
  filter.paging.count = false;
  filter.paging.cursor.reset();
  std::size_t rows = 0;
  do {
    auto page = list_tickets(reader, filter);
    for (const auto& row : page.items) {
      if (++rows > most_rows) throw invalid("too_many_rows");
      append(reader, body, row);
    }
    filter.paging.cursor = page.next;
  } while (filter.paging.cursor);
  reader.request().raw = csv_download("tickets.csv", std::move(body));
  reader.request().read_note = {"tickets.list_exported",
                                {"user", std::max<std::int64_t>(1, reader.actor().user.value)},
                                {{"rows", rows}}};
}

void install_exports(Module& m) {
  m.right("tickets.export", "Take lists of tickets out of the house");
  m.event<accounts::User>("tickets.list_exported", "audit.read");
  m.get("/tickets/export", "tickets.export", export_tickets)
      .raw()
      .slow()
      .about("The list of tickets as CSV; told as an event.");
}

}  // namespace baijin::tickets
