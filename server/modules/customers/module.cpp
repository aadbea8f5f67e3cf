#include "hub/module.h"

#include "modules/accounts/accounts.h"
#include "modules/customers/exports.h"
#include "modules/customers/imports.h"
#include "modules/customers/preferences.h"
#include "modules/customers/routes.h"

namespace baijin::customers {
namespace {

// A customer sees his own organisations and himself, a lead also the people of his.
constexpr RowRule own_customers = seen_by_staff(
    "{t}.id IN (SELECT m.customer FROM contact_customers m WHERE m.contact = $contact)");
constexpr RowRule own_sites = seen_by_staff(
    "{t}.customer IN (SELECT m.customer FROM contact_customers m WHERE m.contact = $contact)");
constexpr RowRule own_contacts = seen_by_staff(
    "{t}.id = $contact OR {t}.id IN (SELECT o.contact FROM contact_customers l "
    "JOIN contact_customers o ON o.customer = l.customer "
    "WHERE l.contact = $contact AND l.lead = TRUE)");
constexpr RowRule for_staff = seen_by_staff();

void install_records(Module& m) {
  m.right("customers.read", "See customers, their sites and contacts");
  m.right("customers.manage", "Add, change and merge customers, sites and contacts");
  m.right("customers.export", "Take lists of customers and contacts out of the house");
  m.event<accounts::User>("customers.exported", "audit.read");
  m.event<accounts::User>("contacts.exported", "audit.read");
  m.record<Customer>(own_customers, "customers.read");
  m.record<Site>(own_sites, "customers.read");
  m.record<Contact>(own_contacts, "customers.read");
  m.record<PreferenceSheet>(for_staff, "customers.read");
  m.record<ImportantDate>(for_staff, "customers.read");
  m.record<CustomerNote>(for_staff, "customers.read");
  m.record<Merge>(for_staff, "customers.manage");
  for (auto name : {"customers.added", "customers.changed", "customers.merged",
                    "customers.merge_undone", "customers.preferences_changed"}) {
    m.event<Customer>(name, "customers.read");
  }
  for (auto name : {"contacts.added", "contacts.changed", "contacts.belongings_changed",
                    "contacts.merged", "contacts.merge_undone", "contacts.preferences_changed"}) {
    m.event<Contact>(name, "customers.read");
  }
  for (auto name : {"sites.added", "sites.changed"}) m.event<Site>(name, "customers.read");
  for (auto name : {"customers.date_added", "customers.date_changed", "customers.date_removed"}) {
    m.event<ImportantDate>(name, "customers.read");
  }
  for (auto name : {"customers.note_added", "customers.note_changed", "customers.note_removed"}) {
    m.event<CustomerNote>(name, "customers.read");
  }
}

void install_customers(Module& m) {
  constexpr auto read = "customers.read", manage = "customers.manage";
  m.get("/customers", read, list_customers).about("List customers.");
  m.get("/customers/duplicates", manage, list_customer_duplicates)
      .about("List customers that were probably entered twice.");
  m.get("/customers/lookup", read, lookup_customers)
      .about("Find customers with this name, phone number or mail domain.");
  m.get("/customers/export", "customers.export", export_customers)
      .raw()
      .slow()
      .about("The list of customers as CSV; told as an event.");
  m.get("/customers/{id}", read, get_customer).about("Show the page of a customer.");
  m.create("/customers", manage, add_customer).about("Add a customer.");
  m.patch("/customers/{id}", manage, change_customer).about("Change a customer.");
  m.get("/customers/{id}/merges", manage, list_customer_merges)
      .about("List what was merged into a customer.");
  m.create("/customers/{id}/merges", manage, merge_customers)
      .about("Merge another customer into this one.");
  m.post("/customers/{id}/merges/{merge}/undo", manage, undo_customer_merge)
      .about("Undo a merge, up to thirty days later.");
  m.get("/customers/{id}/preferences", read, get_customer_preferences)
      .about("Show how the organisation wants to be treated.");
  m.put("/customers/{id}/preferences", "signed_in", put_customer_preferences)
      .about("Say how the organisation wants to be treated.");
  m.get("/customers/{id}/dates", read, list_dates).about("List a customer's important dates.");
  m.create("/customers/{id}/dates", read, add_date).about("Add an important date.");
  m.patch("/customer-dates/{id}", read, change_date).about("Change an important date.");
  m.del("/customer-dates/{id}", read, remove_date).about("Remove an important date.");
  m.get("/customers/{id}/notes", read, list_notes).about("List the staff's notes on a customer.");
  m.create("/customers/{id}/notes", read, add_note).about("Write a note on a customer.");
  m.patch("/customer-notes/{id}", read, change_note).about("Change one's own note.");
  m.del("/customer-notes/{id}", read, remove_note).about("Remove a note.");
  m.get("/sites", read, list_sites).about("List sites.");
  m.get("/sites/{id}", read, get_site).about("Show a site.");
  m.create("/sites", manage, add_site).about("Add a site.");
  m.patch("/sites/{id}", manage, change_site).about("Change a site.");
}

void install_contacts(Module& m) {
  constexpr auto read = "customers.read", manage = "customers.manage";
  m.get("/contacts", read, list_contacts).about("List contacts.");
  m.get("/contacts/duplicates", manage, list_contact_duplicates)
      .about("List contacts that were probably entered twice.");
  m.get("/contacts/lookup", read, lookup_contacts)
      .about("Find contacts with this phone number, mail address or name.");
  m.get("/contacts/export", "customers.export", export_contacts)
      .raw()
      .slow()
      .about("The list of contacts as CSV; told as an event.");
  m.get("/contacts/{id}", read, get_contact).about("Show a contact.");
  m.create("/contacts", manage, add_contact).about("Add a contact.");
  m.patch("/contacts/{id}", manage, change_contact).about("Change a contact.");
  m.put("/contacts/{id}/customers", manage, put_belongings)
      .about("Say which organisations a contact acts for.");
  m.get("/contacts/{id}/merges", manage, list_contact_merges)
      .about("List what was merged into a contact.");
  m.create("/contacts/{id}/merges", manage, merge_contacts)
      .about("Merge another contact into this one.");
  m.post("/contacts/{id}/merges/{merge}/undo", manage, undo_contact_merge)
      .about("Undo a merge, up to thirty days later.");
  m.get("/contacts/{id}/preferences", read, get_contact_preferences)
      .about("Show how a contact wants to be treated.");
  m.put("/contacts/{id}/preferences", "signed_in", put_contact_preferences)
      .about("Say how a contact wants to be treated.");
  m.get("/me/contact", "signed_in", get_me).about("Show who the signed-in customer is.");
  m.patch("/me/contact", "signed_in", change_me).about("Change what is known of oneself.");
}

std::int64_t count_contacts(Reader& reader, Id<Customer> customer) {
  return reader
      .value<std::int64_t>(
          R"(SELECT count(*) FROM contact_customers m JOIN contacts c ON c.id = m.contact
             WHERE {visible c} AND m.customer = $1 AND c.merged_into IS NULL)",
          customer)
      .value_or(0);
}

std::int64_t count_sites(Reader& reader, Id<Customer> customer) {
  return reader
      .value<std::int64_t>("SELECT count(*) FROM sites s WHERE {visible s} AND s.customer = $1",
                           customer)
      .value_or(0);
}

}  // namespace

void install(Module& m) {
  install_records(m);
  install_customers(m);
  install_contacts(m);
  install_imports(m);
  count_on_page(m, "contacts", count_contacts);
  count_on_page(m, "sites", count_sites);
}

}  // namespace baijin::customers
