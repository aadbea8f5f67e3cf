#include <map>
#include <mutex>

#include "hub/hub.h"
#include "modules/customers/pages.h"
#include "modules/customers/preferences.h"
#include "modules/customers/rules.h"

namespace baijin::customers {
namespace {

// The modules are the same for every hub of a process, so one list serves all.
struct Counts {
  std::mutex mutex;
  std::map<std::string, Count, std::less<>> by_name;
};
Counts& counts() {
  static Counts all;
  return all;
}

JsonMap counts_of(Reader& reader, Id<Customer> customer) {
  std::map<std::string, Count, std::less<>> known;
  {
    std::lock_guard lock(counts().mutex);
    known = counts().by_name;
  }
  JsonMap made;
  for (const auto& [name, count] : known) made.value[name] = count(reader, customer);
  return made;
}

std::vector<std::string> allowed_of(Reader& reader, const Customer& customer) {
  if (customer.merged_into) return {};
  if (reader.actor().staff() && reader.may("customers.manage")) {
    return {"change", "change_preferences", "merge", "add_contact", "add_site"};
  }
  return get_customer_preferences(reader, customer.id).allowed;
}

// What a person types into a list's search box.
struct Sought {
  std::optional<std::string> name;  // a part of it
  std::optional<std::string> key;   // the beginning of a number or an address
};

Sought sought(const Reader& reader, const std::optional<Text<1, 120>>& q) {
  Sought made;
  if (!q) return made;
  made.name = like_containing(q->value);
  // Who gets numbers masked must not be able to guess them digit by digit either.
  if (!reader.actor().sees_private_details) return made;
  auto digits = phone_digits(q->value);
  if (digits.size() >= 4) made.key = like_beginning_with(digits);
  else if (q->value.find_first_of("@.") != std::string::npos) {
    made.key = like_beginning_with(q->value);
  }
  return made;
}

}  // namespace

void count_on_page(Module&, std::string_view name, Count count) {
  std::lock_guard lock(counts().mutex);
  counts().by_name.emplace(std::string(name), std::move(count));
}

Page<CustomerLine> list_customers(Reader& reader, const CustomerFilter& filter) {
  static const Sorts sorts{"c.id",
                           "name",
                           {{"name", "c.folded_name", Cell::Type::text},
                            {"created_at", "c.created_at"},
                            {"id", "c.id"}}};
  bool staff = reader.actor().staff();
  if (!staff && (filter.region || filter.tier || filter.merged)) {
    throw forbidden("filter_for_staff_only");
  }
  Where where;
  where.when(filter.region, "c.region = $");
  where.when(filter.tier, "c.tier = $");
  where.when(filter.active, "c.active = $");
  where.and_also(filter.merged.value_or(false) ? db::Sql("c.merged_into IS NOT NULL")
                                               : db::Sql("c.merged_into IS NULL"));
  auto wanted = sought(reader, filter.q);
  if (!staff) wanted.key.reset();
  return reader.page<CustomerLine>(
      R"(SELECT {fields c}, {keys} FROM customers c WHERE {visible c}
         AND ($1 IS NULL OR c.folded_name LIKE $1 ESCAPE '!'
           OR c.initials LIKE $1 ESCAPE '!' OR c.id IN
           (SELECT k.id_of_owner FROM finding_keys k WHERE k.owner = 'customer'
            AND k.sort <> 'name' AND k.key LIKE $2 ESCAPE '!')) {where} {page})",
      filter.paging, sorts, where, wanted.name, wanted.key);
}

CustomerPage get_customer(Reader& reader, Id<Customer> id) {
  auto c = reader.get(id);
  return {c.id,
          c.version,
          c.name,
          c.short_name,
          c.tier,
          c.region,
          c.industry,
          c.address,
          c.phone,
          c.email_domain,
          c.website,
          c.notes,
          c.active,
          c.merged_into,
          c.created_at,
          preferences_for(reader, {}, id),
          counts_of(reader, id),
          allowed_of(reader, c)};
}

Page<Site> list_sites(Reader& reader, const SiteFilter& filter) {
  static const Sorts sorts{"s.id", "name", {{"name", "s.name", Cell::Type::text}, {"id", "s.id"}}};
  Where where;
  where.when(filter.customer, "s.customer = $");
  where.when(filter.active, "s.active = $");
  return reader.page<Site>(
      "SELECT {fields s}, {keys} FROM sites s WHERE {visible s} {where} {page}", filter.paging,
      sorts, where);
}

Site get_site(Reader& reader, Id<Site> id) { return reader.get(id); }

Page<ContactPage> list_contacts(Reader& reader, const ContactFilter& filter) {
  static const Sorts sorts{"c.id",
                           "name",
                           {{"name", "c.folded_name", Cell::Type::text},
                            {"created_at", "c.created_at"},
                            {"id", "c.id"}}};
  if (!reader.actor().staff() && filter.merged) throw forbidden("filter_for_staff_only");
  if (filter.customer) reader.get(*filter.customer);
  Where where;
  where.when(filter.active, "c.active = $");
  where.and_also(filter.merged.value_or(false) ? db::Sql("c.merged_into IS NOT NULL")
                                               : db::Sql("c.merged_into IS NULL"));
  auto wanted = sought(reader, filter.q);
  auto found = reader.page<Contact>(
      R"(SELECT {fields c}, {keys} FROM contacts c WHERE {visible c}
         AND ($1 IS NULL OR c.folded_name LIKE $1 ESCAPE '!'
           OR c.initials LIKE $1 ESCAPE '!' OR c.id IN
           (SELECT k.id_of_owner FROM finding_keys k WHERE k.owner = 'contact'
            AND k.sort IN ('phone', 'email') AND k.key LIKE $2 ESCAPE '!'))
         AND ($3 IS NULL OR c.id IN
           (SELECT m.contact FROM contact_customers m WHERE m.customer = $3)) {where} {page})",
      filter.paging, sorts, where, wanted.name, wanted.key, filter.customer);
  return {pages_of(reader, found.items), std::move(found.next), found.total};
}

ContactPage get_contact(Reader& reader, Id<Contact> id) { return page_of(reader, reader.get(id)); }

std::vector<ImportantDate> list_dates(Reader& reader, Id<Customer> customer) {
  if (!reader.actor().staff()) throw not_found();
  reader.get(customer);
  return reader.list<ImportantDate>(
      "SELECT {fields d} FROM important_dates d WHERE {visible d} AND d.customer = $1 "
      "ORDER BY d.day, d.id",
      customer);
}

Page<CustomerNote> list_notes(Reader& reader, Id<Customer> customer, const NotesFilter& filter) {
  static const Sorts sorts{"n.id", "-written_at", {{"written_at", "n.written_at"}}};
  if (!reader.actor().staff()) throw not_found();
  reader.get(customer);
  Where where;
  where.with("n.customer = $", customer);
  return reader.page<CustomerNote>(
      "SELECT {fields n}, {keys} FROM customer_notes n WHERE {visible n} {where} {page}",
      filter.paging, sorts, where);
}

std::vector<Membership> memberships(Reader& reader, Id<Contact> contact) {
  return reader.list<Membership>(
      R"(SELECT m.customer, c.name, m.lead, m.main
         FROM contact_customers m JOIN customers c ON c.id = m.customer
         WHERE {all: the caller saw the contact} AND m.contact = $1
         ORDER BY CASE WHEN m.main THEN 0 ELSE 1 END, c.id)",
      contact);
}

bool belongs_to(Reader& reader, Id<Contact> contact, Id<Customer> customer) {
  return reader.any(
      "SELECT 1 FROM contact_customers m WHERE {all: the caller saw both} "
      "AND m.contact = $1 AND m.customer = $2",
      contact, customer);
}

std::optional<Id<Customer>> main_customer(Reader& reader, Id<Contact> contact) {
  return reader.value<Id<Customer>>(
      "SELECT m.customer FROM contact_customers m WHERE {all: the caller saw the contact} "
      "AND m.contact = $1 ORDER BY CASE WHEN m.main THEN 0 ELSE 1 END, m.customer LIMIT 1",
      contact);
}

std::string how_to_call(Reader& reader, std::optional<Id<Contact>> contact,
                        std::optional<Id<Customer>> customer) {
  auto preferences = preferences_for(reader, contact, customer);
  if (preferences.form_of_address) return preferences.form_of_address->value;
  auto known = contact ? reader.find_unseen(*contact) : std::nullopt;
  if (!known) return {};
  return known->form_of_address ? known->form_of_address->value : known->name.value;
}

Actor acting_as(Reader& reader, Id<Contact> contact, std::span<const std::string_view> rights) {
  auto held = std::make_shared<Rights>();
  for (auto name : rights) {
    if (const auto* right = reader.hub().registry().right(name)) held->set(right->number);
  }
  Actor actor;
  actor.kind = ActorKind::contact;
  actor.contact = contact;
  actor.name = contact_name(reader, contact);
  actor.rights = held;
  actor.sees_private_details = false;
  return actor;
}

std::string contact_name(Reader& reader, Id<Contact> contact) {
  return reader
      .value<std::string>(
          "SELECT c.name FROM contacts c WHERE {all: the caller may name it} AND c.id = $1",
          contact)
      .value_or("");
}

std::string customer_name(Reader& reader, Id<Customer> customer) {
  return reader
      .value<std::string>(
          "SELECT c.name FROM customers c WHERE {all: the caller may name it} AND c.id = $1",
          customer)
      .value_or("");
}

}  // namespace baijin::customers
