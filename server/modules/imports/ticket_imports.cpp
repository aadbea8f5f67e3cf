#include "modules/imports/ticket_imports.h"

#include <algorithm>
#include <fstream>

#include "hub/desk_place.h"
#include "hub/hub.h"
#include "modules/imports/bring_in.h"

namespace baijin::imports {
namespace {

constexpr std::string_view job = "imports.part";
constexpr std::string_view source = "import";  // as on the command line: it is one desk's past
constexpr std::size_t most_problems = 500, most_samples = 20;
constexpr std::int64_t lines_at_once = 100;  // of one Change, so that others are not kept waiting

// A file of the desk's, read as lines.
class Lines {
 public:
  Lines(Reader& reader, const files::File& file)
      : stream_(reader.hub().blobs().path_of(file.sha256), std::ios::binary),
        text_(stream_),
        lines_(lines_of(text_, desk_place(reader).time_zone)) {}

  bool next(ImportedLine& line) { return lines_->next(line); }

 private:
  std::ifstream stream_;
  DecodedFile text_;
  std::unique_ptr<LineReader> lines_;
};

void must_import(Reader& reader) {
  reader.must("tickets.import");
  reader.must("customers.manage");
}

void tell(Change& change, std::string_view kind, const TicketImport& import) {
  change.tell(kind, import, {{"good", import.found.good}, {"lines", import.read}});
}

void go_on(Change& change, const TicketImport& import) {
  change.schedule(job, std::to_string(import.id.value), change.now(), TicketImportPart{import.id});
}

void run(Change& change, TicketImport& import) {
  import.state = TicketImportState::running;
  import.found = {};
  import.read = 0;
  go_on(change, import);
}

void note_wrong(TicketImportFindings& found, std::int64_t line, const Error& error) {
  ++found.wrong;
  if (found.problems.size() < most_problems) note_problems(line, error, found.problems);
}

void note_names(std::vector<std::string>& names, const std::map<std::string, std::string>& added) {
  for (const auto& [key, name] : added) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
}

void note_good(TicketImportFindings& found, std::int64_t line, const ImportedTicket& ticket) {
  ++found.good;
  if (!ticket.external_id) ++found.unmarked;
  if (found.samples.size() >= most_samples) return;
  auto text = [](const auto& value) { return value ? value->value : std::string(); };
  found.samples.push_back({line, text(ticket.number), ticket.subject.value, text(ticket.customer),
                           text(ticket.contact_name), ticket.created_at});
}

// One line; what goes wrong undoes that line alone.
void take_in(Change& change, TicketImportFindings& found, const ImportedLine& line) {
  if (!line.ticket) return note_wrong(found, line.line, *line.problem);
  Outcome outcome{};
  Added added;
  auto refusal = change.attempt(
      program_actor(), [&](Change& own) { outcome = bring_in(own, *line.ticket, source, added); });
  if (refusal) return note_wrong(found, line.line, *refusal);
  if (outcome == Outcome::skipped) {
    ++found.known;
    return;
  }
  if (outcome == Outcome::renumbered) ++found.renumbered;
  note_good(found, line.line, *line.ticket);
  note_names(found.new_customers, added.customers);
  note_names(found.new_contacts, added.contacts);
}

std::vector<ImportedLine> next_lines(Reader& reader, const TicketImport& import,
                                     const files::File& file) {
  Lines lines(reader, file);
  std::vector<ImportedLine> next;
  ImportedLine line;
  for (std::int64_t at = 0; at < import.read + lines_at_once && lines.next(line); ++at) {
    if (at >= import.read) next.push_back(std::move(line));
  }
  return next;
}

void work(Change& change, TicketImport& import, const std::vector<ImportedLine>& lines) {
  auto all = [&](Change& own) {
    for (const auto& line : lines) take_in(own, import.found, line);
  };
  if (import.state == TicketImportState::running) return all(change);
  change.attempt(program_actor(), [&](Change& own) {
    all(own);
    throw conflict("only_tried");
  });
}

void fail(Change& change, TicketImport& import, std::string_view why) {
  import.state = TicketImportState::failed;
  import.failure = why;
  import.finished_at = change.now();
  change.save(import);
  tell(change, "imports.failed", import);
}

}  // namespace

void check_ticket_import(Reader& reader, NewTicketImport& input) {
  must_import(reader);
  auto file = files::get_file(reader, input.file);
  if (file.holder) throw conflict("file_in_use");
  if (file.bytes > longest_import_file) throw invalid("too_large", "file");
  Lines lines(reader, file);
  ImportedLine line;
  std::int64_t count = 0;
  while (lines.next(line)) {
    if (++count > most_import_lines) throw invalid("too_many_lines", "file");
  }
  input.lines = count;
}

TicketImport begin_ticket_import(Change& change, const NewTicketImport& input) {
  TicketImport import;
  import.file = input.file;
  import.started_by = change.actor().user;
  import.lines = *input.lines;
  import.created_at = change.now();
  import.same_as = change.value<Id<TicketImport>>(
      R"(SELECT i.id FROM ticket_imports i JOIN files f ON f.id = i.file
          WHERE {visible i} AND i.state = 'done'
            AND f.sha256 = (SELECT o.sha256 FROM files o WHERE o.id = $1 {all: it is one's own})
          ORDER BY i.id DESC)",
      input.file);
  change.add(import);
  import.file_name = files::attach(change, input.file, {"ticket_import", import.id.value}).name;
  if (input.dry_run) go_on(change, import);
  else run(change, import);
  change.save(import);
  tell(change, input.dry_run ? "imports.begun" : "imports.started", import);
  return import;
}

TicketImport start_ticket_import(Change& change, Id<TicketImport> id) {
  must_import(change);
  auto import = change.take(id);
  bool begun = import.state != TicketImportState::trying &&
               import.state != TicketImportState::tried;
  if (begun) throw conflict("already_started");
  import.started_by = change.actor().user;
  run(change, import);
  change.save(import);
  tell(change, "imports.started", import);
  return import;
}

TicketImport get_ticket_import(Reader& reader, Id<TicketImport> id) { return reader.get(id); }

Page<TicketImport> list_ticket_imports(Reader& reader, const TicketImportFilter& filter) {
  static const Sorts sorts{"i.id", "-created_at", {{"created_at", "i.created_at"}}};
  return reader.page<TicketImport>(
      "SELECT {fields i}, {keys} FROM ticket_imports i WHERE {visible i} {page}", filter.paging,
      sorts, Where{});
}

void ticket_import_part(Change& change, const TicketImportPart& part) {
  auto import = change.take_unseen(part.import);
  bool trying = import.state == TicketImportState::trying;
  if (!trying && import.state != TicketImportState::running) return;
  auto starter = accounts::actor_for(change, import.started_by);
  if (change.attempt(starter, must_import)) return fail(change, import, "no_longer_allowed");
  auto file = change.find_unseen(import.file);
  if (!file) return fail(change, import, "file_is_gone");
  auto lines = next_lines(change, import, *file);
  work(change, import, lines);
  import.read += static_cast<std::int64_t>(lines.size());
  bool more = import.read < import.lines && !lines.empty();
  if (more) {
    go_on(change, import);
  } else {
    import.state = trying ? TicketImportState::tried : TicketImportState::done;
    import.finished_at = change.now();
  }
  change.save(import);
  tell(change, more ? "imports.went_on" : trying ? "imports.tried" : "imports.done", import);
}

}  // namespace baijin::imports
