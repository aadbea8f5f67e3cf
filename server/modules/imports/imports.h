#pragma once
// Bringing in what another desk left behind: tickets from CSV or JSON lines (docs/operating/
// import.md). Each line is a ticket with its conversation; lines that are wrong are reported and
// left out, the others come in. What has an external_id is imported once, however often one tries.
// In the pages a file is first tried: every line is brought in and undone, so that one sees what
// would come of it; then it is brought in. `baijin import tickets FILE` does the same without them.
#include <atomic>
#include <cstdint>
#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <vector>

namespace baijin {

class Hub;
class Module;

namespace imports {

enum class Format { csv, json_lines };

struct ImportOptions {
  bool dry_run = false;                     // says what would happen and changes nothing
  std::optional<Format> format;             // else as the first character tells: { is JSON lines
  std::int64_t batch = 200;                 // lines that are kept together
  std::int64_t most_problems = 1'000;       // past this the import ends
  std::string source = "import";            // the other desk: external ids are those of a source
  const std::atomic<bool>* stop = nullptr;  // looked at between batches (SIGINT)
};

struct ImportProblem {
  std::int64_t line = 0;
  std::string reason;  // "subject: required"
};

struct ImportReport {
  std::int64_t lines = 0;  // read, without the header
  std::int64_t imported = 0;
  std::int64_t skipped = 0;     // imported before
  std::int64_t renumbered = 0;  // their number was taken: they got another
  std::int64_t customers_added = 0, contacts_added = 0;
  std::vector<ImportProblem> problems;
  bool stopped = false;  // before the end: by `stop` or by too many problems
};

// `file` must be able to go back to its beginning: it is read twice, to find its encoding first
// (UTF-8, UTF-16 with a mark, else GB18030). Throws invalid("unknown_column" | "missing_column" |
// "empty_file") for a file of which no line can be read. `progress` gets 0 … 1.
ImportReport import_tickets(Hub& hub, std::istream& file, const ImportOptions& options,
                            const std::function<void(double)>& progress);

void install(Module& m);

}  // namespace imports
}  // namespace baijin
