#include "modules/tickets/work_logs.h"

#include "hub/module.h"
#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"

namespace baijin::tickets {
namespace {

constexpr std::int64_t longest_minutes = 7 * 24 * 60;
constexpr auto ahead_of_time = days(1);  // clocks and zones differ

void check(const Change& change, const WorkLog& entry) {
  if (entry.minutes < 1 || entry.minutes > longest_minutes) {
    throw invalid("out_of_range", "minutes");
  }
  if (entry.travel_minutes < 0 || entry.travel_minutes > longest_minutes) {
    throw invalid("out_of_range", "travel_minutes");
  }
  if (entry.started_at > change.now() + ahead_of_time) throw invalid("out_of_range", "started_at");
}

WorkLog take_own(Change& change, Id<WorkLog> id) {
  must_be_desk(change);
  auto entry = change.take(id);
  if (entry.member != change.actor().user && !change.may("tickets.assign")) {
    throw forbidden("not_the_author");
  }
  return entry;
}

void tell_of(Change& change, const Ticket& ticket, const WorkLog& entry, std::string_view event) {
  change.tell(event, ticket,
              {{"work_log", entry.id.value},
               {"member", entry.member.value},
               {"kind", name_of(entry.kind)},
               {"minutes", entry.minutes},
               {"billable", entry.billable}});
}

Where where_of(const WorkLogFilter& filter) {
  Where where;
  where.when(filter.ticket, "w.ticket = $");
  where.when(filter.customer, "w.customer = $");
  where.when(filter.member, "w.member = $");
  where.when(filter.region, "w.region = $");
  where.when(filter.kind, "w.kind = $");
  where.when(filter.billable, "w.billable = $");
  where.when(filter.from, "w.started_at >= $");
  where.when(filter.to, "w.started_at < $");
  return where;
}

}  // namespace

WorkLogSheet list_work_logs(Reader& reader, const WorkLogFilter& filter) {
  static const Sorts sorts{
      "w.id", "-started_at", {{"started_at", "w.started_at"}, {"minutes", "w.minutes"}}};
  must_be_desk(reader);
  auto where = where_of(filter);
  auto page = reader.page<WorkLogLine>(R"(SELECT w.id, w.version, w.ticket, t.number, w.member,
      u.name, w.customer, c.name AS customer_name, w.region, w.kind, w.started_at, w.minutes,
      w.travel_minutes, w.billable, w.note, {keys}
      FROM work_logs w JOIN tickets t ON t.id = w.ticket JOIN users u ON u.id = w.member
      LEFT JOIN customers c ON c.id = w.customer WHERE {visible w} {where}{page})",
                                       filter.paging, sorts, where);
  auto totals = reader.list_where<WorkTotals>(R"(SELECT count(*),
      CAST(COALESCE(SUM(w.minutes), 0) AS BIGINT),
      CAST(COALESCE(SUM(CASE WHEN w.billable = TRUE THEN w.minutes ELSE 0 END), 0) AS BIGINT),
      CAST(COALESCE(SUM(w.travel_minutes), 0) AS BIGINT)
      FROM work_logs w WHERE {visible w} {where})",
                                              where);
  return {std::move(page.items), std::move(page.next), page.total, totals.at(0)};
}

WorkLogSheet work_logs_of_ticket(Reader& reader, Id<Ticket> ticket, const WorkLogPaging& input) {
  must_be_desk(reader);
  reader.must_see({"ticket", ticket.value});
  WorkLogFilter filter;
  filter.ticket = ticket;
  filter.paging = input.paging;
  return list_work_logs(reader, filter);
}

WorkLog log_work(Change& change, Id<Ticket> id, const NewWorkLog& input) {
  auto ticket = take_workable(change, id);
  WorkLog entry;
  entry.ticket = id;
  entry.member = input.member.value_or(change.actor().user);
  if (entry.member != change.actor().user) {
    change.must("tickets.assign");
    must_be_staff(change, entry.member, "member");
  }
  entry.customer = ticket.customer;
  entry.region = ticket.region;
  entry.kind = input.kind;
  entry.started_at = input.started_at;
  entry.minutes = input.minutes;
  entry.travel_minutes = input.travel_minutes.value_or(0);
  entry.billable = input.billable;
  if (input.note) entry.note = *input.note;
  entry.created_at = change.now();
  check(change, entry);
  change.add(entry);
  tell_of(change, ticket, entry, "tickets.work_logged");
  return entry;
}

WorkLog change_work_log(Change& change, Id<WorkLog> id, const WorkLogPatch& input) {
  auto entry = take_own(change, id);
  auto ticket = change.get(entry.ticket);
  input.kind.into(entry.kind);
  input.started_at.into(entry.started_at);
  input.minutes.into(entry.minutes);
  input.travel_minutes.into(entry.travel_minutes);
  input.billable.into(entry.billable);
  input.note.into(entry.note);
  check(change, entry);
  change.save(entry);
  tell_of(change, ticket, entry, "tickets.work_log_changed");
  return entry;
}

void remove_work_log(Change& change, Id<WorkLog> id) {
  auto entry = take_own(change, id);
  auto ticket = change.get(entry.ticket);
  change.remove(entry);
  tell_of(change, ticket, entry, "tickets.work_log_removed");
}

void install_work_logs(Module& m) {
  m.record<WorkLog>(seen_with("ticket", "ticket", "FALSE"), "tickets.read");
  for (auto name :
       {"tickets.work_logged", "tickets.work_log_changed", "tickets.work_log_removed"}) {
    m.event<Ticket>(name, "tickets.read");
  }
  m.get("/tickets/{id}/work-logs", "tickets.read", work_logs_of_ticket)
      .about("Time spent on a ticket, with its sums.");
  m.create("/tickets/{id}/work-logs", "tickets.work", log_work).about("Write down time spent.");
  m.get("/work-logs", "tickets.read", list_work_logs)
      .about("Time spent, by customer, person, region or time, with the sums.");
  m.patch("/work-logs/{id}", "tickets.work", change_work_log).about("Correct an entry.");
  m.del("/work-logs/{id}", "tickets.work", remove_work_log).about("Take an entry away.");
}

}  // namespace baijin::tickets
