#include "modules/imports/people.h"

#include "hub/doors.h"
#include "modules/accounts/accounts.h"

namespace baijin::imports {
namespace {

using boost::json::array;
using boost::json::object;

std::int64_t id_in(const object& answer) { return answer.at("id").to_number<std::int64_t>(); }

std::optional<Id<customers::Customer>> customer_named(Change& change, const Name& name) {
  auto known = through_door(change, question_to("/customers/lookup", "name", name.value));
  for (const auto& item : known.at("items").as_array()) {
    const auto& like = item.as_object();
    for (const auto& by : like.at("by").as_array()) {
      if (by.as_string() == "name") return Id<customers::Customer>{id_in(like)};
    }
  }
  return {};
}

std::optional<Id<customers::Customer>> customer_of(Change& change, const ImportedTicket& ticket,
                                                   Added& added) {
  if (!ticket.customer) return {};
  if (auto known = customer_named(change, *ticket.customer)) return known;
  auto made = through_door(
      change, request_to(Method::post, "/customers", {{"name", ticket.customer->value}}));
  added.customers.try_emplace(folded(ticket.customer->value), ticket.customer->value);
  return Id<customers::Customer>{id_in(made)};
}

std::optional<Id<customers::Contact>> contact_named(Reader& reader, const Name& name,
                                                    Id<customers::Customer> customer) {
  return reader.value<Id<customers::Contact>>(
      "SELECT c.id FROM contacts c JOIN contact_customers m ON m.contact = c.id "
      "WHERE m.customer = $1 AND c.folded_name = $2 AND c.merged_into IS NULL "
      "{all: whoever is there is not added again} ORDER BY c.id",
      customer, folded(name.value));
}

std::optional<Id<customers::Contact>> known_contact(Change& change, const ImportedTicket& ticket,
                                                    const Named& named) {
  if (ticket.contact_email) {
    if (auto known = customers::contact_with_email(change, ticket.contact_email->value)) {
      return known;
    }
  }
  if (ticket.contact_phone) {
    if (auto known = customers::contact_with_phone(change, ticket.contact_phone->value)) {
      return known;
    }
  }
  if (!ticket.contact_name || !named.customer) return {};
  return contact_named(change, *ticket.contact_name, *named.customer);
}

// Adds the customer to those the contact acts for.
void tie(Change& change, Id<customers::Contact> contact, Id<customers::Customer> customer) {
  if (customers::belongs_to(change, contact, customer)) return;
  array all;
  for (const auto& one : customers::memberships(change, contact)) {
    all.push_back(object{{"customer", one.customer.value}, {"lead", one.lead}, {"main", one.main}});
  }
  all.push_back(object{{"customer", customer.value}});
  auto path = "/contacts/" + std::to_string(contact.value) + "/customers";
  through_door(change, request_to(Method::put, path, {{"customers", all}}));
}

Id<customers::Contact> new_contact(Change& change, const ImportedTicket& ticket, const Named& named,
                                   Added& added) {
  auto name = ticket.contact_name    ? ticket.contact_name->value
              : ticket.contact_email ? ticket.contact_email->value
                                     : ticket.contact_phone->value;
  object input{{"name", name}};
  if (ticket.contact_email) input["email"] = ticket.contact_email->value;
  if (ticket.contact_phone) input["phone"] = ticket.contact_phone->value;
  array of;
  if (named.customer) of.push_back(object{{"customer", named.customer->value}, {"main", true}});
  input["customers"] = of;
  auto of_whom = named.customer ? ticket.customer->value : std::string();
  added.contacts.try_emplace(folded(name) + " " + of_whom,
                             of_whom.empty() ? name : name + " · " + of_whom);
  return {id_in(through_door(change, request_to(Method::post, "/contacts", input)))};
}

}  // namespace

Named named_by(Change& change, const ImportedTicket& ticket, Added& added) {
  Named named;
  named.customer = customer_of(change, ticket, added);
  if (!ticket.contact_name && !ticket.contact_email && !ticket.contact_phone) return named;
  named.contact = known_contact(change, ticket, named);
  if (!named.contact) named.contact = new_contact(change, ticket, named, added);
  else if (named.customer) tie(change, *named.contact, *named.customer);
  return named;
}

std::optional<Id<products::Product>> product_of(Reader& reader, const ImportedTicket& ticket) {
  if (!ticket.product) return {};
  auto known = reader.value<Id<products::Product>>(
      "SELECT p.id FROM products p WHERE (p.folded_code = $1 OR p.name = $2) AND {visible p} "
      "ORDER BY p.id",
      folded(ticket.product->value), ticket.product->value);
  if (!known) throw invalid("unknown_product", "product");
  return known;
}

std::optional<Id<accounts::User>> staff_with_login(Reader& reader,
                                                   const std::optional<Text<1, 120>>& login,
                                                   std::string_view field) {
  if (!login) return {};
  auto user = accounts::find_login(reader, login->value);
  if (!user || user->kind != accounts::UserKind::staff) throw invalid("unknown_login", field);
  return user->id;
}

}  // namespace baijin::imports
