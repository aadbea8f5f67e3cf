#include "modules/imports/imports.h"

#include <algorithm>

#include "hub/desk_place.h"
#include "hub/hub.h"
#include "modules/imports/bring_in.h"

namespace baijin::imports {
namespace {

using Batch = std::vector<ImportedLine>;

// Thrown through a Change to undo what a dry run did.
struct NothingIsKept {};

class Import {
 public:
  Import(Hub& hub, const ImportOptions& options) : hub_(hub), options_(options) {}

  ImportReport run(std::istream& file, const std::function<void(double)>& progress) {
    DecodedFile text(file);
    auto reader = lines_of(text, zone(), options_.format);
    bool more = true;
    while (more && !must_stop()) {
      Batch batch;
      while (static_cast<std::int64_t>(batch.size()) < options_.batch && !too_many()) {
        ImportedLine line;
        more = reader->next(line);
        if (!more) break;
        ++report_.lines;
        if (line.ticket) batch.push_back(std::move(line));
        else note(line.line, reason_of(*line.problem));
      }
      bring_in_together(batch);
      progress(text.part_read());
    }
    report_.stopped = more;
    std::stable_sort(report_.problems.begin(), report_.problems.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
    report_.customers_added = static_cast<std::int64_t>(added_.customers.size());
    report_.contacts_added = static_cast<std::int64_t>(added_.contacts.size());
    if (!more) progress(1);
    return std::move(report_);
  }

 private:
  std::string zone() {
    std::string name;
    hub_.read(program_actor(), [&](Reader& reader) { name = desk_place(reader).time_zone; });
    return name;
  }

  bool must_stop() const { return (options_.stop && options_.stop->load()) || too_many(); }
  bool too_many() const {
    return static_cast<std::int64_t>(report_.problems.size()) >= options_.most_problems;
  }
  void note(std::int64_t line, std::string reason) {
    report_.problems.push_back({line, std::move(reason)});
  }

  // All in one Change; when one of them cannot come in, each in one of its own.
  void bring_in_together(const Batch& batch) {
    if (batch.empty()) return;
    auto found = attempt(batch.begin(), batch.end());
    if (!found.problem) return count(found);
    for (auto line = batch.begin(); line != batch.end(); ++line) {
      auto alone = attempt(line, line + 1);
      if (alone.problem) note(line->line, *alone.problem);
      else count(alone);
    }
  }

  struct Attempt {
    std::vector<Outcome> outcomes;
    Added added;
    std::optional<std::string> problem;
  };
  Attempt attempt(Batch::const_iterator begin, Batch::const_iterator end) {
    Attempt made;
    try {
      hub_.change(program_actor(), [&](Change& change) {
        made = {};  // on PostgreSQL this may be the second try
        for (auto line = begin; line != end; ++line) {
          made.outcomes.push_back(
              imports::bring_in(change, *line->ticket, options_.source, made.added));
        }
        if (options_.dry_run) throw NothingIsKept{};
      });
    } catch (const NothingIsKept&) {
      // As wanted: it was only to be seen whether it could be done.
    } catch (const Error& error) {
      made.problem = reason_of(error);
    }
    return made;
  }
  void count(Attempt& made) {
    for (auto outcome : made.outcomes) {
      if (outcome == Outcome::skipped) ++report_.skipped;
      else ++report_.imported;
      if (outcome == Outcome::renumbered) ++report_.renumbered;
    }
    added_.customers.merge(made.added.customers);
    added_.contacts.merge(made.added.contacts);
  }

  Hub& hub_;
  const ImportOptions& options_;
  ImportReport report_;
  Added added_;
};

}  // namespace

ImportReport import_tickets(Hub& hub, std::istream& file, const ImportOptions& options,
                            const std::function<void(double)>& progress) {
  return Import(hub, options).run(file, progress);
}

}  // namespace baijin::imports
