// Changing contacts, by staff and by themselves.
#include "base/pinyin.h"
#include "modules/accounts/accounts.h"
#include "modules/customers/finding.h"
#include "modules/customers/pages.h"
#include "modules/customers/routes.h"
#include "modules/customers/rules.h"

namespace baijin::customers {
namespace {

void tell(Change& change, std::string_view kind, const Contact& contact) {
  auto main = main_customer(change, contact.id);
  change.tell_about(kind, {"contact", contact.id.value},
                    main ? std::optional(main->value) : std::nullopt);
}

void settle(Contact& contact) {
  contact.folded_name = folded(contact.name.value);
  contact.initials = initials(contact.name.value);
  if (contact.locale) rules::check_locale(contact.locale->value);
}

// Both ends must be seen by whoever ties them together (Z4).
void write_belongings(Change& change, Id<Contact> contact, std::vector<Belonging> belongings) {
  rules::settle_main(belongings);
  for (const auto& one : belongings) {
    if (change.get(one.customer).merged_into) throw conflict("customer_is_merged");
  }
  change.execute("DELETE FROM contact_customers WHERE contact = $1", contact);
  for (const auto& one : belongings) {
    change.execute(
        "INSERT INTO contact_customers (contact, customer, lead, main) VALUES ($1, $2, $3, $4)",
        contact, one.customer, one.lead, one.main);
  }
}

Contact take_open(Change& change, Id<Contact> id) {
  auto contact = change.take(id);
  if (contact.merged_into) throw conflict("contact_is_merged");
  return contact;
}

}  // namespace

Id<Contact> add_stranger(Change& change, const Stranger& stranger) {
  Contact contact;
  contact.name = stranger.name;
  contact.email = stranger.email;
  contact.phone = stranger.phone;
  contact.locale = stranger.locale;
  contact.created_at = change.now();
  settle(contact);
  change.add(contact);
  if (stranger.customer) write_belongings(change, contact.id, {{*stranger.customer}});
  make_findable(change, contact);
  tell(change, "contacts.added", contact);
  return contact.id;
}

Contact make_contact(Change& change, const NewContact& input) {
  Contact contact;
  contact.name = input.name;
  contact.title = input.title;
  contact.form_of_address = input.form_of_address;
  contact.email = input.email;
  contact.phone = input.phone;
  contact.mobile = input.mobile;
  contact.wechat_openid = input.wechat_openid;
  contact.locale = input.locale;
  contact.created_at = change.now();
  settle(contact);
  change.add(contact);
  write_belongings(change, contact.id, input.customers);
  make_findable(change, contact);
  tell(change, "contacts.added", contact);
  return contact;
}

ContactPage add_contact(Change& change, const NewContact& input) {
  return page_of(change, make_contact(change, input));
}

ContactPage change_contact(Change& change, Id<Contact> id, const ContactPatch& input) {
  auto contact = take_open(change, id);
  bool was_active = contact.active;
  input.name.into(contact.name);
  input.title.into(contact.title);
  input.form_of_address.into(contact.form_of_address);
  input.email.into(contact.email);
  input.phone.into(contact.phone);
  input.mobile.into(contact.mobile);
  input.wechat_openid.into(contact.wechat_openid);
  input.locale.into(contact.locale);
  input.active.into(contact.active);
  settle(contact);
  change.save(contact);
  if (was_active && !contact.active) accounts::end_access_of(change, id);
  make_findable(change, contact);
  tell(change, "contacts.changed", contact);
  return page_of(change, contact);
}

ContactPage put_belongings(Change& change, Id<Contact> id, const Belongings& input) {
  auto contact = take_open(change, id);
  write_belongings(change, id, input.customers);
  make_findable(change, contact);
  tell(change, "contacts.belongings_changed", contact);
  return page_of(change, contact);
}

ContactPage get_me(Reader& reader) {
  if (!reader.actor().contact) throw forbidden("not_a_contact");
  return get_contact(reader, reader.actor().contact);
}

ContactPage change_me(Change& change, const MyPatch& input) {
  if (!change.actor().contact) throw forbidden("not_a_contact");
  auto contact = take_open(change, change.actor().contact);
  input.name.into(contact.name);
  input.title.into(contact.title);
  input.form_of_address.into(contact.form_of_address);
  input.phone.into(contact.phone);
  input.mobile.into(contact.mobile);
  input.locale.into(contact.locale);
  settle(contact);
  change.save(contact);
  make_findable(change, contact);
  tell(change, "contacts.changed", contact);
  return page_of(change, contact);
}

}  // namespace baijin::customers
