#include "hub/module.h"

#include "modules/imports/imports.h"
#include "modules/imports/ticket_imports.h"

namespace baijin::imports {

void install(Module& m) {
  constexpr auto imports = "tickets.import";
  m.right(imports, "Bring in tickets of another desk, with their numbers, people and times");
  m.record<TicketImport>(seen_by_staff(), imports);
  for (auto name : {"imports.begun", "imports.tried", "imports.started", "imports.went_on",
                    "imports.done", "imports.failed"}) {
    m.event<TicketImport>(name, imports);
  }
  m.create("/ticket-imports", imports, begin_ticket_import)
      .first(check_ticket_import)
      .slow()
      .about("Try a file of tickets, or bring it in.");
  m.get("/ticket-imports", imports, list_ticket_imports)
      .about("Imports of tickets, the newest first.");
  m.get("/ticket-imports/{id}", imports, get_ticket_import)
      .about("How far an import is, and what it found.");
  m.post("/ticket-imports/{id}/start", imports, start_ticket_import)
      .about("Bring in what was only tried.");
  m.job("imports.part", ticket_import_part);
}

}  // namespace baijin::imports
