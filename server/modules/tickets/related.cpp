#include "modules/tickets/related.h"

#include <algorithm>
#include <map>

#include "hub/module.h"
#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/products/products.h"
#include "modules/search/search.h"

namespace baijin::tickets {
namespace {

constexpr std::size_t most_related = 10;

// Why each is related; few reasons for many tickets.
using Reasons = std::map<std::int64_t, std::vector<Because>>;

void add(Reasons& reasons, Because because, const std::vector<std::int64_t>& ids) {
  for (auto id : ids) reasons[id].push_back(because);
}

Reasons reasons_of(Reader& reader, const Ticket& ticket) {
  Reasons reasons;
  if (ticket.asset) {
    add(reasons, Because::asset,
        reader.values<std::int64_t>(R"(SELECT t.id FROM tickets t
        WHERE t.asset = $1 AND t.id <> $2 AND t.merged_into IS NULL AND {visible t}
        ORDER BY t.created_at DESC, t.id DESC LIMIT 10)",
                                    ticket.asset, ticket.id));
  }
  if (ticket.customer && ticket.product) {
    add(reasons, Because::product,
        reader.values<std::int64_t>(R"(SELECT t.id FROM tickets t
        WHERE t.customer = $1 AND t.product = $2 AND t.id <> $3 AND t.merged_into IS NULL
          AND {visible t} ORDER BY t.created_at DESC, t.id DESC LIMIT 10)",
                                    ticket.customer, ticket.product, ticket.id));
  }
  if (ticket.customer && ticket.category) {
    add(reasons, Because::category,
        reader.values<std::int64_t>(R"(SELECT t.id FROM tickets t
        WHERE t.customer = $1 AND t.category = $2 AND t.id <> $3 AND t.merged_into IS NULL
          AND {visible t} ORDER BY t.created_at DESC, t.id DESC LIMIT 10)",
                                    ticket.customer, ticket.category, ticket.id));
  }
  add(reasons, Because::words,
      search::similar(reader, "ticket", ticket.subject.value, ticket.id.value, most_related));
  return reasons;
}

// A ticket's columns and the name beside them, as one row.
struct RelatedRow {
  Id<Ticket> ticket;
  std::string number;
  Text<1, 200> subject;
  std::string state;
  Phase phase = Phase::fresh;
  Priority priority = Priority::P3;
  std::optional<std::string> customer_name;
  Time created_at;
  std::optional<Time> closed_at;
};
FIELDS(RelatedRow, ticket, number, subject, state, phase, priority, customer_name, created_at,
       closed_at)

std::optional<RelatedTicket> line_of(Reader& reader, std::int64_t id,
                                     std::vector<Because> because) {
  auto row = reader.first<RelatedRow>(R"(SELECT t.id, t.number, t.subject, t.state, t.phase,
      t.priority, c.name, t.created_at, t.closed_at
      FROM tickets t LEFT JOIN customers c ON c.id = t.customer
      WHERE t.id = $1 AND t.merged_into IS NULL AND {visible t})",
                                      id);
  if (!row) return {};
  return RelatedTicket{row->ticket,    row->number,       row->subject,       row->state,
                       row->phase,     row->priority,     row->customer_name, row->created_at,
                       row->closed_at, std::move(because)};
}

struct RecentRow {
  std::int64_t opened = 0, reopened = 0, rated = 0, ratings = 0, responded = 0, responses_us = 0;
};
FIELDS(RecentRow, opened, reopened, rated, ratings, responded, responses_us)

}  // namespace

std::vector<RelatedTicket> list_related(Reader& reader, Id<Ticket> id) {
  auto ticket = reader.get(id);
  std::vector<std::pair<std::int64_t, std::vector<Because>>> found;
  for (auto& [other, because] : reasons_of(reader, ticket)) {
    found.emplace_back(other, std::move(because));
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::pair(a.second.size(), a.first) > std::pair(b.second.size(), b.first);
  });
  std::vector<RelatedTicket> related;
  for (auto& [other, because] : found) {
    if (related.size() == most_related) break;
    if (auto line = line_of(reader, other, std::move(because))) related.push_back(*std::move(line));
  }
  return related;
}

RecentFigures recent_figures(Reader& reader, Id<customers::Customer> customer) {
  reader.must_see({"customer", customer.value});
  RecentFigures figures;
  auto row = reader.first<RecentRow>(R"(SELECT count(*),
      count(CASE WHEN t.reopened > 0 THEN 1 END), count(t.rating),
      CAST(COALESCE(SUM(t.rating), 0) AS BIGINT), count(t.responded_at),
      CAST(COALESCE(SUM(t.responded_at - t.created_at), 0) AS BIGINT)
      FROM tickets t WHERE t.customer = $1 AND t.created_at >= $2 AND t.merged_into IS NULL
        AND {visible t})",
                                     customer, reader.now() - days(figures.days));
  figures.opened = row->opened;
  figures.reopened = row->reopened;
  figures.rated = row->rated;
  if (row->rated > 0) {
    figures.average_rating = static_cast<double>(row->ratings) / static_cast<double>(row->rated);
  }
  if (row->responded > 0) {
    figures.average_response_seconds = Duration{row->responses_us / row->responded};
  }
  figures.open = reader
                     .value<std::int64_t>(R"(SELECT count(*) FROM tickets t
      WHERE t.customer = $1 AND t.closed_at IS NULL AND t.merged_into IS NULL AND {visible t})",
                                          customer)
                     .value_or(0);
  return figures;
}

void install_related(Module& m) {
  m.get("/tickets/{id}/related", "tickets.read", list_related)
      .about("Other tickets that may be about the same.");
  m.get("/customers/{id}/recent", "tickets.read", recent_figures)
      .about("How a customer has been served in the last thirty days.");
}

}  // namespace baijin::tickets
