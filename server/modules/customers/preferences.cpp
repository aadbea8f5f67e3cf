// How people want to be treated (CUS-5).
#include "modules/customers/preferences.h"

#include "modules/customers/rules.h"

namespace baijin::customers {
namespace {

bool leads(Reader& reader, Id<Customer> customer) {
  return reader.any(
      "SELECT 1 FROM contact_customers m WHERE {all: one's own tie to the organisation} "
      "AND m.contact = $1 AND m.customer = $2 AND m.lead = TRUE",
      reader.actor().contact, customer);
}

bool may_change(Reader& reader, Id<Customer> customer) {
  if (reader.actor().staff()) return reader.may("customers.manage");
  return leads(reader, customer);
}

bool may_change(Reader& reader, Id<Contact> contact) {
  if (reader.actor().staff()) return reader.may("customers.manage");
  return reader.actor().contact == contact;
}

template <class T>
PreferencesPage page_of_sheet(Reader& reader, Id<T> owner, const Preferences& effective) {
  PreferencesPage page;
  if (auto sheet = sheet_of(reader, owner)) {
    page.version = sheet->version;
    page.said = sheet->says;
  }
  page.effective = effective;
  if (may_change(reader, owner)) page.allowed = {"change_preferences"};
  return page;
}

void own(PreferenceSheet& sheet, Id<Customer> customer) { sheet.customer = customer; }
void own(PreferenceSheet& sheet, Id<Contact> contact) { sheet.contact = contact; }

template <class T>
void write_sheet(Change& change, Id<T> owner, const Preferences& said) {
  if (!may_change(change, owner)) throw forbidden("missing_right");
  rules::check_preferences(said);
  if (auto found = sheet_of(change, owner)) {
    auto sheet = change.take_unseen(found->id);
    sheet.says = said;
    change.save(sheet);
  } else {
    PreferenceSheet sheet;
    own(sheet, owner);
    sheet.says = said;
    change.add(sheet);
  }
}

}  // namespace

std::optional<PreferenceSheet> sheet_of(Reader& reader, Id<Customer> customer) {
  return reader.first<PreferenceSheet>(
      "SELECT {fields p} FROM preference_sheets p WHERE {all: the caller saw the customer} "
      "AND p.customer = $1",
      customer);
}

std::optional<PreferenceSheet> sheet_of(Reader& reader, Id<Contact> contact) {
  return reader.first<PreferenceSheet>(
      "SELECT {fields p} FROM preference_sheets p WHERE {all: the caller saw the contact} "
      "AND p.contact = $1",
      contact);
}

Preferences preferences_for(Reader& reader, std::optional<Id<Contact>> contact,
                            std::optional<Id<Customer>> customer) {
  Preferences own, common;
  if (contact) {
    if (auto sheet = sheet_of(reader, *contact)) own = std::move(sheet->says);
  }
  if (customer) {
    if (auto sheet = sheet_of(reader, *customer)) common = std::move(sheet->says);
  }
  auto both = rules::joined(own, common);
  if (contact) {
    auto known = reader.find_unseen(*contact);
    if (known && !both.form_of_address) both.form_of_address = known->form_of_address;
    if (known && !both.language) both.language = known->locale;
  }
  return both;
}

PreferencesPage get_customer_preferences(Reader& reader, Id<Customer> id) {
  reader.get(id);
  return page_of_sheet(reader, id, preferences_for(reader, {}, id));
}

PreferencesPage get_contact_preferences(Reader& reader, Id<Contact> id) {
  reader.get(id);
  return page_of_sheet(reader, id, preferences_for(reader, id, main_customer(reader, id)));
}

PreferencesPage put_customer_preferences(Change& change, Id<Customer> id,
                                         const Preferences& input) {
  change.get(id);
  write_sheet(change, id, input);
  change.tell_about("customers.preferences_changed", {"customer", id.value}, id.value);
  return get_customer_preferences(change, id);
}

PreferencesPage put_contact_preferences(Change& change, Id<Contact> id, const Preferences& input) {
  change.get(id);
  write_sheet(change, id, input);
  auto main = main_customer(change, id);
  change.tell_about("contacts.preferences_changed", {"contact", id.value},
                    main ? std::optional(main->value) : std::nullopt);
  return get_contact_preferences(change, id);
}

}  // namespace baijin::customers
