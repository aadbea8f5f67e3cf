#pragma once
// Time spent on tickets (TKT-7, 服务机时): what kind of work, billable or not, with the way there;
// summed per ticket, customer, region and person. Customers never see it.
#include "modules/tickets/desk.h"

namespace baijin::tickets {

enum class WorkKind {
  remote,
  phone,
  onsite,
  travel,
  development,
  testing,
  training,
  meeting,
  other
};
BOOST_DESCRIBE_ENUM(WorkKind, remote, phone, onsite, travel, development, testing, training,
                    meeting, other)

// Customer and region are those of the ticket when the work was logged.
struct WorkLog {
  Id<WorkLog> id;
  Version version;
  Id<Ticket> ticket;
  Id<accounts::User> member;
  std::optional<Id<customers::Customer>> customer;
  std::optional<Id<accounts::Region>> region;
  WorkKind kind = WorkKind::remote;
  Time started_at;
  std::int64_t minutes = 0;
  std::int64_t travel_minutes = 0;
  bool billable = false;
  Lines<4'000> note;
  Time created_at;
};
FIELDS(WorkLog, id, version, ticket, member, customer, region, kind, started_at, minutes,
       travel_minutes, billable, note, created_at)
TABLE(WorkLog, "work_log", "work_logs")

struct NewWorkLog {
  std::optional<Id<accounts::User>> member;  // another one's time: with tickets.assign
  WorkKind kind = WorkKind::remote;
  Time started_at;
  std::int64_t minutes = 0;  // 1 … 10080, a week
  std::optional<std::int64_t> travel_minutes;
  bool billable = false;
  std::optional<Lines<4'000>> note;
};
FIELDS(NewWorkLog, member, kind, started_at, minutes, travel_minutes, billable, note)

struct WorkLogPatch {
  Given<WorkKind> kind;
  Given<Time> started_at;
  Given<std::int64_t> minutes, travel_minutes;
  Given<bool> billable;
  Given<Lines<4'000>> note;
};
FIELDS(WorkLogPatch, kind, started_at, minutes, travel_minutes, billable, note)

struct WorkLogLine {
  Id<WorkLog> id;
  Version version;
  Id<Ticket> ticket;
  std::string ticket_number;
  Id<accounts::User> member;
  std::string member_name;
  std::optional<Id<customers::Customer>> customer;
  std::optional<std::string> customer_name;
  std::optional<Id<accounts::Region>> region;
  WorkKind kind = WorkKind::remote;
  Time started_at;
  std::int64_t minutes = 0;
  std::int64_t travel_minutes = 0;
  bool billable = false;
  Lines<4'000> note;
};
FIELDS(WorkLogLine, id, version, ticket, ticket_number, member, member_name, customer,
       customer_name, region, kind, started_at, minutes, travel_minutes, billable, note)

struct WorkTotals {
  std::int64_t entries = 0;
  std::int64_t minutes = 0;
  std::int64_t billable_minutes = 0;
  std::int64_t travel_minutes = 0;
};
FIELDS(WorkTotals, entries, minutes, billable_minutes, travel_minutes)

struct WorkLogFilter {
  std::optional<Id<Ticket>> ticket;
  std::optional<Id<customers::Customer>> customer;
  std::optional<Id<accounts::User>> member;
  std::optional<Id<accounts::Region>> region;
  std::optional<WorkKind> kind;
  std::optional<bool> billable;
  std::optional<Time> from, to;  // of started_at; `to` itself does not count
  Paging paging;                 // sorts: started_at, minutes
};
FIELDS(WorkLogFilter, ticket, customer, member, region, kind, billable, from, to, paging)

// A page of entries with the sums over all that the filter lets through.
struct WorkLogSheet {
  std::vector<WorkLogLine> items;
  std::optional<std::string> next;
  std::optional<std::int64_t> total;
  WorkTotals totals;
};
FIELDS(WorkLogSheet, items, next, total, totals)

struct WorkLogPaging {
  Paging paging;
};
FIELDS(WorkLogPaging, paging)

WorkLogSheet list_work_logs(Reader& reader, const WorkLogFilter& filter);
WorkLogSheet work_logs_of_ticket(Reader& reader, Id<Ticket> ticket, const WorkLogPaging& input);
// Also on a closed ticket: time is often written down afterwards. invalid("out_of_range").
WorkLog log_work(Change& change, Id<Ticket> ticket, const NewWorkLog& input);
// One's own, or with tickets.assign: forbidden("not_the_author").
WorkLog change_work_log(Change& change, Id<WorkLog> id, const WorkLogPatch& input);
void remove_work_log(Change& change, Id<WorkLog> id);

}  // namespace baijin::tickets
