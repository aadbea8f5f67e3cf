#include "modules/customers/imports.h"

#include "hub/hub.h"
#include "hub/module.h"
#include "modules/accounts/accounts.h"
#include "modules/customers/import_lines.h"
#include "modules/files/files.h"

namespace baijin::customers {
namespace {

constexpr std::string_view manages = "customers.manage";
constexpr std::string_view job = "customers.import";
constexpr std::size_t most_noted = 500;
constexpr std::int64_t lines_at_once = 100;  // of one Change, so that others are not kept waiting

std::string path_of(Reader& reader, const files::File& file) {
  return reader.hub().blobs().path_of(file.sha256);
}

void note(ImportFindings& found, ImportLine& line) {
  ++found.lines;
  if (!line.problems.empty()) {
    ++found.wrong;
    for (auto& problem : line.problems) {
      if (found.problems.size() < most_noted) found.problems.push_back(std::move(problem));
    }
    return;
  }
  ++found.good;
  if (!line.duplicate) return;
  ++found.known;
  if (found.duplicates.size() < most_noted) found.duplicates.push_back(*std::move(line.duplicate));
}

void tell(Change& change, std::string_view kind, const CustomerImport& import) {
  change.tell(kind, import,
              {{"kind", name_of(import.kind)}, {"added", import.added}, {"lines", import.read}});
}

void run(Change& change, CustomerImport& import) {
  import.state = ImportState::running;
  change.schedule(job, std::to_string(import.id.value), change.now(), ImportPart{import.id});
}

// One line by whoever started it; what goes wrong undoes that line alone.
void bring_in(Change& change, const Actor& starter, CustomerImport& import, ImportLine& line) {
  if (!line.problems.empty()) return;
  if (line.duplicate && import.on_duplicate == OnDuplicate::skip) {
    ++import.skipped;
    return;
  }
  auto refusal = change.attempt(starter, [&](Change& own) {
    own.must(manages);
    if (line.customer) make_customer(own, *line.customer);
    else make_contact(own, *line.contact);
  });
  if (!refusal) {
    ++import.added;
    return;
  }
  ++import.found.wrong;
  if (import.found.problems.size() < most_noted) {
    import.found.problems.push_back({line.line, "", refusal->reason});
  }
}

}  // namespace

void check_import(Reader& reader, NewCustomerImport& input) {
  auto file = files::get_file(reader, input.file);
  if (file.holder) throw conflict("file_in_use");
  if (file.bytes > longest_import_file) throw invalid("too_large", "file");
  auto& found = input.found.emplace();
  ImportFile(reader, input.kind, path_of(reader, file)).each(0, [&](ImportLine& line) {
    note(found, line);
    return true;
  });
}

CustomerImport begin_import(Change& change, const NewCustomerImport& input) {
  CustomerImport import;
  import.kind = input.kind;
  import.on_duplicate = input.on_duplicate.value_or(OnDuplicate::skip);
  import.file = input.file;
  import.started_by = change.actor().user;
  import.found = *input.found;
  import.created_at = change.now();
  change.add(import);
  import.file_name = files::attach(change, input.file, {"customer_import", import.id.value}).name;
  if (!input.dry_run) run(change, import);
  change.save(import);
  tell(change, input.dry_run ? "customers.import_checked" : "customers.import_started", import);
  return import;
}

CustomerImport start_import(Change& change, Id<CustomerImport> id) {
  auto import = change.take(id);
  if (import.state != ImportState::checked) throw conflict("already_started");
  import.started_by = change.actor().user;
  run(change, import);
  change.save(import);
  tell(change, "customers.import_started", import);
  return import;
}

CustomerImport get_import(Reader& reader, Id<CustomerImport> id) { return reader.get(id); }

Page<CustomerImport> list_imports(Reader& reader, const ImportFilter& filter) {
  static const Sorts sorts{"i.id", "-created_at", {{"created_at", "i.created_at"}}};
  return reader.page<CustomerImport>(
      "SELECT {fields i}, {keys} FROM customer_imports i WHERE {visible i} {page}", filter.paging,
      sorts, Where{});
}

void import_part(Change& change, const ImportPart& part) {
  auto import = change.take_unseen(part.import);
  if (import.state != ImportState::running) return;
  auto starter = accounts::actor_for(change, import.started_by);
  auto file = change.find_unseen(import.file);
  if (starter.kind != ActorKind::staff || !file) {
    import.state = ImportState::failed;
    import.failure = file ? "no_longer_allowed" : "file_is_gone";
    import.finished_at = change.now();
    change.save(import);
    return tell(change, "customers.import_failed", import);
  }
  std::int64_t done = 0;
  ImportFile(change, import.kind, path_of(change, *file)).each(import.read, [&](ImportLine& line) {
    bring_in(change, starter, import, line);
    return ++done < lines_at_once;
  });
  import.read += done;
  if (done == lines_at_once) {
    run(change, import);
  } else {
    import.state = ImportState::done;
    import.finished_at = change.now();
  }
  change.save(import);
  if (import.state == ImportState::done) tell(change, "customers.import_done", import);
  else tell(change, "customers.import_went_on", import);
}

void install_imports(Module& m) {
  m.record<CustomerImport>(seen_by_staff(), manages);
  for (auto name :
       {"customers.import_checked", "customers.import_started", "customers.import_went_on",
        "customers.import_done", "customers.import_failed"}) {
    m.event<CustomerImport>(name, manages);
  }
  m.create("/customer-imports", manages, begin_import)
      .first(check_import)
      .slow()
      .about("Look at a file of customers or contacts, or bring it in.");
  m.get("/customer-imports", manages, list_imports).about("Imports, the newest first.");
  m.get("/customer-imports/{id}", manages, get_import).about("How far an import is.");
  m.post("/customer-imports/{id}/start", manages, start_import)
      .about("Bring in what was only looked at.");
  m.job(job, import_part);
}

}  // namespace baijin::customers
