#pragma once
// A file of tickets in the pages: tried line by line, then brought in, each by a job of many steps.
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/line_problem.h"
#include "hub/change.h"
#include "modules/accounts/accounts.h"
#include "modules/files/files.h"

namespace baijin::imports {

inline constexpr std::int64_t longest_import_file = 10 << 20;  // bytes
inline constexpr std::int64_t most_import_lines = 5'000;

// trying: every line is brought in and undone. tried: and nothing more.
enum class TicketImportState { trying, tried, running, done, failed };
BOOST_DESCRIBE_ENUM(TicketImportState, trying, tried, running, done, failed)

struct TicketSample {
  std::int64_t line = 0;
  std::string number, subject, customer, contact;
  Time created_at;
};
FIELDS(TicketSample, line, number, subject, customer, contact, created_at)

// What became of the lines that were read, or would.
struct TicketImportFindings {
  std::int64_t good = 0;        // that came in
  std::int64_t known = 0;       // that were imported before
  std::int64_t wrong = 0;       // lines, not problems
  std::int64_t renumbered = 0;  // of the good ones: their number was taken
  std::int64_t unmarked = 0;    // of the good ones: without external_id they come in every time
  std::vector<LineProblem> problems;  // the first 500
  std::vector<TicketSample> samples;  // the first 20 of the good ones
  std::vector<std::string> new_customers, new_contacts;
};
FIELDS(TicketImportFindings, good, known, wrong, renumbered, unmarked, problems, samples,
       new_customers, new_contacts)

struct TicketImport {
  Id<TicketImport> id;
  Version version;
  TicketImportState state = TicketImportState::trying;
  Id<files::File> file;
  std::string file_name;
  Id<accounts::User> started_by;
  std::optional<Id<TicketImport>> same_as;  // the very same file came in before
  TicketImportFindings found;
  std::int64_t lines = 0;  // of the file, without the header
  std::int64_t read = 0;   // of those, worked through
  std::string failure;     // why it failed
  Time created_at;
  std::optional<Time> finished_at;
};
FIELDS(TicketImport, id, version, state, file, file_name, started_by, same_as, found, lines, read,
       failure, created_at, finished_at)
TABLE(TicketImport, "ticket_import", "ticket_imports")

struct NewTicketImport {
  Id<files::File> file;               // one's own upload
  bool dry_run = false;               // only try
  std::optional<std::int64_t> lines;  // the server's own; what was sent is overwritten
};
FIELDS(NewTicketImport, file, dry_run, lines)

struct TicketImportFilter {
  Paging paging;
};
FIELDS(TicketImportFilter, paging)

// Before the Change: reads the file. invalid "unknown_column" | "missing_column" | "column_twice" |
// "empty_file" | "too_large" | "too_many_lines".
void check_ticket_import(Reader& reader, NewTicketImport& input);
// Needs customers.manage besides: who is not known is added.
TicketImport begin_ticket_import(Change& change, const NewTicketImport& input);
// Brings in what was only tried, or is being tried: conflict "already_started".
TicketImport start_ticket_import(Change& change, Id<TicketImport> id);
TicketImport get_ticket_import(Reader& reader, Id<TicketImport> id);
Page<TicketImport> list_ticket_imports(Reader& reader, const TicketImportFilter& filter);

struct TicketImportPart {
  Id<TicketImport> import;
};
FIELDS(TicketImportPart, import)
// A job: the next lines, as long as who started it may still do so (Z8).
void ticket_import_part(Change& change, const TicketImportPart& part);

}  // namespace baijin::imports
