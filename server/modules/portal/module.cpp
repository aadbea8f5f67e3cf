#include "hub/module.h"

#include "modules/accounts/accounts.h"
#include "modules/organisation/organisation.h"
#include "modules/portal/guests.h"
#include "modules/portal/home.h"
#include "modules/portal/portal.h"
#include "modules/portal/puzzles.h"

namespace baijin::portal {
namespace {

void install_guests(Module& m) {
  m.record<GuestRequest>(seen_with("ticket", "ticket", "FALSE"), "tickets.read");
  m.event<GuestRequest>("portal.guest_asked", "tickets.read");
  m.event<GuestRequest>("portal.guest_link_ended", "tickets.read");
  m.event<organisation::Organisation>("portal.guest_trapped", "audit.read");
  m.get("/guest-requests/form", "anyone", get_guest_form)
      .about("What people without an account may ask for.");
  m.create("/guest-requests", "anyone", ask_as_guest)
      .about("Ask without an account: a number, and a link to follow the request by.");
  m.post("/guest-requests/show", "anyone", show_to_guest)
      .about("A guest's request as its customer sees it, by the secret of its link.");
  m.post("/guest-requests/messages", "anyone", answer_as_guest).about("Answer as a guest.");
  m.post("/guest-requests/confirmations", "anyone", confirm_as_guest)
      .about("Say as a guest whether it is solved.");
  m.post("/guest-requests/ratings", "anyone", rate_as_guest).about("Say as a guest how it was.");
  m.post("/guest-requests/files", "anyone", send_to_guest)
      .raw()
      .about("Download a file of a guest's conversation.");
  m.get("/tickets/{id}/guest-request", "tickets.read", get_guest)
      .about("The guest who opened a ticket, for the desk.");
  m.del("/tickets/{id}/guest-request", "tickets.work", end_guest_link)
      .about("Take a guest's link back.");
  install_guest_files(m);
  install_puzzles(m);
}

}  // namespace

void install(Module& m) {
  m.get("/portal/home", "tickets.read", get_home)
      .about("What a customer's person sees first: what waits for him, how far his requests are.");
  install_guests(m);
}

}  // namespace baijin::portal
