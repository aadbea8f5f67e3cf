#pragma once
// The event log as its auditors read it: every change, every sign-in and every read of personal
// data that left the house (SEC-3). One sees an event when one holds the right its kind asks for
// and sees what it is about; what is gone or was never a row is left to those who see every row.
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "hub/events.h"
#include "hub/reader.h"

namespace baijin {

class Module;

namespace audit {

struct EventFilter {
  std::optional<std::int64_t> after;  // seq: then oldest first, else newest first
  std::optional<Ref> subject;
  std::optional<std::string> kind;   // "tickets.closed"
  std::optional<std::string> actor;  // "user:7", "program", "nobody"
  std::optional<Time> from, to;
  Paging paging;  // limit and cursor; the order is the log's own
};
FIELDS(EventFilter, after, subject, kind, actor, from, to, paging)

enum class Format { csv, jsonl };
BOOST_DESCRIBE_ENUM(Format, csv, jsonl)

struct ExportFilter {
  std::optional<Format> format;  // usually csv
  std::optional<Ref> subject;
  std::optional<std::string> kind;
  std::optional<std::string> actor;
  std::optional<Time> from, to;
};
FIELDS(ExportFilter, format, subject, kind, actor, from, to)

// A kind of event there can be, for choosing among.
struct EventKindLine {
  std::string kind;          // "tickets.closed"
  std::string subject_kind;  // "ticket"
};
FIELDS(EventKindLine, kind, subject_kind)

// How far the log is sealed: an event changed before `through_seq` breaks the chain.
struct Seal {
  std::int64_t through_seq = 0;
  std::int64_t events = 0;  // sealed in all
  std::string hash;
  std::optional<Time> at;
  std::int64_t waiting = 0;  // events not sealed yet
};
FIELDS(Seal, through_seq, events, hash, at, waiting)

// A page may hold fewer events than asked for and still have a `next`: how many rows are looked
// through for one page is bounded.
Page<Event> list_events(Reader& reader, const EventFilter& filter);
// The answer is a download; invalid "too_many_rows" beyond 100,000 events: narrow the time.
void export_events(Reader& reader, const ExportFilter& filter);
Seal get_seal(Reader& reader);
// Those that the actor may read, by name.
std::vector<EventKindLine> list_event_kinds(Reader& reader);

void install(Module& m);

}  // namespace audit
}  // namespace baijin
