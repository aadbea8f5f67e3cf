#include <charconv>

#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/products/products.h"
#include "modules/search/search.h"
#include "modules/tickets/reads.h"
#include "modules/tickets/steps.h"

namespace baijin::tickets {
namespace {

constexpr std::size_t most_found = 50;  // of ?q=

Audience audience_of(const Reader& reader) {
  return reader.actor().staff() ? Audience::staff : Audience::customer;
}

void filter_assignee(Where& where, const Reader& reader, const std::string& wanted) {
  if (wanted == "none") {
    where.and_also("t.assignee IS NULL");
    return;
  }
  std::int64_t user = reader.actor().user.value;
  if (wanted != "me") {
    auto end = wanted.data() + wanted.size();
    auto [read, problem] = std::from_chars(wanted.data(), end, user);
    if (problem != std::errc() || read != end) throw invalid("not_an_id", "assignee");
  }
  where.with("t.assignee = $", user);
}

// On the rows of rows_where. What nobody has looked at and is done does not wait to be read.
void filter_unread(Where& where, const Reader& reader, bool unread) {
  where.with(reader.actor().staff()
                 ? db::Sql("(COALESCE(t.last_message_at, 0) > COALESCE(r.read_at, 0) "
                           "AND (t.closed_at IS NULL OR r.read_at IS NOT NULL)) = $")
                 : db::Sql("(COALESCE(t.last_reply_at, 0) > COALESCE(r.read_at, 0) "
                           "AND (t.closed_at IS NULL OR r.read_at IS NOT NULL)) = $"),
             unread);
}

Where where_of(const Reader& reader, const TicketFilter& filter) {
  Where where;
  where.when(filter.number, "t.number = $");
  where.when(filter.state, "t.state = $");
  where.when(filter.phase, "t.phase = $");
  // Also said of phases that imply it: the index of open tickets holds for it.
  bool open = filter.open.value_or(filter.phase && *filter.phase != Phase::closed);
  if (open) where.and_also("t.closed_at IS NULL");
  else if (filter.open) where.and_also("t.closed_at IS NOT NULL");
  if (filter.assignee) filter_assignee(where, reader, *filter.assignee);
  where.when(filter.team, "t.team = $");
  where.when(filter.customer, "t.customer = $");
  where.when(filter.contact, "t.contact = $");
  where.when(filter.service_type, "t.service_type = $");
  where.when(filter.priority, "t.priority = $");
  where.when(filter.category, "t.category = $");
  where.when(filter.product, "t.product = $");
  where.when(filter.asset, "t.asset = $");
  where.when(filter.channel, "t.channel = $");
  where.when(filter.tag,
             "t.id IN (SELECT g.ticket FROM ticket_tags g WHERE {all: labels} AND g.tag = $)");
  if (filter.watched == true) {
    where.with("t.id IN (SELECT w.ticket FROM watchers w WHERE {all: one's own} AND w.member = $)",
               reader.actor().user);
  }
  if (filter.rated) {
    where.and_also(*filter.rated ? db::Sql("t.rating IS NOT NULL") : db::Sql("t.rating IS NULL"));
  }
  if (filter.unread) filter_unread(where, reader, *filter.unread);
  where.when(filter.created_from, "t.created_at >= $");
  where.when(filter.created_to, "t.created_at < $");
  where.when(filter.updated_from, "t.updated_at >= $");
  where.when(filter.updated_to, "t.updated_at < $");
  where.when(filter.due_from, "t.due_at >= $");
  where.when(filter.due_to, "t.due_at < $");
  return where;
}

const Sorts& ticket_sorts() {
  static const Sorts sorts{"t.id",
                           "-created_at",
                           {{"created_at", "t.created_at"},
                            {"updated_at", "t.updated_at"},
                            {"priority", "t.priority", Cell::Type::text},
                            {"number", "t.number", Cell::Type::text},
                            {"due_at", "COALESCE(t.due_at, 9000000000000000000)"},
                            {"state", "t.state", Cell::Type::text},
                            {"assignee", "COALESCE(t.assignee, 0)"}}};
  return sorts;
}

Page<TicketRow> rows_where(Reader& reader, const Where& where, const Paging& paging) {
  return reader.page<TicketRow>(R"(SELECT t.id, t.version, t.number, t.subject, t.service_type,
      t.state, t.phase, t.priority, t.customer, c.name AS customer_name, t.contact,
      p.name AS contact_name, t.product, d.name AS product_name, t.team, m.name AS team_name,
      t.assignee, u.name AS assignee_name, t.channel, t.tags, t.created_at, t.updated_at, t.due_at,
      t.due_kind, t.rating, (CASE WHEN $1 THEN COALESCE(t.last_message_at, 0)
        ELSE COALESCE(t.last_reply_at, 0) END > COALESCE(r.read_at, 0)
        AND (t.closed_at IS NULL OR r.read_at IS NOT NULL)) AS unread, {keys}
      FROM tickets t LEFT JOIN customers c ON c.id = t.customer
      LEFT JOIN contacts p ON p.id = t.contact LEFT JOIN products d ON d.id = t.product
      LEFT JOIN teams m ON m.id = t.team LEFT JOIN users u ON u.id = t.assignee
      LEFT JOIN ticket_reads r ON r.member = $2 AND r.ticket = t.id
      WHERE {visible t} {where}{page})",
                                paging, ticket_sorts(), where, reader.actor().staff(),
                                reader.actor().user);
}

// The search gives the newest that match; the filter then keeps what fits it.
Page<TicketRow> found_by_words(Reader& reader, const TicketFilter& filter, const Where& where) {
  page_order(filter.paging, ticket_sorts());  // a wrong sort or cursor is wrong here, too
  Page<TicketRow> page;
  for (auto id : search::matching(reader, "ticket", filter.q->value, most_found)) {
    auto this_one = where;
    this_one.with("t.id = $", id);
    auto row = rows_where(reader, this_one, {});
    if (!row.items.empty()) page.items.push_back(std::move(row.items.front()));
  }
  if (filter.paging.count) page.total = static_cast<std::int64_t>(page.items.size());
  return page;
}

RelatedNames names_of(Reader& reader, const Ticket& t) {
  auto names = reader.first<RelatedNames>(R"(SELECT
      (SELECT c.name FROM customers c WHERE c.id = $1),
      (SELECT s.name FROM sites s WHERE s.id = $2),
      (SELECT p.name FROM contacts p WHERE p.id = $3),
      (SELECT d.name FROM products d WHERE d.id = $4),
      (SELECT v.name FROM product_versions v WHERE v.id = $5),
      (SELECT a.name FROM assets a WHERE a.id = $6), (SELECT r.name FROM regions r WHERE r.id = $7),
      (SELECT m.name FROM teams m WHERE m.id = $8), (SELECT u.name FROM users u WHERE u.id = $9),
      (SELECT b.name FROM users b WHERE b.id = $10),
      (SELECT i.number FROM tickets i WHERE i.id = $11), y.name_zh, y.name_en,
      (SELECT k.name_zh FROM categories k WHERE k.id = $12),
      (SELECT k.name_en FROM categories k WHERE k.id = $12)
      FROM service_types y WHERE y.id = $13 {all: names on a ticket that the actor sees})",
                                          t.customer, t.site, t.contact, t.product,
                                          t.product_version, t.asset, t.region, t.team, t.assignee,
                                          t.created_by, t.merged_into, t.category, t.service_type);
  return names.value_or(RelatedNames{});
}

// Transitions the actor has the right to make, each guard asked once.
std::vector<AllowedMove> moves_of(Reader& reader, const Ticket& ticket,
                                  const catalogue::Workflow& workflow) {
  std::vector<AllowedMove> moves;
  if (ticket.merged_into) return moves;
  bool customer = reader.actor().kind == ActorKind::contact;
  std::map<std::string_view, std::optional<std::string>> answers;
  for (const auto* way : catalogue::transitions_from(workflow, ticket.state)) {
    if (customer ? !way->customer_may : !reader.may(way->right.value)) continue;
    bool reopens = ticket.phase == Phase::closed &&
                   catalogue::state_of(workflow, way->to.value).phase != Phase::closed;
    if (reopens && !may_reopen(ticket, reader.now())) continue;
    AllowedMove move{way->key, way->to, way->name_zh, way->name_en, way->needs, {}, {}};
    for (const auto& name : way->guards) {
      auto [answer, is_new] = answers.try_emplace(name.value);
      const auto* guard = is_new ? catalogue::guard(name.value) : nullptr;
      if (guard) answer->second = guard->check(reader, ticket.id.value);
      if (!answer->second) continue;
      move.refused_by.push_back(name.value);
      move.refused_because.push_back(*answer->second);
    }
    moves.push_back(std::move(move));
  }
  return moves;
}

std::vector<std::string> allowed_to(Reader& reader, const Ticket& ticket) {
  std::vector<std::string> allowed;
  if (ticket.merged_into) return allowed;
  bool open = ticket.phase != Phase::closed;
  if (reader.actor().kind == ActorKind::contact) {
    bool takes_answers = open || may_reopen(ticket, reader.now());
    if (takes_answers && reader.may("tickets.work")) allowed.push_back("reply");
    if (ticket.phase == Phase::solved) allowed.push_back("confirm");
    if (ticket.phase == Phase::fresh) allowed.push_back("edit");
    if (may_be_rated(reader, ticket)) allowed.push_back("rate");
    return allowed;
  }
  if (reader.may("tickets.work")) {
    for (auto name : {"reply", "note", "edit"}) allowed.push_back(name);
    if (open) allowed.push_back("record_evidence");
    if (open && !ticket.assignee) allowed.push_back("take");
  }
  if (open && reader.may("tickets.assign")) allowed.push_back("assign");
  if (open && reader.may("tickets.waive")) allowed.push_back("waive");
  if (reader.may("tickets.merge")) allowed.push_back("merge");
  return allowed;
}

// Field by field from the record; what both have has the same name.
void copy_fields(TicketView& view, const Ticket& ticket) {
  const auto& from = fields_of<Ticket>();
  const auto& to = fields_of<TicketView>();
  Cell cell;
  for (const auto& field : from.list) {
    const auto* target = to.find(field.name);
    if (!target) continue;
    field.codec->store(cell = Cell(), field.in(&ticket));
    target->codec->load(target->in(&view), cell);
  }
}

}  // namespace

Ticket shown(Reader& reader, Ticket ticket) {
  ticket.custom = catalogue::shown_custom_fields(reader, ticket.custom, audience_of(reader));
  return ticket;
}

TicketView get_ticket(Reader& reader, Id<Ticket> id, const TicketQuery& query) {
  auto ticket = shown(reader, reader.get(id));
  auto workflow = catalogue::workflow(reader, ticket.workflow);
  TicketView view;
  copy_fields(view, ticket);
  if (reader.actor().kind == ActorKind::contact) {
    auto progress = progress_of(reader, ticket);
    view.state_zh = std::move(progress.state_zh);
    view.state_en = std::move(progress.state_en);
    view.steps = std::move(progress.steps);
  } else {
    const auto& state = catalogue::state_of(*workflow, ticket.state);
    view.state_zh = state.name_zh.value;
    view.state_en = state.name_en.value;
  }
  view.last_read_at = last_read(reader, id);
  view.names = names_of(reader, ticket);
  if (ticket.merged_into && !reader.sees({"ticket", ticket.merged_into->value})) {
    view.merged_into.reset();
    view.names.merged_into.reset();
  }
  view.transitions = moves_of(reader, ticket, *workflow);
  view.allowed = allowed_to(reader, ticket);
  if (query.messages) {
    auto page = list_messages(reader, id, {});
    view.messages = std::move(page.items);
    view.messages_next = std::move(page.next);
  }
  return view;
}

Page<TicketRow> list_tickets(Reader& reader, const TicketFilter& filter) {
  auto where = where_of(reader, filter);
  if (filter.q) return found_by_words(reader, filter, where);
  return rows_where(reader, where, filter.paging);
}

std::optional<Id<Ticket>> ticket_with_number(Reader& reader, std::string_view number) {
  return reader.value<Id<Ticket>>("SELECT t.id FROM tickets t WHERE t.number = $1 AND {visible t}",
                                  number);
}

}  // namespace baijin::tickets
