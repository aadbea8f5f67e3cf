// The customer says how it was, when he confirms or afterwards (INT-8).
#include "modules/tickets/steps.h"

namespace baijin::tickets {
namespace {

// The transition that is there for rating: it keeps the ticket closed and asks for nothing else.
const catalogue::Transition* rating_way(const catalogue::Workflow& workflow,
                                        std::string_view state) {
  for (const auto* way : catalogue::transitions_from(workflow, state)) {
    bool rates = way->needs.size() == 1 && way->needs.front().value == "rating";
    if (rates && way->customer_may &&
        catalogue::state_of(workflow, way->to.value).phase == Phase::closed) {
      return way;
    }
  }
  return nullptr;
}

}  // namespace

bool may_be_rated(Reader& reader, const Ticket& ticket) {
  if (ticket.phase != Phase::closed || ticket.merged_into) return false;
  return ticket.rating || rating_way(*catalogue::workflow(reader, ticket.workflow), ticket.state);
}

void put_rating(Change& change, Ticket& ticket, const NewRating& input, std::string_view field) {
  if (input.rating < 1 || input.rating > 5) throw invalid("out_of_range", field);
  ticket.rating = input.rating;
  if (input.comment) ticket.rating_comment = input.comment;
  ticket.rated_at = change.now();
}

void tell_rating(Change& change, const Ticket& ticket) {
  change.tell("tickets.rated", ticket, {{"rating", *ticket.rating}});
}

void rate(Change& change, Ticket& ticket, const catalogue::Workflow& workflow,
          const NewRating& input) {
  put_rating(change, ticket, input, "rating");
  const auto* way = rating_way(workflow, ticket.state);
  if (way && may_make(change, *way) && refusals(change, ticket.id, *way).empty()) {
    go(change, ticket, workflow, *way, "");
  } else {
    change.save(ticket);
  }
  tell_rating(change, ticket);
}

Ticket rate_ticket(Change& change, Id<Ticket> id, const NewRating& input) {
  auto ticket = change.take(id);
  if (change.actor().kind != ActorKind::contact) throw forbidden("customers_rate");
  if (ticket.merged_into) throw conflict("ticket_was_merged");
  if (!may_be_rated(change, ticket)) throw conflict("nothing_to_rate");
  rate(change, ticket, *catalogue::workflow(change, ticket.workflow), input);
  return shown(change, ticket);
}

}  // namespace baijin::tickets
