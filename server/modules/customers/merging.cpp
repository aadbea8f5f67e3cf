// Merging two records of one organisation or person, and undoing it (CUS-4). Nothing is deleted:
// the other one stays with merged_into, and what was moved is remembered row by row.
#include "modules/accounts/accounts.h"
#include "modules/customers/finding.h"
#include "modules/customers/routes.h"

namespace baijin::customers {
namespace {

namespace json = boost::json;

constexpr Duration undo_time = days(30);

// Tables whose rows simply change hands. Each update finds nothing when the row has moved on since.
struct Owned {
  std::string_view kind;
  db::Sql rows, move;
};

constexpr Owned owned_by_customer[] = {
    {"site", "SELECT s.id FROM sites s WHERE {all: all of it moves} AND s.customer = $1",
     "UPDATE sites SET customer = $1, version = version + 1 WHERE id = $2 AND customer = $3"},
    {"important_date",
     "SELECT d.id FROM important_dates d WHERE {all: all of it moves} AND d.customer = $1",
     "UPDATE important_dates SET customer = $1, version = version + 1 "
     "WHERE id = $2 AND customer = $3"},
    {"customer_note",
     "SELECT n.id FROM customer_notes n WHERE {all: all of it moves} AND n.customer = $1",
     "UPDATE customer_notes SET customer = $1, version = version + 1 "
     "WHERE id = $2 AND customer = $3"},
    // Only where the one that is kept has said nothing himself.
    {"preference_sheet",
     "SELECT p.id FROM preference_sheets p WHERE {all: all of it moves} AND p.customer = $1 "
     "AND NOT EXISTS (SELECT 1 FROM preference_sheets q WHERE q.customer = $2)",
     "UPDATE preference_sheets SET customer = $1, version = version + 1 "
     "WHERE id = $2 AND customer = $3"}};

constexpr Owned owned_by_contact[] = {
    {"important_date",
     "SELECT d.id FROM important_dates d WHERE {all: all of it moves} AND d.contact = $1",
     "UPDATE important_dates SET contact = $1, version = version + 1 "
     "WHERE id = $2 AND contact = $3"},
    {"preference_sheet",
     "SELECT p.id FROM preference_sheets p WHERE {all: all of it moves} AND p.contact = $1 "
     "AND NOT EXISTS (SELECT 1 FROM preference_sheets q WHERE q.contact = $2)",
     "UPDATE preference_sheets SET contact = $1, version = version + 1 "
     "WHERE id = $2 AND contact = $3"}};

// How a person was tied to two organisations before they became one.
struct Tie {
  bool lead = false, main = false;  // to the other
  bool known = false;               // to the kept one, too:
  bool kept_lead = false, kept_main = false;
};
FIELDS(Tie, lead, main, known, kept_lead, kept_main)

struct TieRow {
  Id<Contact> contact;
  Tie tie;
};

void remember(Change& change, Id<Merge> merge, std::string_view kind, std::int64_t row,
              std::string_view was) {
  change.execute("INSERT INTO merge_moves (merge, kind, moved, was) VALUES ($1, $2, $3, $4)", merge,
                 kind, row, was);
}

void move_owned(Change& change, const Merge& merge, const Owned& owned) {
  bool of_two = owned.rows.text().find("$2") != std::string_view::npos;
  auto rows = of_two ? change.values<std::int64_t>(owned.rows, merge.other, merge.kept)
                     : change.values<std::int64_t>(owned.rows, merge.other);
  for (auto row : rows) {
    change.execute(owned.move, merge.kept, row, merge.other);
    remember(change, merge.id, owned.kind, row, "");
  }
}

void move_back(Change& change, const Merge& merge, const Owned& owned) {
  for (auto row : moved_rows(change, merge.id, owned.kind)) {
    change.execute(owned.move, merge.other, row, merge.kept);
  }
}

std::vector<TieRow> ties_of(Reader& reader, const Merge& merge) {
  std::vector<TieRow> rows;
  reader.each(
      R"(SELECT o.contact, o.lead, o.main, k.contact, k.lead, k.main
         FROM contact_customers o LEFT JOIN contact_customers k
           ON k.contact = o.contact AND k.customer = $2
         WHERE {all: all of it moves} AND o.customer = $1 ORDER BY o.contact)",
      [&](const db::Row& row) {
        auto& made = rows.emplace_back();
        Cell cell;
        row.read(0, cell), made.contact.value = cell.as_integer();
        row.read(1, cell), made.tie.lead = cell.as_boolean();
        row.read(2, cell), made.tie.main = cell.as_boolean();
        row.read(3, cell), made.tie.known = !cell.null;
        if (!made.tie.known) return;
        row.read(4, cell), made.tie.kept_lead = cell.as_boolean();
        row.read(5, cell), made.tie.kept_main = cell.as_boolean();
      },
      merge.other, merge.kept);
  return rows;
}

void tie(Change& change, Id<Contact> contact, std::int64_t customer, bool lead, bool main) {
  change.execute(
      "INSERT INTO contact_customers (contact, customer, lead, main) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (contact, customer) DO UPDATE SET lead = excluded.lead, main = excluded.main",
      contact, customer, lead, main);
}

void untie(Change& change, Id<Contact> contact, std::int64_t customer) {
  change.execute("DELETE FROM contact_customers WHERE contact = $1 AND customer = $2", contact,
                 customer);
}

void move_ties(Change& change, const Merge& merge) {
  for (const auto& [contact, was] : ties_of(change, merge)) {
    untie(change, contact, merge.other);
    tie(change, contact, merge.kept, was.lead || was.kept_lead, was.main || was.kept_main);
    remember(change, merge.id, "tie", contact.value, to_json(was));
  }
}

// Whether the contact's main organisation is another one than `but`.
bool has_other_main(Reader& reader, Id<Contact> contact, std::int64_t but) {
  return reader.any(
      "SELECT 1 FROM contact_customers m WHERE {all: all of it moves} AND m.contact = $1 "
      "AND m.customer <> $2 AND m.main = TRUE",
      contact, but);
}

void move_ties_back(Change& change, const Merge& merge) {
  for (auto row : moved_rows(change, merge.id, "tie")) {
    Id<Contact> contact{row};
    auto text = change.value<std::string>(
        "SELECT m.was FROM merge_moves m WHERE {all: the merge's own memory} "
        "AND m.merge = $1 AND m.kind = 'tie' AND m.moved = $2",
        merge.id, row);
    auto was = from_json<Tie>(parse_json(*text));
    if (was.known) tie(change, contact, merge.kept, was.kept_lead, was.kept_main);
    else untie(change, contact, merge.kept);
    bool main = was.main && !has_other_main(change, contact, merge.other);
    tie(change, contact, merge.other, was.lead, main);
  }
}

template <class T>
Merge new_merge(Change& change, MergeKind kind, const T& kept, const T& other) {
  Merge merge{{}, {}, kind, kept.id.value, other.id.value, change.actor().text(), change.now(), {}};
  change.add(merge);
  return merge;
}

json::object news_of(const Merge& merge) {
  return {{"merge", merge.id.value}, {"other", merge.other}};
}

// Sites and people are found under the organisation they belong to now.
void find_anew(Change& change, const Merge& merge, std::string_view contacts) {
  for (auto row : moved_rows(change, merge.id, "site")) {
    if (auto site = change.find_unseen(Id<Site>{row})) make_findable(change, *site);
  }
  for (auto row : moved_rows(change, merge.id, contacts)) {
    auto contact = change.find_unseen(Id<Contact>{row});
    if (contact && !contact->merged_into) make_findable(change, *contact);
  }
}

// Both ends, seen by the actor and not merged already.
template <class T>
std::pair<T, T> take_both(Change& change, Id<T> kept_id, Id<T> other_id) {
  if (kept_id == other_id) throw invalid("same_record", "other");
  auto kept = change.take(kept_id);
  auto other = change.take(other_id);
  if (kept.merged_into || other.merged_into) throw conflict("already_merged");
  return {std::move(kept), std::move(other)};
}

Merge take_merge(Change& change, Id<Merge> id, MergeKind kind, std::int64_t kept) {
  auto merge = change.take(id);
  if (merge.kind != kind || merge.kept != kept) throw not_found();
  if (merge.undone_at) throw conflict("already_undone");
  if (change.now() - merge.merged_at > undo_time) throw conflict("too_late");
  return merge;
}

void mark_undone(Change& change, Merge& merge) {
  merge.undone_at = change.now();
  change.save(merge);
}

bool was_active(Reader& reader, const Merge& merge) {
  return !moved_rows(reader, merge.id, "was_active").empty();
}

std::vector<Merge> merges_of(Reader& reader, MergeKind kind, std::int64_t kept) {
  return reader.list<Merge>(
      "SELECT {fields m} FROM customer_merges m WHERE {visible m} AND m.kind = $1 AND m.kept = $2 "
      "ORDER BY m.id DESC",
      kind, kept);
}

// A portal login cannot change hands: it stays with the one it was given to.
void settle_logins(Change& change, Id<Contact> kept, Id<Contact> other) {
  if (!accounts::user_of_contact(change, other)) return;
  if (!accounts::user_of_contact(change, kept)) {
    throw conflict("other_has_login", "Keep the contact who signs in and merge this one into it.");
  }
  accounts::end_access_of(change, other);
}

}  // namespace

MergeNews merge_news(const Event& event) {
  const auto& data = event.data.value;
  return {{data.at("merge").to_number<std::int64_t>()},
          event.subject.id,
          data.at("other").to_number<std::int64_t>()};
}

void remember_move(Change& change, Id<Merge> merge, std::string_view kind, std::int64_t row) {
  remember(change, merge, kind, row, "");
}

std::vector<std::int64_t> moved_rows(Reader& reader, Id<Merge> merge, std::string_view kind) {
  return reader.values<std::int64_t>(
      "SELECT m.moved FROM merge_moves m WHERE {all: the merge's own memory} AND m.merge = $1 "
      "AND m.kind = $2 ORDER BY m.moved",
      merge, kind);
}

Merge merge_customers(Change& change, Id<Customer> kept_id, const MergeCustomers& input) {
  auto [kept, other] = take_both(change, kept_id, input.other);
  auto merge = new_merge(change, MergeKind::customer, kept, other);
  for (const auto& owned : owned_by_customer) move_owned(change, merge, owned);
  move_ties(change, merge);
  if (other.active) remember(change, merge.id, "was_active", other.id.value, "");
  other.merged_into = kept.id;
  other.active = false;
  change.save(other);
  hide_from_search(change, {"customer", other.id.value});
  find_anew(change, merge, "tie");
  change.tell("customers.changed", other);
  change.tell("customers.merged", kept, news_of(merge));
  return merge;
}

Merge undo_customer_merge(Change& change, Id<Customer> kept_id, Id<Merge> id) {
  auto kept = change.take(kept_id);
  auto merge = take_merge(change, id, MergeKind::customer, kept_id.value);
  if (kept.merged_into) throw conflict("already_merged");
  auto other = change.take(Id<Customer>{merge.other});
  for (const auto& owned : owned_by_customer) move_back(change, merge, owned);
  move_ties_back(change, merge);
  other.merged_into.reset();
  other.active = was_active(change, merge);
  change.save(other);
  make_findable(change, other);
  find_anew(change, merge, "tie");
  mark_undone(change, merge);
  change.tell("customers.changed", other);
  change.tell("customers.merge_undone", kept, news_of(merge));
  return merge;
}

Merge merge_contacts(Change& change, Id<Contact> kept_id, const MergeContacts& input) {
  auto [kept, other] = take_both(change, kept_id, input.other);
  settle_logins(change, kept.id, other.id);
  auto merge = new_merge(change, MergeKind::contact, kept, other);
  for (const auto& owned : owned_by_contact) move_owned(change, merge, owned);
  // The other one's organisations stay written there; the kept one acts for them, too.
  for (const auto& m : memberships(change, other.id)) {
    if (belongs_to(change, kept.id, m.customer)) continue;
    bool main = m.main && !has_other_main(change, kept.id, m.customer.value);
    tie(change, kept.id, m.customer.value, m.lead, main);
    remember(change, merge.id, "membership", m.customer.value, "");
  }
  if (other.active) remember(change, merge.id, "was_active", other.id.value, "");
  other.merged_into = kept.id;
  other.active = false;
  change.save(other);
  hide_from_search(change, {"contact", other.id.value});
  make_findable(change, kept);
  change.tell("contacts.changed", other);
  change.tell("contacts.merged", kept, news_of(merge));
  return merge;
}

Merge undo_contact_merge(Change& change, Id<Contact> kept_id, Id<Merge> id) {
  auto kept = change.take(kept_id);
  auto merge = take_merge(change, id, MergeKind::contact, kept_id.value);
  if (kept.merged_into) throw conflict("already_merged");
  auto other = change.take(Id<Contact>{merge.other});
  for (const auto& owned : owned_by_contact) move_back(change, merge, owned);
  for (auto customer : moved_rows(change, merge.id, "membership")) untie(change, kept.id, customer);
  other.merged_into.reset();
  other.active = was_active(change, merge);
  change.save(other);
  make_findable(change, other);
  make_findable(change, kept);
  mark_undone(change, merge);
  change.tell("contacts.changed", other);
  change.tell("contacts.merge_undone", kept, news_of(merge));
  return merge;
}

std::vector<Merge> list_customer_merges(Reader& reader, Id<Customer> kept) {
  reader.get(kept);
  return merges_of(reader, MergeKind::customer, kept.value);
}

std::vector<Merge> list_contact_merges(Reader& reader, Id<Contact> kept) {
  reader.get(kept);
  return merges_of(reader, MergeKind::contact, kept.value);
}

}  // namespace baijin::customers
