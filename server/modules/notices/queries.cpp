#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/notices/notices.h"
#include "modules/notices/steps.h"

namespace baijin::notices {
namespace {

// Every line is about something that the actor sees at this moment.
Page<NoticeView> views(Reader& reader, Where where, const Paging& paging) {
  static const Sorts sorts{"n.id", "-at", {{"at", "n.at"}}};
  if (!reader.may("tickets.read")) where.and_also("n.ticket IS NULL");
  if (!reader.may("mail.manage")) where.and_also("n.mailbox IS NULL");
  return reader.page<NoticeView>(R"(SELECT n.id, n.version, n.kind,
      CASE WHEN n.mailbox IS NULL THEN 'ticket:' || n.ticket ELSE 'mailbox:' || n.mailbox END,
      COALESCE(t.number, ''), COALESCE(t.subject, b.address), t.priority, c.name, a.name, n.event,
      n.by_name, n.at, n.times, n.read_at, {keys}
      FROM notices n LEFT JOIN tickets t ON t.id = n.ticket
      LEFT JOIN mailboxes b ON b.id = n.mailbox
      LEFT JOIN customers c ON c.id = t.customer LEFT JOIN users a ON a.id = t.assignee
      WHERE {visible n} AND (t.id IS NULL OR {visible t}) AND (b.id IS NULL OR {visible b})
        {where}{page})",
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
  return reader
      .first<NoticeCount>(R"(SELECT count(*), COALESCE(MAX(n.event), 0)
      FROM notices n LEFT JOIN tickets t ON t.id = n.ticket
      LEFT JOIN mailboxes b ON b.id = n.mailbox
      WHERE {visible n} AND (t.id IS NULL OR {visible t}) AND (b.id IS NULL OR {visible b})
        AND ($1 = TRUE OR n.ticket IS NULL) AND ($2 = TRUE OR n.mailbox IS NULL)
        AND n.in_app = TRUE AND n.read_at IS NULL)",
                          reader.may("tickets.read"), reader.may("mail.manage"))
      .value_or(NoticeCount{});
}

}  // namespace baijin::notices
