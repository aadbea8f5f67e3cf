#include "modules/imports/bring_in.h"

#include <algorithm>

#include "base/html.h"

namespace baijin::imports {
namespace {

using catalogue::Phase;
using tickets::Ticket;

// The state it is to be in: the one that is named, else the first that fits whether it was closed.
const catalogue::State& state_for(const catalogue::Workflow& workflow, const ImportedTicket& said) {
  if (said.state) {
    for (const auto& state : workflow.states) {
      if (state.key != *said.state) continue;
      bool closed = state.phase == Phase::closed;
      if (said.closed_at && !closed) throw invalid("closed_at_of_open", "closed_at");
      return state;
    }
    throw invalid("unknown_state", "state");
  }
  if (!said.closed_at) return catalogue::state_of(workflow, workflow.start.value);
  for (const auto& state : workflow.states) {
    if (state.phase == Phase::closed) return state;
  }
  throw invalid("no_closed_state", "state");
}

void check_times(const ImportedTicket& said, Time now) {
  auto check = [&](Time time, std::string_view field) {
    if (time > now) throw invalid("in_the_future", field);
    if (time < said.created_at) throw invalid("before_created_at", field);
  };
  check(said.created_at, "created_at");
  if (said.closed_at) check(*said.closed_at, "closed_at");
  for (const auto& message : said.messages) {
    if (message.at) check(*message.at, "messages.at");
  }
}

tickets::NewTicket request_of(const ImportedTicket& said, Id<catalogue::ServiceType> type,
                              const Named& named, std::optional<Id<products::Product>> product) {
  tickets::NewTicket request;
  request.service_type = type;
  request.subject = said.subject;
  if (said.body && !said.body->value.empty()) {
    request.body.emplace().value = text_to_html(said.body->value);
  }
  request.customer = named.customer;
  request.contact = named.contact;
  request.product = product;
  request.tags = said.tags;
  return request;
}

struct Activity {
  Time last;
  std::optional<Time> first_reply;
};

Activity write_messages(Change& change, Id<Ticket> ticket, const ImportedTicket& said,
                        const Named& named) {
  Activity activity{said.created_at, {}};
  for (const auto& one : said.messages) {
    tickets::NewMessage message;
    message.body.value = text_to_html(one.body.value);
    if (one.from == From::note) message.kind = tickets::MessageKind::note;
    tickets::Origin origin;
    origin.at = one.at.value_or(activity.last);
    if (one.from == From::customer) origin.contact = named.contact;
    else origin.by = staff_with_login(change, one.author, "messages.author");
    tickets::add_message(change, ticket, message, origin);
    activity.last = std::max(activity.last, *origin.at);
    if (one.from == From::staff && !activity.first_reply) activity.first_reply = origin.at;
  }
  return activity;
}

// What came of it elsewhere: its state and times are history, no step of the desk's workflow.
void set_history(Change& change, Id<Ticket> id, const ImportedTicket& said,
                 const catalogue::State& state, const Activity& activity, std::string_view source) {
  auto ticket = change.take_unseen(id);
  bool closed = state.phase == Phase::closed;
  auto end = said.closed_at.value_or(activity.last);
  ticket.state = state.key.value;
  ticket.phase = state.phase;
  ticket.state_since = closed ? end : activity.last;
  ticket.updated_at = std::max(end, activity.last);
  ticket.responded_at = activity.first_reply;
  if (closed) ticket.closed_at = ticket.resolved_at = end;
  if (said.priority && ticket.priority != *said.priority) {
    ticket.priority = *said.priority;
    ticket.priority_reason.value = "imported";
  }
  ticket.assignee = staff_with_login(change, said.assignee, "assignee");
  change.save(ticket);
  boost::json::object more{{"imported_from", source}};
  if (said.external_id) more["external_id"] = said.external_id->value;
  change.tell("tickets.changed", ticket, std::move(more));
}

bool is_taken(Reader& reader, std::string_view number) {
  return reader.any("SELECT t.id FROM tickets t WHERE t.number = $1 {all: numbers are the desk's}",
                    number);
}

}  // namespace

Outcome bring_in(Change& change, const ImportedTicket& said, std::string_view source,
                 Added& added) {
  if (said.external_id &&
      change.any("SELECT l.ticket FROM import_lines l WHERE l.source = $1 AND l.external_id = $2 "
                 "{all: no line comes in twice, whoever asks}",
                 source, *said.external_id)) {
    return Outcome::skipped;
  }
  auto type = catalogue::service_type_by_key(change, said.service_type.value);
  if (!type) throw invalid("unknown_service_type", "service_type");
  auto workflow = catalogue::workflow(change, catalogue::service_type(change, *type)->workflow);
  const auto& state = state_for(*workflow, said);
  check_times(said, change.now());
  auto product = product_of(change, said);
  auto named = named_by(change, said, added);
  tickets::Origin origin;
  origin.at = said.created_at;
  origin.contact = named.contact;
  origin.channel = said.channel.value_or(tickets::Channel::api);
  bool taken = said.number && is_taken(change, said.number->value);
  if (said.number && !taken) origin.number = said.number->value;
  auto id = tickets::open_ticket(change, request_of(said, *type, named, product), origin).id;
  auto activity = write_messages(change, id, said, named);
  set_history(change, id, said, state, activity, source);
  if (said.external_id) {
    change.execute("INSERT INTO import_lines (source, external_id, ticket) VALUES ($1, $2, $3)",
                   source, *said.external_id, id);
  }
  return taken ? Outcome::renumbered : Outcome::imported;
}

}  // namespace baijin::imports
