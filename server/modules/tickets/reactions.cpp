#include "hub/module.h"
#include "modules/customers/customers.h"
#include "modules/tickets/steps.h"

namespace baijin::tickets {
namespace {

using customers::Contact;
using customers::Customer;
using customers::MergeNews;

// The ticket and its messages stand in the search under their new owner.
void index_again(Change& change, const Ticket& ticket) {
  index_ticket(change, ticket);
  auto messages = change.list<Message>(R"(SELECT {fields m} FROM messages m
      WHERE m.ticket = $1 AND m.state <> 'withdrawn' {all: the program follows a merge}
      ORDER BY m.id)",
                                       ticket.id);
  for (const auto& message : messages) index_message(change, ticket, message);
}

void give_to_customer(Change& change, Id<Ticket> id, Id<Customer> customer) {
  auto ticket = change.take_unseen(id);
  ticket.customer = customer;
  if (auto now_theirs = change.find_unseen(customer)) ticket.region = now_theirs->region;
  change.save(ticket);
  index_again(change, ticket);
  change.tell("tickets.changed", ticket);
}

void give_to_contact(Change& change, Id<Ticket> id, Id<Contact> contact) {
  auto ticket = change.take_unseen(id);
  ticket.contact = contact;
  change.save(ticket);
  index_ticket(change, ticket);
  change.tell("tickets.changed", ticket);
}

void customers_merged(Change& change, const Event& event) {
  auto news = customers::merge_news(event);
  auto theirs = change.values<Id<Ticket>>(R"(SELECT t.id FROM tickets t WHERE t.customer = $1
      {all: the program follows a merge} ORDER BY t.id)",
                                          news.other);
  for (auto id : theirs) {
    give_to_customer(change, id, {news.kept});
    customers::remember_move(change, news.merge, "ticket", id.value);
  }
}

void contacts_merged(Change& change, const Event& event) {
  auto news = customers::merge_news(event);
  auto theirs = change.values<Id<Ticket>>(R"(SELECT t.id FROM tickets t WHERE t.contact = $1
      {all: the program follows a merge} ORDER BY t.id)",
                                          news.other);
  for (auto id : theirs) {
    give_to_contact(change, id, {news.kept});
    customers::remember_move(change, news.merge, "ticket", id.value);
  }
}

// Only what is still where the merge put it goes back.
void customers_parted(Change& change, const Event& event) {
  auto news = customers::merge_news(event);
  for (auto id : customers::moved_rows(change, news.merge, "ticket")) {
    auto ticket = change.find_unseen(Id<Ticket>{id});
    if (ticket && ticket->customer && ticket->customer->value == news.kept) {
      give_to_customer(change, {id}, {news.other});
    }
  }
}

void contacts_parted(Change& change, const Event& event) {
  auto news = customers::merge_news(event);
  for (auto id : customers::moved_rows(change, news.merge, "ticket")) {
    auto ticket = change.find_unseen(Id<Ticket>{id});
    if (ticket && ticket->contact && ticket->contact->value == news.kept) {
      give_to_contact(change, {id}, {news.other});
    }
  }
}

}  // namespace

void listen_to_merges(Module& m) {
  m.on("customers.merged", customers_merged);
  m.on("contacts.merged", contacts_merged);
  m.on("customers.merge_undone", customers_parted);
  m.on("contacts.merge_undone", contacts_parted);
}

}  // namespace baijin::tickets
