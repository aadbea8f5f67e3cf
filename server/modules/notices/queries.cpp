#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/notices/notices.h"
#include "modules/notices/steps.h"

namespace baijin::notices {
namespace {

// Every line is a ticket that the actor sees at this moment.
Page<NoticeView> views(Reader& reader, const Where& where, const Paging& paging) {
  static const Sorts sorts{"n.id", "-at", {{"at", "n.at"}}};
  if (!reader.may("tickets.read")) return {};
  return reader.page<NoticeView>(R"(SELECT n.id, n.version, n.kind, 'ticket:' || n.ticket,
      t.number, t.subject, t.priority, c.name, a.name, n.event, n.by_name, n.at, n.times,
      n.read_at, {keys}
      FROM notices n JOIN tickets t ON t.id = n.ticket
      LEFT JOIN customers c ON c.id = t.customer LEFT JOIN users a ON a.id = t.assignee
      WHERE {visible n} AND {visible t}{where}{page})",
                                 paging, sorts, where);
}

}  // namespace

void must_be_staff(const Reader& reader) {
  if (!reader.actor().staff()) throw forbidden("not_for_customers");
}

Page<NoticeView> list_notices(Reader& reader, const NoticeFilter& filter) {
  must_be_staff(reader);
  Where where;
  where.and_also("n.in_app = TRUE");
  if (filter.unread && *filter.unread) where.and_also("n.read_at IS NULL");
  else if (filter.unread) where.and_also("n.read_at IS NOT NULL");
  return views(reader, where, filter.paging);
}

std::optional<NoticeView> find_notice(Reader& reader, Id<Notice> id) {
  Where where;
  where.with("n.id = $", id);
  auto found = views(reader, where, {});
  if (found.items.empty()) return {};
  return std::move(found.items.front());
}

NoticeCount count_notices(Reader& reader) {
  must_be_staff(reader);
  if (!reader.may("tickets.read")) return {};
  return reader
      .first<NoticeCount>(R"(SELECT count(*), COALESCE(MAX(n.event), 0)
      FROM notices n JOIN tickets t ON t.id = n.ticket
      WHERE {visible n} AND {visible t} AND n.in_app = TRUE AND n.read_at IS NULL)")
      .value_or(NoticeCount{});
}

}  // namespace baijin::notices
