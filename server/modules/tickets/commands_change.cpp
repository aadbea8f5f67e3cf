#include <algorithm>

#include "base/html.h"
#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/products/products.h"
#include "modules/search/search.h"
#include "modules/tickets/steps.h"

namespace baijin::tickets {
namespace {

bool names_only_labels(const TicketPatch& input) {
  return !input.subject.given && !input.service_type.given && !input.customer.given &&
         !input.site.given && !input.contact.given && !input.product.given &&
         !input.product_version.given && !input.asset.given && !input.severity.given &&
         !input.impact.given && !input.priority.given && input.custom.value.empty();
}

// Customers correct what they wrote while nobody has begun; the rest is the desk's.
void must_suit_customer(const Ticket& ticket, const TicketPatch& input) {
  bool theirs = !input.service_type.given && !input.customer.given && !input.site.given &&
                !input.contact.given && !input.product.given && !input.product_version.given &&
                !input.asset.given && !input.category.given && !input.severity.given &&
                !input.impact.given && !input.priority.given && !input.priority_reason.given &&
                !input.tags.given;
  if (!theirs) throw forbidden("not_for_customers");
  if (ticket.phase != Phase::fresh) throw conflict("work_has_begun");
}

void change_type(Change& change, Ticket& ticket, Id<catalogue::ServiceType> wanted) {
  if (wanted == ticket.service_type) return;
  if (ticket.phase != Phase::fresh) throw conflict("work_has_begun");
  auto type = catalogue::service_type(change, wanted);
  if (!type->active) throw invalid("not_active", "service_type");
  auto workflow = catalogue::workflow(change, type->workflow);
  ticket.service_type = wanted;
  ticket.workflow = type->workflow;
  ticket.state = workflow->start.value;
  ticket.phase = catalogue::state_of(*workflow, ticket.state).phase;
  ticket.state_since = change.now();
}

// Whom and what it is about: the actor sees both the old (the ticket) and the new (Z4), and the
// parts belong together.
void change_subjects(Change& change, Ticket& ticket, const TicketPatch& input) {
  if (input.customer.given && input.customer.value != ticket.customer) {
    ticket.customer = input.customer.value;
    ticket.site.reset();
    ticket.asset.reset();
    if (!input.contact.given) ticket.contact.reset();
    ticket.region.reset();
    if (ticket.customer) {
      auto customer = change.get(*ticket.customer);
      if (customer.merged_into) throw conflict("customer_was_merged");
      ticket.region = customer.region;
    }
  }
  if (input.contact.given && input.contact.value != ticket.contact) {
    if (input.contact.value) change.get(*input.contact.value);
    ticket.contact = input.contact.value;
  }
  if (ticket.contact && (input.contact.given || input.customer.given) &&
      (!ticket.customer || !customers::belongs_to(change, *ticket.contact, *ticket.customer))) {
    throw invalid("not_of_customer", "contact");
  }
  input.site.into(ticket.site);
  input.product.into(ticket.product);
  input.product_version.into(ticket.product_version);
  input.asset.into(ticket.asset);
  if (!input.site.given && !input.product.given && !input.product_version.given &&
      !input.asset.given) {
    return;
  }
  products::Installed parts{ticket.customer, ticket.site, ticket.product, ticket.product_version,
                            ticket.asset};
  products::check_installed(change, parts);
  ticket.site = parts.site;
  ticket.product = parts.product;
  ticket.product_version = parts.product_version;
  ticket.asset = parts.asset;
}

void change_urgency(Change& change, Ticket& ticket, const TicketPatch& input) {
  bool judged_anew = input.severity.given || input.impact.given;
  input.severity.into(ticket.severity);
  input.impact.into(ticket.impact);
  if (!judged_anew && !input.priority.given) return;
  auto by_matrix = ticket.severity && ticket.impact
                       ? catalogue::priority_for(change, *ticket.severity, *ticket.impact)
                       : catalogue::service_type(change, ticket.service_type)->default_priority;
  rules::PriorityWish wish;
  if (input.priority.given) {
    wish.wanted = input.priority.value;
    if (input.priority_reason.given) wish.reason = input.priority_reason.value;
  } else if (!ticket.priority_reason.value.empty()) {
    // Somebody's reason outlives a new judgement by the matrix.
    wish = {ticket.priority, ticket.priority_reason};
  }
  rules::set_priority(ticket, wish, by_matrix);
}

bool finds_differently(const Ticket& a, const Ticket& b) {
  return a.subject != b.subject || a.customer != b.customer || a.contact != b.contact;
}

// Messages carry their ticket's customer in the search.
void index_messages(Change& change, const Ticket& ticket) {
  auto messages = change.list<Message>(R"(SELECT {fields m} FROM messages m
      WHERE m.ticket = $1 AND m.state <> 'withdrawn' {all: the ticket was taken} ORDER BY m.id)",
                                       ticket.id);
  for (const auto& message : messages) index_message(change, ticket, message);
}

}  // namespace

void must_be_open(const Ticket& ticket) {
  if (ticket.merged_into) throw conflict("ticket_was_merged");
  if (ticket.phase == Phase::closed) throw conflict("ticket_is_closed");
}

Ticket change_ticket(Change& change, Id<Ticket> id, const TicketPatch& input) {
  auto ticket = change.take(id);
  auto before = ticket;
  bool by_customer = change.actor().kind == ActorKind::contact;
  if (by_customer) must_suit_customer(ticket, input);
  else change.must("tickets.work");
  if (ticket.merged_into || !names_only_labels(input)) must_be_open(ticket);
  input.subject.into(ticket.subject);
  if (input.service_type.given) change_type(change, ticket, input.service_type.value);
  change_subjects(change, ticket, input);
  change_urgency(change, ticket, input);
  if (input.category.given) {
    if (input.category.value) change.get(*input.category.value);
    ticket.category = input.category.value;
  }
  if (input.tags.given) ticket.tags = rules::distinct(input.tags.value);
  if (!input.custom.value.empty() || input.service_type.given) {
    ticket.custom = catalogue::check_custom_fields(
        change, ticket.service_type, ticket.product, ticket.custom, input.custom,
        by_customer ? Audience::customer : Audience::staff);
  }
  ticket.updated_at = change.now();
  change.save(ticket);
  set_tags(change, ticket, before.tags);
  if (finds_differently(before, ticket)) index_ticket(change, ticket);
  if (before.customer != ticket.customer) index_messages(change, ticket);
  change.tell("tickets.changed", ticket);
  return shown(change, ticket);
}

Ticket assign(Change& change, Id<Ticket> id, const Assignment& input) {
  auto ticket = change.take(id);
  must_be_open(ticket);
  bool takes_it = !ticket.assignee && input.assignee.given && !input.team.given &&
                  input.assignee.value == change.actor().user;
  change.must(takes_it ? "tickets.work" : "tickets.assign");
  auto before = ticket.assignee;
  if (input.assignee.given && input.assignee.value) {
    must_be_staff(change, *input.assignee.value, "assignee");
  }
  if (input.team.given && input.team.value) change.get(*input.team.value);
  input.assignee.into(ticket.assignee);
  input.team.into(ticket.team);
  ticket.updated_at = change.now();
  change.save(ticket);
  boost::json::object more;
  if (ticket.assignee != before && ticket.assignee) more["assignee"] = ticket.assignee->value;
  change.tell("tickets.assigned", ticket, std::move(more));
  if (input.hand_over_note && !input.hand_over_note->value.empty()) {
    NewMessage note;
    note.kind = MessageKind::note;
    note.body.value = text_to_html(input.hand_over_note->value);
    if (ticket.assignee && ticket.assignee != before) note.mentions = {*ticket.assignee};
    write_message(change, ticket, note, {}, Part::conversation);
  }
  return shown(change, ticket);
}

}  // namespace baijin::tickets
