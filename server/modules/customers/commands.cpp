// Changing organisations, their sites, dates and notes.
#include "base/pinyin.h"
#include "modules/accounts/accounts.h"
#include "modules/customers/finding.h"
#include "modules/customers/routes.h"
#include "modules/customers/rules.h"

namespace baijin::customers {
namespace {

// Both names, so that a part of either finds it.
std::string folded_names(const Customer& customer) {
  auto names = customer.name.value;
  if (customer.short_name) names += " " + customer.short_name->value;
  return folded(names);
}

void settle(Change& change, Customer& customer) {
  customer.folded_name = folded_names(customer);
  customer.initials = initials(customer.name.value);
  if (customer.short_name) customer.initials += " " + initials(customer.short_name->value);
  if (customer.email_domain) {
    customer.email_domain->value = rules::checked_domain(customer.email_domain->value);
  }
  if (customer.region && !change.find_unseen(*customer.region)) {
    throw invalid("unknown_region", "region");
  }
}

// A merged one is history: what is written belongs to the one that was kept.
Customer open_customer(Reader& reader, Id<Customer> id) {
  auto customer = reader.get(id);
  if (customer.merged_into) throw conflict("customer_is_merged");
  return customer;
}

// Dates and notes exist for staff only, whatever rights a role for customers is given.
void for_staff(const Reader& reader) {
  if (!reader.actor().staff()) throw not_found();
}

}  // namespace

Customer make_customer(Change& change, const NewCustomer& input) {
  Customer customer;
  customer.name = input.name;
  customer.short_name = input.short_name;
  customer.tier = input.tier.value_or(customer.tier);
  customer.region = input.region;
  customer.industry = input.industry;
  customer.address = input.address;
  customer.phone = input.phone;
  customer.email_domain = input.email_domain;
  customer.website = input.website;
  customer.notes = input.notes;
  customer.created_at = change.now();
  settle(change, customer);
  change.add(customer);
  make_findable(change, customer);
  change.tell("customers.added", customer);
  return customer;
}

CustomerPage add_customer(Change& change, const NewCustomer& input) {
  return get_customer(change, make_customer(change, input).id);
}

CustomerPage change_customer(Change& change, Id<Customer> id, const CustomerPatch& input) {
  auto customer = change.take(id);
  if (customer.merged_into) throw conflict("customer_is_merged");
  input.name.into(customer.name);
  input.short_name.into(customer.short_name);
  input.tier.into(customer.tier);
  input.region.into(customer.region);
  input.industry.into(customer.industry);
  input.address.into(customer.address);
  input.phone.into(customer.phone);
  input.email_domain.into(customer.email_domain);
  input.website.into(customer.website);
  input.notes.into(customer.notes);
  input.active.into(customer.active);
  settle(change, customer);
  change.save(customer);
  make_findable(change, customer);
  change.tell("customers.changed", customer);
  return get_customer(change, id);
}

Site add_site(Change& change, const NewSite& input) {
  open_customer(change, input.customer);
  Site site;
  site.customer = input.customer;
  site.name = input.name;
  site.address = input.address;
  site.phone = input.phone;
  site.directions = input.directions;
  change.add(site);
  make_findable(change, site);
  change.tell("sites.added", site);
  return site;
}

Site change_site(Change& change, Id<Site> id, const SitePatch& input) {
  auto site = change.take(id);
  input.name.into(site.name);
  input.address.into(site.address);
  input.phone.into(site.phone);
  input.directions.into(site.directions);
  input.active.into(site.active);
  change.save(site);
  make_findable(change, site);
  change.tell("sites.changed", site);
  return site;
}

ImportantDate add_date(Change& change, Id<Customer> customer, const NewDate& input) {
  for_staff(change);
  open_customer(change, customer);
  if (input.contact && !belongs_to(change, *input.contact, customer)) {
    throw invalid("not_of_customer", "contact");
  }
  ImportantDate date{{},         {},        customer,         input.contact,
                     input.name, input.day, input.every_year, input.notes};
  change.add(date);
  change.tell("customers.date_added", date);
  return date;
}

ImportantDate change_date(Change& change, Id<ImportantDate> id, const DatePatch& input) {
  auto date = change.take(id);
  input.name.into(date.name);
  input.day.into(date.day);
  input.every_year.into(date.every_year);
  input.notes.into(date.notes);
  change.save(date);
  change.tell("customers.date_changed", date);
  return date;
}

void remove_date(Change& change, Id<ImportantDate> id) {
  auto date = change.take(id);
  change.remove(date);
  change.tell("customers.date_removed", date);
}

CustomerNote add_note(Change& change, Id<Customer> customer, const NoteText& input) {
  for_staff(change);
  open_customer(change, customer);
  CustomerNote note{{}, {}, customer, change.actor().user, change.now(), input.body};
  change.add(note);
  change.tell("customers.note_added", note);
  return note;
}

// One's own notes only: what a colleague wrote stays as it was meant.
CustomerNote change_note(Change& change, Id<CustomerNote> id, const NoteText& input) {
  auto note = change.take(id);
  if (note.author != change.actor().user) throw forbidden("not_the_author");
  note.body = input.body;
  change.save(note);
  change.tell("customers.note_changed", note);
  return note;
}

void remove_note(Change& change, Id<CustomerNote> id) {
  auto note = change.take(id);
  if (note.author != change.actor().user) change.must("customers.manage");
  change.remove(note);
  change.tell("customers.note_removed", note);
}

}  // namespace baijin::customers
