#include "modules/customers/finding.h"

#include <set>

#include "modules/customers/rules.h"
#include "modules/search/search.h"

namespace baijin::customers {
namespace {

using Keys = std::set<std::pair<std::string_view, std::string>>;

constexpr int longest_chain = 20;

void add_key(Keys& keys, std::string_view sort, std::string key) {
  if (!key.empty()) keys.emplace(sort, std::move(key));
}

void put_keys(Change& change, std::string_view owner, std::int64_t id, const Keys& keys) {
  change.execute("DELETE FROM finding_keys WHERE owner = $1 AND id_of_owner = $2", owner, id);
  for (const auto& [sort, key] : keys) {
    change.execute(
        "INSERT INTO finding_keys (owner, id_of_owner, sort, key) VALUES ($1, $2, $3, $4)", owner,
        id, sort, key);
  }
}

template <class T>
void add_line(std::string& text, const std::optional<T>& part) {
  if (part) text += part->value + "\n";
}

// As written and as digits, so that both ways of typing it find it.
void add_phone(std::string& text, const std::optional<Phone>& phone) {
  if (phone) text += phone->value + "\n" + phone_digits(phone->value) + "\n";
}

// The contacts with this key, those that were merged replaced by whom they were merged into.
std::set<std::int64_t> contacts_with(Reader& reader, std::string_view sort, std::string_view key) {
  std::set<std::int64_t> found;
  if (key.empty()) return found;
  auto ids = reader.values<Id<Contact>>(
      "SELECT k.id_of_owner FROM finding_keys k WHERE {all: who writes to us is recognised before "
      "anybody is signed in} AND k.owner = 'contact' AND k.sort = $1 AND k.key = $2 "
      "ORDER BY k.id_of_owner LIMIT 50",
      sort, key);
  for (auto id : ids) {
    auto contact = reader.find_unseen(id);
    if (!contact) continue;
    auto alive = living(reader, std::move(*contact));
    if (alive.active) found.insert(alive.id.value);
  }
  return found;
}

std::optional<Id<Contact>> only_one(const std::set<std::int64_t>& found) {
  if (found.size() != 1) return {};
  return Id<Contact>{*found.begin()};
}

}  // namespace

void make_findable(Change& change, const Customer& customer) {
  Keys keys;
  add_key(keys, "name", rules::name_key(customer.name.value));
  if (customer.short_name) add_key(keys, "name", rules::name_key(customer.short_name->value));
  if (customer.phone) add_key(keys, "phone", rules::phone_key(customer.phone->value));
  if (customer.email_domain) add_key(keys, "domain", customer.email_domain->value);
  put_keys(change, "customer", customer.id.value, keys);
  // Only what the customer may read of himself: the notes are for staff.
  search::Entry entry;
  entry.subject = {"customer", customer.id.value};
  entry.customer = customer.id;
  entry.at = customer.created_at;
  entry.title = customer.name.value;
  add_line(entry.text, customer.short_name);
  add_line(entry.text, customer.industry);
  add_line(entry.text, customer.address);
  add_phone(entry.text, customer.phone);
  add_line(entry.text, customer.website);
  search::put(change, entry);
}

void make_findable(Change& change, const Contact& contact) {
  Keys keys;
  add_key(keys, "name", rules::person_key(contact.name.value));
  if (contact.email) add_key(keys, "email", rules::email_key(contact.email->value));
  if (contact.phone) add_key(keys, "phone", rules::phone_key(contact.phone->value));
  if (contact.mobile) add_key(keys, "phone", rules::phone_key(contact.mobile->value));
  if (contact.wechat_openid) add_key(keys, "wechat", contact.wechat_openid->value);
  put_keys(change, "contact", contact.id.value, keys);
  search::Entry entry;
  entry.subject = {"contact", contact.id.value};
  entry.customer = main_customer(change, contact.id);
  entry.at = contact.created_at;
  entry.title = contact.name.value;
  add_line(entry.text, contact.title);
  add_line(entry.text, contact.form_of_address);
  add_line(entry.text, contact.email);
  add_phone(entry.text, contact.phone);
  add_phone(entry.text, contact.mobile);
  search::put(change, entry);
}

void make_findable(Change& change, const Site& site) {
  search::Entry entry;
  entry.subject = {"site", site.id.value};
  entry.customer = site.customer;
  entry.at = change.now();
  entry.title = site.name.value;
  add_line(entry.text, site.address);
  add_phone(entry.text, site.phone);
  add_line(entry.text, site.directions);
  search::put(change, entry);
}

void hide_from_search(Change& change, const Ref& subject) { search::drop(change, subject); }

Contact living(Reader& reader, Contact contact) {
  for (int i = 0; contact.merged_into && i < longest_chain; ++i) {
    auto next = reader.find_unseen(*contact.merged_into);
    if (!next) break;
    contact = std::move(*next);
  }
  return contact;
}

std::optional<Id<Contact>> contact_with_email(Reader& reader, std::string_view email) {
  auto found = contacts_with(reader, "email", rules::email_key(email));
  if (found.empty()) return {};
  return Id<Contact>{*found.begin()};
}

std::optional<Id<Contact>> contact_with_phone(Reader& reader, std::string_view phone) {
  return only_one(contacts_with(reader, "phone", rules::phone_key(phone)));
}

std::optional<Id<Contact>> contact_with_wechat(Reader& reader, std::string_view openid) {
  return only_one(contacts_with(reader, "wechat", openid));
}

std::optional<Id<Customer>> customer_with_email_domain(Reader& reader, std::string_view email) {
  auto domain = rules::domain_of(email);
  if (domain.empty()) return {};
  auto ids = reader.values<Id<Customer>>(
      "SELECT c.id FROM finding_keys k JOIN customers c ON c.id = k.id_of_owner "
      "WHERE {all: who writes to us is recognised before anybody is signed in} "
      "AND k.owner = 'customer' AND k.sort = 'domain' AND k.key = $1 AND c.active = TRUE "
      "AND c.merged_into IS NULL LIMIT 2",
      domain);
  if (ids.size() != 1) return {};
  return ids.front();
}

}  // namespace baijin::customers
