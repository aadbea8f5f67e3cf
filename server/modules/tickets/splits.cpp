#include <algorithm>

#include "hub/module.h"
#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/products/products.h"
#include "modules/tickets/links.h"
#include "modules/tickets/merges.h"
#include "modules/tickets/reads.h"

namespace baijin::tickets {
namespace {

constexpr std::size_t most_split = 500;

std::vector<Message> chosen_messages(Change& change, Id<Ticket> ticket, const NewSplit& input) {
  if (input.messages.empty()) throw invalid("required", "messages");
  if (input.messages.size() > most_split) throw invalid("too_many", "messages");
  std::vector<Message> chosen;
  for (auto id : input.messages) {
    bool again = std::any_of(chosen.begin(), chosen.end(),
                             [&](const Message& one) { return one.id == id; });
    if (again) continue;
    auto message = change.take(id);
    if (message.ticket != ticket) throw invalid("not_of_ticket", "messages");
    chosen.push_back(std::move(message));
  }
  return chosen;
}

NewTicket like(const Ticket& ticket, const NewSplit& input) {
  NewTicket made;
  bool same_type = !input.service_type || *input.service_type == ticket.service_type;
  made.service_type = input.service_type.value_or(ticket.service_type);
  made.subject = input.subject;
  made.channel = ticket.channel;
  made.customer = ticket.customer;
  made.site = ticket.site;
  made.contact = ticket.contact;
  made.product = ticket.product;
  made.product_version = ticket.product_version;
  made.asset = ticket.asset;
  made.category = ticket.category;
  made.severity = ticket.severity;
  made.impact = ticket.impact;
  made.tags = ticket.tags;
  if (same_type) made.custom = ticket.custom;
  for (const auto& field : input.custom.value) made.custom.value[field.key()] = field.value();
  return made;
}

// The new ticket was answered when the first of its messages was.
std::optional<Time> first_response(const std::vector<Message>& messages) {
  std::optional<Time> first;
  for (const auto& one : messages) {
    bool answers = one.kind == MessageKind::reply && !one.from_customer &&
                   one.state == MessageState::sent;
    if (answers && (!first || one.send_at < *first)) first = one.send_at;
  }
  return first;
}

void move_messages(Change& change, std::vector<Message>& messages, const Ticket& to) {
  for (auto& message : messages) {
    change.execute("UPDATE messages SET ticket = $1 WHERE id = $2", to.id, message.id);
    message.ticket = to.id;
    if (message.state != MessageState::withdrawn) index_message(change, to, message);
  }
  recount_messages(change, to.id);
}

TicketLink link_both(Change& change, const Ticket& from, const Ticket& to) {
  TicketLink link;
  link.from_ticket = from.id;
  link.to_ticket = to.id;
  if (change.actor().user) link.created_by = change.actor().user;
  link.created_at = change.now();
  change.add(link);
  return link;
}

void unlink(Change& change, const TicketSplit& split) {
  if (!split.link) return;
  change.execute("DELETE FROM ticket_links WHERE id = $1", *split.link);
}

}  // namespace

TicketSplit split_ticket(Change& change, Id<Ticket> id, const NewSplit& input) {
  auto ticket = take_workable(change, id);
  auto messages = chosen_messages(change, id, input);
  auto made = open_ticket(change, like(ticket, input), Origin{});
  // It stays with those who worked on it, so that nobody loses sight of it by splitting.
  made.team = ticket.team;
  made.region = ticket.region;
  made.priority = ticket.priority;
  made.priority_reason = ticket.priority_reason;
  made.responded_at = first_response(messages);
  change.save(made);
  move_messages(change, messages, made);
  recount_messages(change, id);
  TicketSplit split;
  split.from_ticket = id;
  split.to_ticket = made.id;
  split.link = link_both(change, ticket, made).id.value;
  split.messages = static_cast<std::int64_t>(messages.size());
  if (change.actor().user) split.split_by = change.actor().user;
  split.split_at = change.now();
  change.add(split);
  ticket.updated_at = change.now();
  change.save(ticket);
  boost::json::object about{{"split", split.id.value}, {"messages", split.messages}};
  change.tell("tickets.split_off", made, about);
  about["number"] = made.number;
  change.tell("tickets.split", ticket, std::move(about));
  return split;
}

TicketSplit undo_split(Change& change, Id<Ticket> id, Id<TicketSplit> split_id) {
  auto ticket = take_workable(change, id);
  auto split = change.take(split_id);
  if (split.from_ticket != id) throw not_found();
  if (split.undone_at) throw conflict("already_undone");
  if (change.now() - split.split_at > undo_time_of_merges) throw conflict("too_late");
  auto made = take_workable(change, split.to_ticket);
  unlink(change, split);
  NewMerge back;
  back.other = made.id;
  back.reason.value = "split_undone";
  merge_into(change, ticket, made, back);
  split.undone_at = change.now();
  change.save(split);
  change.tell("tickets.split_undone", ticket, {{"split", split.id.value}});
  return split;
}

std::vector<TicketSplit> list_splits(Reader& reader, Id<Ticket> ticket) {
  must_be_desk(reader);
  reader.must_see({"ticket", ticket.value});
  return reader.list<TicketSplit>(R"(SELECT {fields s} FROM ticket_splits s
      JOIN tickets f ON f.id = s.from_ticket JOIN tickets k ON k.id = s.to_ticket
      WHERE (s.from_ticket = $1 OR s.to_ticket = $1) AND {visible f} AND {visible k}
      ORDER BY s.id DESC)",
                                  ticket);
}

void install_splits(Module& m) {
  m.record<TicketSplit>(seen_with("ticket", "from_ticket", "FALSE"), "tickets.read");
  for (auto name : {"tickets.split", "tickets.split_off", "tickets.split_undone"}) {
    m.event<Ticket>(name, "tickets.read");
  }
  m.get("/tickets/{id}/splits", "tickets.read", list_splits)
      .about("What was split off a ticket, and what it was split off from.");
  m.create("/tickets/{id}/splits", "tickets.merge", split_ticket)
      .about("Make a ticket of some of the messages of this one.");
  m.post("/tickets/{id}/splits/{split}/undo", "tickets.merge", undo_split)
      .about("Put a split ticket together again, up to thirty days later.");
}

}  // namespace baijin::tickets
