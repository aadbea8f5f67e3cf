#pragma once
// What may help beside a ticket: others that are about the same, and how the customer has been
// served lately. Both only as far as the actor sees.
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "modules/tickets/tickets.h"

namespace baijin::tickets {

enum class Because { asset, product, category, words };
BOOST_DESCRIBE_ENUM(Because, asset, product, category, words)

struct RelatedTicket {
  Id<Ticket> ticket;
  std::string number;
  Text<1, 200> subject;
  std::string state;
  Phase phase = Phase::fresh;
  Priority priority = Priority::P3;
  std::optional<std::string> customer_name;
  Time created_at;
  std::optional<Time> closed_at;
  std::vector<Because> because;
};
FIELDS(RelatedTicket, ticket, number, subject, state, phase, priority, customer_name, created_at,
       closed_at, because)

// At most 10: those for which most speaks first, then the newest. Of the same asset; of the same
// customer with the same product or category; with a subject like this one's.
std::vector<RelatedTicket> list_related(Reader& reader, Id<Ticket> ticket);

struct RecentFigures {
  std::int64_t days = 30;
  std::int64_t opened = 0;    // in these days
  std::int64_t reopened = 0;  // of those
  std::int64_t rated = 0;     // of those
  std::optional<double> average_rating;
  std::optional<Duration> average_response_seconds;  // till our first reply
  std::int64_t open = 0;                             // now, however old
};
FIELDS(RecentFigures, days, opened, reopened, rated, average_rating, average_response_seconds, open)

RecentFigures recent_figures(Reader& reader, Id<customers::Customer> customer);

void install_related(Module& m);

}  // namespace baijin::tickets
