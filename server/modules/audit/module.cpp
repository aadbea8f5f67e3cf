#include "hub/module.h"

#include "modules/accounts/accounts.h"
#include "modules/audit/audit.h"

namespace baijin::audit {

void install(Module& m) {
  m.right("audit.read", "Read the event log");
  m.right("audit.export", "Take the event log out of the house");
  m.event<accounts::User>("audit.exported", "audit.read");
  m.get("/events", "audit.read", list_events)
      .about("What happened: newest first, or after a place in the log.");
  m.get("/audit/export", "audit.export", export_events)
      .raw()
      .slow()
      .about("The event log as CSV or JSON lines; the export is told as an event.");
  m.get("/audit/kinds", "audit.read", list_event_kinds).about("The kinds of events there can be.");
  m.get("/audit/seal", "audit.read", get_seal).about("How far the log is sealed.");
}

}  // namespace baijin::audit
