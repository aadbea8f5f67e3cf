// Finding what was entered twice (CUS-4): by phone digits, mail address, folded name.
#include <map>
#include <set>

#include "modules/customers/pages.h"
#include "modules/customers/rules.h"

namespace baijin::customers {
namespace {

using By = std::vector<std::pair<std::string, std::string>>;  // sort and key

struct GroupKey {
  std::string sort, key;
  Id<Customer> customer;  // of contacts with the same name: the organisation they share
};
FIELDS(GroupKey, sort, key, customer)

std::vector<std::int64_t> contacts_by(Reader& reader, std::string_view sort, std::string_view key) {
  return reader.values<std::int64_t>(
      R"(SELECT c.id FROM finding_keys k JOIN contacts c ON c.id = k.id_of_owner
         WHERE {visible c} AND k.owner = 'contact' AND k.sort = $1 AND k.key = $2
           AND c.merged_into IS NULL ORDER BY c.id LIMIT 50)",
      sort, key);
}

std::vector<std::int64_t> customers_by(Reader& reader, std::string_view sort,
                                       std::string_view key) {
  return reader.values<std::int64_t>(
      R"(SELECT c.id FROM finding_keys k JOIN customers c ON c.id = k.id_of_owner
         WHERE {visible c} AND k.owner = 'customer' AND k.sort = $1 AND k.key = $2
           AND c.merged_into IS NULL ORDER BY c.id LIMIT 50)",
      sort, key);
}

using Find = std::vector<std::int64_t> (*)(Reader&, std::string_view, std::string_view);

// Ids with what speaks for them; those for whom most does first.
std::vector<std::pair<std::int64_t, std::vector<std::string>>> candidates(Reader& reader, Find find,
                                                                          const By& by) {
  std::map<std::int64_t, std::vector<std::string>> reasons;
  for (const auto& [sort, key] : by) {
    if (key.empty()) continue;
    for (auto id : find(reader, sort, key)) reasons[id].push_back(sort);
  }
  std::vector<std::pair<std::int64_t, std::vector<std::string>>> list(reasons.begin(),
                                                                      reasons.end());
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& a, const auto& b) { return a.second.size() > b.second.size(); });
  return list;
}

LikeContact like_contact(Reader& reader, std::int64_t id, std::vector<std::string> by) {
  auto contact = reader.get(Id<Contact>{id});
  LikeContact like{contact.id, contact.name, contact.title, std::move(by), {}};
  for (auto& m : visible_memberships(reader, {&id, 1})) {
    like.customers.push_back({m.customer, std::move(m.customer_name), m.lead, m.main});
  }
  return like;
}

LikeCustomer like_customer(Reader& reader, std::int64_t id, std::vector<std::string> by) {
  auto customer = reader.get(Id<Customer>{id});
  return {customer.id, customer.name, customer.short_name, std::move(by)};
}

// Those of `ids` that act for the organisation; the order stays.
std::vector<std::int64_t> acting_for(Reader& reader, const std::vector<std::int64_t>& ids,
                                     Id<Customer> customer) {
  std::vector<std::int64_t> list;
  for (auto id : ids) {
    if (belongs_to(reader, {id}, customer)) list.push_back(id);
  }
  return list;
}

void add_contact_group(Reader& reader, const GroupKey& group, std::vector<std::int64_t> ids,
                       std::set<std::vector<std::int64_t>>& seen,
                       std::vector<ContactDuplicates>& groups) {
  if (ids.size() < 2 || !seen.insert(ids).second) return;
  ContactDuplicates made{group.sort, {}};
  for (auto id : ids) made.contacts.push_back(like_contact(reader, id, {group.sort}));
  groups.push_back(std::move(made));
}

}  // namespace

std::vector<LikeContact> lookup_contacts(Reader& reader, const Lookup& wanted) {
  By by;
  if (wanted.phone) by.emplace_back("phone", rules::phone_key(*wanted.phone));
  if (wanted.email) by.emplace_back("email", rules::email_key(*wanted.email));
  if (wanted.wechat) by.emplace_back("wechat", *wanted.wechat);
  if (wanted.name) by.emplace_back("name", rules::person_key(*wanted.name));
  std::vector<LikeContact> found;
  for (auto& [id, reasons] : candidates(reader, contacts_by, by)) {
    found.push_back(like_contact(reader, id, std::move(reasons)));
  }
  return found;
}

std::vector<LikeCustomer> lookup_customers(Reader& reader, const Lookup& wanted) {
  By by;
  if (wanted.name) by.emplace_back("name", rules::name_key(*wanted.name));
  if (wanted.phone) by.emplace_back("phone", rules::phone_key(*wanted.phone));
  if (wanted.email && reader.actor().staff()) {
    by.emplace_back("domain", rules::domain_of(*wanted.email));
  }
  std::vector<LikeCustomer> found;
  for (auto& [id, reasons] : candidates(reader, customers_by, by)) {
    found.push_back(like_customer(reader, id, std::move(reasons)));
  }
  return found;
}

std::vector<ContactDuplicates> list_contact_duplicates(Reader& reader) {
  std::vector<ContactDuplicates> groups;
  std::set<std::vector<std::int64_t>> seen;
  auto shared = reader.list<GroupKey>(
      R"(SELECT k.sort, k.key, 0 FROM finding_keys k JOIN contacts c ON c.id = k.id_of_owner
         WHERE {visible c} AND k.owner = 'contact' AND k.sort <> 'name'
           AND c.merged_into IS NULL
         GROUP BY k.sort, k.key HAVING count(*) > 1 ORDER BY k.sort, k.key LIMIT 100)");
  for (const auto& group : shared) {
    auto ids = contacts_by(reader, group.sort, group.key);
    add_contact_group(reader, group, std::move(ids), seen, groups);
  }
  // Many people share a name; two of one organisation seldom do.
  auto namesakes = reader.list<GroupKey>(
      R"(SELECT k.sort, k.key, m.customer FROM finding_keys k
         JOIN contacts c ON c.id = k.id_of_owner
         JOIN contact_customers m ON m.contact = c.id
         WHERE {visible c} AND k.owner = 'contact' AND k.sort = 'name' AND c.merged_into IS NULL
         GROUP BY k.sort, k.key, m.customer HAVING count(*) > 1
         ORDER BY k.key, m.customer LIMIT 100)");
  for (const auto& group : namesakes) {
    auto ids = acting_for(reader, contacts_by(reader, group.sort, group.key), group.customer);
    add_contact_group(reader, group, std::move(ids), seen, groups);
  }
  return groups;
}

std::vector<CustomerDuplicates> list_customer_duplicates(Reader& reader) {
  std::vector<CustomerDuplicates> groups;
  std::set<std::vector<std::int64_t>> seen;
  auto shared = reader.list<GroupKey>(
      R"(SELECT k.sort, k.key, 0 FROM finding_keys k JOIN customers c ON c.id = k.id_of_owner
         WHERE {visible c} AND k.owner = 'customer' AND c.merged_into IS NULL
         GROUP BY k.sort, k.key HAVING count(*) > 1 ORDER BY k.sort, k.key LIMIT 100)");
  for (const auto& group : shared) {
    auto ids = customers_by(reader, group.sort, group.key);
    if (ids.size() < 2 || !seen.insert(ids).second) continue;
    CustomerDuplicates made{group.sort, {}};
    for (auto id : ids) made.customers.push_back(like_customer(reader, id, {group.sort}));
    groups.push_back(std::move(made));
  }
  return groups;
}

}  // namespace baijin::customers
