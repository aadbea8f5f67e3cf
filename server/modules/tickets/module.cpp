#include "hub/module.h"

#include "modules/customers/customers.h"
#include "modules/remote_images/remote_images.h"
#include "modules/search/search.h"
#include "modules/tickets/customer_story.h"
#include "modules/tickets/desk.h"
#include "modules/tickets/exports.h"
#include "modules/tickets/reads.h"
#include "modules/tickets/related.h"
#include "modules/tickets/steps.h"

namespace baijin::tickets {
namespace {

// Who sees a ticket (SEC-2). Each wider scope holds the narrower ones.
constexpr std::string_view own =
    "{t}.assignee = $user OR {t}.created_by = $user OR "
    "{t}.id IN (SELECT w.ticket FROM watchers w WHERE w.member = $user)";
constexpr std::string_view team =
    "{t}.assignee = $user OR {t}.created_by = $user OR "
    "{t}.id IN (SELECT w.ticket FROM watchers w WHERE w.member = $user) OR "
    "{t}.team IN (SELECT m.team FROM team_members m WHERE m.member = $user)";
constexpr std::string_view region =
    "{t}.assignee = $user OR {t}.created_by = $user OR "
    "{t}.id IN (SELECT w.ticket FROM watchers w WHERE w.member = $user) OR "
    "{t}.team IN (SELECT m.team FROM team_members m WHERE m.member = $user) OR "
    "{t}.region IN (SELECT r.region FROM user_regions r WHERE r.member = $user)";
constexpr std::string_view contact =
    "{t}.contact = $contact OR {t}.customer IN "
    "(SELECT c.customer FROM contact_customers c WHERE c.contact = $contact AND c.lead = TRUE)";

// Ready-made replies and saved views are one's own, a team's or everybody's.
constexpr std::string_view offered =
    "{t}.owner = $user OR ({t}.owner IS NULL AND ({t}.team IS NULL OR "
    "{t}.team IN (SELECT m.team FROM team_members m WHERE m.member = $user)))";

void declare_rights(Module& m) {
  m.right("tickets.read", "See tickets");
  m.right("tickets.create", "Open tickets");
  m.right("tickets.work", "Reply, write notes, record evidence and work");
  m.right("tickets.assign", "Assign tickets to teams and people");
  m.right("tickets.transition", "Move tickets along their workflow where it is a decision");
  m.right("tickets.waive", "Let a ticket go on without a demanded record, with a reason");
  m.right("tickets.merge", "Merge and split tickets");
  m.right("tickets.bulk", "Change many tickets at once");
}

void declare_events(Module& m) {
  auto of_ticket = [&](std::string_view name, Audience audience) {
    m.event<Ticket>(name, "tickets.read", audience);
  };
  for (auto name :
       {"tickets.opened", "tickets.moved", "tickets.closed", "tickets.reopened", "tickets.replied",
        "tickets.answered", "tickets.rated", "tickets.confirmation_reminded"}) {
    of_ticket(name, Audience::customer);
  }
  for (auto name : {"tickets.changed", "tickets.assigned", "tickets.noted", "tickets.mentioned",
                    "tickets.reply_prepared", "tickets.reply_withdrawn", "tickets.message_changed",
                    "tickets.evidence_recorded", "tickets.waived", "tickets.closing_held",
                    "tickets.exported"}) {
    of_ticket(name, Audience::staff);
  }
}

void declare_routes(Module& m) {
  m.get("/tickets", "tickets.read", list_tickets).about("List tickets, newest first.");
  m.create("/tickets", "tickets.create",
           static_cast<Ticket (*)(Change&, const NewTicket&)>(open_ticket))
      .about("Open a ticket with its first message.");
  m.get("/tickets/{id}", "tickets.read", get_ticket)
      .about("A ticket with the names it refers to and what may be done with it.");
  m.patch("/tickets/{id}", "tickets.read", change_ticket)
      .about("Change what a ticket says; customers only while nobody has begun.");
  m.post("/tickets/{id}/transitions", "tickets.read", move)
      .about("Move a ticket along its workflow.");
  m.post("/tickets/{id}/assignments", "tickets.read", assign)
      .about("Assign a ticket, or take one that nobody has.");
  m.post("/tickets/{id}/confirmations", "tickets.read", confirm).about("Say whether it is solved.");
  m.post("/tickets/{id}/ratings", "tickets.read", rate_ticket)
      .about("Say how it was, as the customer.");
  m.get("/tickets/{id}/messages", "tickets.read", list_messages).about("The conversation.");
  m.create("/tickets/{id}/messages", "tickets.work",
           static_cast<Message (*)(Change&, Id<Ticket>, const NewMessage&)>(add_message))
      .about("Reply or write a note.");
  m.patch("/messages/{id}", "tickets.work", change_message)
      .about("Change one's own reply before it is sent.");
  m.del("/messages/{id}", "tickets.work", withdraw_message)
      .about("Take back one's own reply before it is sent.");
  m.get("/tickets/{id}/evidence", "tickets.read", list_evidence)
      .about("What was recorded: diagnosis, backup, solution, test and the like.");
  m.create("/tickets/{id}/evidence", "tickets.work", record_evidence)
      .about("Record evidence, or waive a demand for it.");
  m.get("/tickets/{id}/timeline", "tickets.read", timeline)
      .about("Everything that happened, newest first.");
  m.get("/tickets/{id}/archive", "tickets.read", archive)
      .about("The archive record: the ticket and its whole story.");
}

std::map<std::string, std::int64_t> tickets_by_state(Reader& reader,
                                                     Id<catalogue::Workflow> workflow) {
  std::map<std::string, std::int64_t> counts;
  reader.each(R"(SELECT t.state, count(*) FROM tickets t WHERE t.workflow = $1
      {all: only how many} GROUP BY t.state)",
              [&](const db::Row& row) {
                Cell state, count;
                row.read(0, state);
                row.read(1, count);
                counts[std::string(state.text)] = count.as_integer();
              },
              workflow);
  return counts;
}

std::vector<Id<customers::Customer>> customers_of(Reader& reader) {
  std::vector<Id<customers::Customer>> own_customers;
  for (const auto& membership : customers::memberships(reader, reader.actor().contact)) {
    own_customers.push_back(membership.customer);
  }
  return own_customers;
}

}  // namespace

void install(Module& m) {
  m.record<Ticket>({own, team, region, contact, "", "", ""}, "tickets.read");
  m.record<Message>(seen_with("ticket", "ticket", "{t}.kind = 'reply' AND {t}.state = 'sent'"),
                    "tickets.read");
  m.record<Evidence>(
      seen_with("ticket", "ticket", "{t}.kind IN ('solution', 'test', 'appointment', 'signature')"),
      "tickets.read");
  declare_rights(m);
  declare_events(m);
  declare_routes(m);
  register_guards(m);
  catalogue::register_state_use(m, "tickets", tickets_by_state);
  customers::count_on_page(m, "open_tickets", [](Reader& reader, Id<customers::Customer> customer) {
    return reader
        .value<std::int64_t>(R"(SELECT count(*) FROM tickets t
            WHERE t.customer = $1 AND t.closed_at IS NULL AND {visible t})",
                             customer)
        .value_or(0);
  });
  search::searchable_customers(customers_of);
  remote_images::shows_remote_images(m, "message", [](Reader& reader, std::int64_t id) {
    return reader.get(Id<Message>{id}).body.value;
  });
  listen_to_merges(m);
  m.job("tickets.await_confirmation", speak_to_silence);
  m.job("tickets.send_message", send_message);
  install_reads(m);
  install_related(m);
  install_customer_story(m);
  install_exports(m);
  install_desk(m, {offered, offered, offered, "", "", "", ""});
}

}  // namespace baijin::tickets
