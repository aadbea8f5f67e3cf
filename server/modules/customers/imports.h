#pragma once
// Bringing in many organisations or people at once from a CSV file (CUS-4): first looked at line by
// line, what is wrong and who is there already; then, if wanted, brought in. Lines that are wrong
// are left out, the others come in.
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/line_problem.h"
#include "hub/change.h"
#include "modules/customers/customers.h"

namespace baijin {
namespace files {
struct File;
}

namespace customers {

enum class ImportKind { customers, contacts };
BOOST_DESCRIBE_ENUM(ImportKind, customers, contacts)
// What becomes of a line about somebody who is there already.
enum class OnDuplicate { skip, add };
BOOST_DESCRIBE_ENUM(OnDuplicate, skip, add)
// checked: looked at and nothing more.
enum class ImportState { checked, running, done, failed };
BOOST_DESCRIBE_ENUM(ImportState, checked, running, done, failed)

struct LineDuplicate {
  std::int64_t line = 0;
  std::string name;
  Ref known;  // customer:17, contact:3; the line itself for what stands in the file twice
  std::vector<std::string> by;
};
FIELDS(LineDuplicate, line, name, known, by)

struct ImportFindings {
  std::int64_t lines = 0;  // without the header
  std::int64_t good = 0;   // that can come in
  std::int64_t wrong = 0;
  std::int64_t known = 0;                 // of the good ones: there already
  std::vector<LineProblem> problems;      // the first 500
  std::vector<LineDuplicate> duplicates;  // the first 500
};
FIELDS(ImportFindings, lines, good, wrong, known, problems, duplicates)

struct CustomerImport {
  Id<CustomerImport> id;
  Version version;
  ImportKind kind = ImportKind::customers;
  OnDuplicate on_duplicate = OnDuplicate::skip;
  ImportState state = ImportState::checked;
  Id<files::File> file;
  std::string file_name;
  Id<accounts::User> started_by;
  ImportFindings found;   // when it was looked at
  std::int64_t read = 0;  // lines worked through
  std::int64_t added = 0, skipped = 0;
  std::string failure;  // why it failed
  Time created_at;
  std::optional<Time> finished_at;
};
FIELDS(CustomerImport, id, version, kind, on_duplicate, state, file, file_name, started_by, found,
       read, added, skipped, failure, created_at, finished_at)
TABLE(CustomerImport, "customer_import", "customer_imports")

struct NewCustomerImport {
  ImportKind kind = ImportKind::customers;
  Id<files::File> file;  // one's own upload: CSV in UTF-8, UTF-16 or GB18030, at most 5 MiB
  bool dry_run = false;  // only look
  std::optional<OnDuplicate> on_duplicate;  // skip when not said
  std::optional<ImportFindings> found;      // the server's own; what was sent is overwritten
};
FIELDS(NewCustomerImport, kind, file, dry_run, on_duplicate, found)

struct ImportFilter {
  Paging paging;
};
FIELDS(ImportFilter, paging)

// Before the Change: reads the file and looks at every line. invalid "unknown_column" |
// "missing_column" | "column_twice" | "empty_file" | "too_large" | "too_many_lines".
void check_import(Reader& reader, NewCustomerImport& input);
CustomerImport begin_import(Change& change, const NewCustomerImport& input);
// Brings in what was only looked at: conflict "already_started".
CustomerImport start_import(Change& change, Id<CustomerImport> id);
CustomerImport get_import(Reader& reader, Id<CustomerImport> id);
Page<CustomerImport> list_imports(Reader& reader, const ImportFilter& filter);

struct ImportPart {
  Id<CustomerImport> import;
};
FIELDS(ImportPart, import)
// A job: the next lines, with the rights that who started it has today (Z8).
void import_part(Change& change, const ImportPart& part);

void install_imports(Module& m);

}  // namespace customers
}  // namespace baijin
