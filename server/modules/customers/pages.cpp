#include "modules/customers/pages.h"

#include <array>
#include <map>

#include "modules/accounts/accounts.h"

namespace baijin::customers {
namespace {

// Numbers at a time; one text of SQL whatever the number of contacts.
constexpr std::size_t batch = 20;
using Batch = std::array<std::int64_t, batch>;

template <std::size_t... I>
std::vector<ContactMembership> read_batch(Reader& reader, const Batch& ids,
                                          std::index_sequence<I...>) {
  return reader.list<ContactMembership>(
      R"(SELECT m.contact, m.customer, c.name, m.lead, m.main
         FROM contact_customers m JOIN customers c ON c.id = m.customer
         WHERE {visible c} AND m.contact IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
           $13, $14, $15, $16, $17, $18, $19, $20)
         ORDER BY m.contact, CASE WHEN m.main THEN 0 ELSE 1 END, c.id)",
      ids[I]...);
}

std::optional<std::string> masked(const std::optional<Phone>& phone, bool plain) {
  if (!phone) return {};
  return plain ? phone->value : accounts::masked_phone(phone->value);
}

std::vector<std::string> allowed_of(Reader& reader, const Contact& contact) {
  std::vector<std::string> allowed;
  if (contact.merged_into) return allowed;
  const auto& actor = reader.actor();
  if (actor.staff() && reader.may("customers.manage")) {
    allowed = {"change", "change_customers", "change_preferences", "merge"};
  } else if (actor.contact == contact.id) {
    allowed = {"change_me", "change_preferences"};
  }
  return allowed;
}

ContactPage bare_page(Reader& reader, const Contact& contact) {
  const auto& actor = reader.actor();
  bool plain = actor.sees_private_details || (actor.contact && actor.contact == contact.id);
  ContactPage page;
  page.id = contact.id;
  page.version = contact.version;
  page.name = contact.name;
  page.initials = contact.initials;
  page.title = contact.title;
  page.form_of_address = contact.form_of_address;
  if (contact.email) page.email = plain ? contact.email->value : masked_email(contact.email->value);
  page.phone = masked(contact.phone, plain);
  page.mobile = masked(contact.mobile, plain);
  if (contact.wechat_openid && plain) page.wechat_openid = contact.wechat_openid->value;
  page.locale = contact.locale;
  page.active = contact.active;
  page.merged_into = contact.merged_into;
  page.created_at = contact.created_at;
  page.allowed = allowed_of(reader, contact);
  return page;
}

}  // namespace

std::vector<ContactMembership> visible_memberships(Reader& reader,
                                                   std::span<const std::int64_t> contacts) {
  std::vector<ContactMembership> all;
  for (std::size_t start = 0; start < contacts.size(); start += batch) {
    Batch ids;
    for (std::size_t i = 0; i < batch; ++i) {
      ids[i] = contacts[std::min(start + i, contacts.size() - 1)];
    }
    auto part = read_batch(reader, ids, std::make_index_sequence<batch>{});
    all.insert(all.end(), std::make_move_iterator(part.begin()),
               std::make_move_iterator(part.end()));
  }
  return all;
}

std::vector<ContactPage> pages_of(Reader& reader, std::span<const Contact> contacts) {
  std::vector<ContactPage> pages;
  std::vector<std::int64_t> ids;
  std::map<Id<Contact>, std::size_t> places;
  for (const auto& contact : contacts) {
    places[contact.id] = pages.size();
    ids.push_back(contact.id.value);
    pages.push_back(bare_page(reader, contact));
  }
  for (auto& m : visible_memberships(reader, ids)) {
    pages[places.at(m.contact)].customers.push_back(
        {m.customer, std::move(m.customer_name), m.lead, m.main});
  }
  return pages;
}

ContactPage page_of(Reader& reader, const Contact& contact) {
  return std::move(pages_of(reader, {&contact, 1}).front());
}

}  // namespace baijin::customers
