#include "base/text.h"
#include "hub/desk_place.h"
#include "hub/hub.h"
#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/products/products.h"
#include "modules/search/search.h"
#include "modules/tickets/number.h"
#include "modules/tickets/reads.h"
#include "modules/tickets/steps.h"

namespace baijin::tickets {

std::string number_of_draw(Hub& hub, int year, std::int64_t drawn) {
  auto key = hub.keys().number_for("ticket-number/" + std::to_string(year));
  return number::number_for(year, drawn, key);
}

std::string drawn_number(Change& change) {
  int year = year_in_zone(change.now(), desk_place(change).time_zone);
  auto drawn = change.execute_returning(
      "INSERT INTO ticket_numbers (year) VALUES ($1) RETURNING id", std::int64_t{year});
  return number_of_draw(change.hub(), year, drawn);
}

namespace {

using catalogue::ServiceType;

// What customers leave to the desk.
void refuse_staff_fields(const NewTicket& input) {
  if (input.priority || input.team || input.assignee || input.internal || input.channel ||
      !input.tags.empty() || !input.watchers.empty()) {
    throw forbidden("not_for_customers");
  }
}

bool has_intake_field(const NewTicket& input, std::string_view key) {
  if (key == "product") return input.product || input.asset;
  if (key == "product_version") return input.product_version || input.asset;
  if (key == "asset") return input.asset.has_value();
  if (key == "site") return input.site.has_value();
  if (key == "category") return input.category.has_value();
  if (key == "severity") return input.severity.has_value();
  if (key == "impact") return input.impact.has_value();
  if (key == "attachment") return !input.files.empty();
  return true;  // the others are custom fields or known anyway
}

// The form of the portal asks for them; on the telephone staff write down what is known.
void require_intake_fields(const ServiceType& type, const NewTicket& input) {
  auto problem = invalid("invalid_fields");
  for (const auto& field : type.intake) {
    if (field.required && !has_intake_field(input, field.key.value)) {
      problem.fields.push_back({field.key.value, "required"});
    }
  }
  if (!problem.fields.empty()) throw problem;
}

// Who it is for. Customers ask for themselves; staff see whom they name (Z4).
void set_customer(Change& change, Ticket& ticket, const NewTicket& input) {
  ticket.customer = input.customer;
  ticket.contact = input.contact;
  if (auto self = contact_of(change.actor())) {
    if (ticket.contact && *ticket.contact != *self) throw not_found();
    ticket.contact = *self;
  } else if (ticket.contact) {
    change.get(*ticket.contact);
  }
  if (ticket.contact) {
    if (!ticket.customer) ticket.customer = customers::main_customer(change, *ticket.contact);
    else if (!customers::belongs_to(change, *ticket.contact, *ticket.customer)) {
      throw invalid("not_of_customer", "contact");
    }
  }
  if (!ticket.customer) return;
  auto customer = change.get(*ticket.customer);
  if (customer.merged_into) throw conflict("customer_was_merged");
  ticket.region = customer.region;
}

void set_installed(Change& change, Ticket& ticket, const NewTicket& input) {
  if (!input.site && !input.product && !input.product_version && !input.asset) return;
  products::Installed parts{ticket.customer, input.site, input.product, input.product_version,
                            input.asset};
  products::check_installed(change, parts);
  if (parts.customer && !ticket.customer) {
    ticket.customer = parts.customer;
    ticket.region = change.get(*parts.customer).region;
  }
  ticket.site = parts.site;
  ticket.product = parts.product;
  ticket.product_version = parts.product_version;
  ticket.asset = parts.asset;
}

void set_urgency(Change& change, Ticket& ticket, const NewTicket& input, const ServiceType& type) {
  ticket.severity = input.severity;
  ticket.impact = input.impact;
  auto by_matrix = input.severity && input.impact
                       ? catalogue::priority_for(change, *input.severity, *input.impact)
                       : type.default_priority;
  rules::set_priority(ticket, {input.priority, input.priority_reason}, by_matrix);
  if (input.category) {
    if (!change.get(*input.category).active) throw invalid("not_active", "category");
    ticket.category = input.category;
  }
}

void set_workers(Change& change, Ticket& ticket, const NewTicket& input) {
  if (!input.team && !input.assignee) return;
  change.must("tickets.assign");
  if (input.team) ticket.team = change.get(*input.team).id;
  if (input.assignee) {
    must_be_staff(change, *input.assignee, "assignee");
    ticket.assignee = input.assignee;
  }
}

Channel channel_of(const Change& change, const NewTicket& input, const Origin& origin) {
  if (origin.channel) return *origin.channel;
  if (contact_of(change.actor())) return Channel::portal;
  return input.channel.value_or(Channel::staff);
}

void write_first_message(Change& change, const Ticket& ticket, const NewTicket& input,
                         const Origin& origin) {
  if (!input.body && input.files.empty()) return;
  NewMessage message;
  message.kind = input.internal ? MessageKind::note : MessageKind::reply;
  if (input.body) message.body = *input.body;
  message.files = input.files;
  auto writer = origin;
  writer.channel = ticket.channel;
  bool from_customer = !input.internal && ticket.channel != Channel::staff;
  if (from_customer && ticket.contact) writer.contact = ticket.contact;
  write_message(change, ticket, message, writer, Part::opening);
  if (!origin.at) read_own_words(change, ticket.id, ticket.created_at);
}

}  // namespace

std::optional<Id<customers::Contact>> contact_of(const Actor& actor) {
  if (actor.kind != ActorKind::contact) return {};
  return actor.contact;
}

void must_be_staff(Reader& reader, Id<accounts::User> user, std::string_view field) {
  bool staff = reader.any(R"(SELECT 1 FROM users u WHERE u.id = $1 AND u.kind = 'staff'
      AND u.active = TRUE {all: any colleague can be named})",
                          user);
  if (!staff) throw invalid("not_staff", field);
}

void set_tags(Change& change, const Ticket& ticket, const std::vector<Tag>& before) {
  if (ticket.tags == before) return;
  if (!before.empty()) change.execute("DELETE FROM ticket_tags WHERE ticket = $1", ticket.id);
  for (const auto& tag : ticket.tags) {
    change.execute("INSERT INTO ticket_tags (ticket, tag) VALUES ($1, $2)", ticket.id, tag);
  }
}

void index_ticket(Change& change, const Ticket& ticket) {
  std::string names;
  if (ticket.customer) names = customers::customer_name(change, *ticket.customer);
  if (ticket.contact) names += " " + customers::contact_name(change, *ticket.contact);
  search::put(change, {{"ticket", ticket.id.value},
                       ticket.customer,
                       false,
                       ticket.created_at,
                       ticket.number + " " + ticket.subject.value,
                       names});
}

bool watch(Change& change, Id<Ticket> ticket, Id<accounts::User> member) {
  return change.execute(R"(INSERT INTO watchers (ticket, member) VALUES ($1, $2)
      ON CONFLICT (member, ticket) DO NOTHING)",
                        ticket, member) == 1;
}

Ticket open_ticket(Change& change, const NewTicket& input) {
  return shown(change, open_ticket(change, input, Origin{}));
}

Ticket open_ticket(Change& change, const NewTicket& input, const Origin& origin) {
  auto type = catalogue::service_type(change, input.service_type);
  bool by_customer = change.actor().kind == ActorKind::contact;
  if (!type->active || (by_customer && !type->in_portal)) {
    throw invalid("not_active", "service_type");
  }
  if (by_customer) {
    refuse_staff_fields(input);
    require_intake_fields(*type, input);
  }
  auto workflow = catalogue::workflow(change, type->workflow);
  Ticket ticket;
  ticket.subject = input.subject;
  ticket.service_type = type->id;
  ticket.workflow = type->workflow;
  ticket.state = workflow->start.value;
  ticket.phase = catalogue::state_of(*workflow, ticket.state).phase;
  ticket.channel = channel_of(change, input, origin);
  set_customer(change, ticket, input);
  set_installed(change, ticket, input);
  set_urgency(change, ticket, input, *type);
  set_workers(change, ticket, input);
  ticket.tags = rules::distinct(input.tags);
  ticket.custom = catalogue::check_custom_fields(
      change, ticket.service_type, ticket.product, {}, input.custom,
      by_customer ? Audience::customer : Audience::staff);
  if (origin.by) ticket.created_by = origin.by;
  else if (change.actor().user) ticket.created_by = change.actor().user;
  ticket.created_at = ticket.updated_at = ticket.state_since = origin.at.value_or(change.now());
  ticket.number = origin.number ? *origin.number : drawn_number(change);
  if (input.body || !input.files.empty()) {
    ticket.last_message_at = ticket.created_at;
    if (!input.internal) ticket.last_reply_at = ticket.created_at;
  }
  change.add(ticket);
  set_tags(change, ticket, {});
  for (auto member : input.watchers) {
    must_be_staff(change, member, "watchers");
    watch(change, ticket.id, member);
  }
  index_ticket(change, ticket);
  write_first_message(change, ticket, input, origin);
  change.tell("tickets.opened", ticket, {{"number", ticket.number}});
  return ticket;
}

}  // namespace baijin::tickets
