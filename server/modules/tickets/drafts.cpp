#include "modules/tickets/drafts.h"

#include "hub/module.h"
#include "modules/accounts/accounts.h"

namespace baijin::tickets {
namespace {

std::optional<Draft> own_draft(Reader& reader, Id<Ticket> ticket) {
  reader.must_see({"ticket", ticket.value});
  return reader.first<Draft>(R"(SELECT {fields d} FROM drafts d WHERE d.ticket = $1
      AND d.author = $2 {all: one's own, on a ticket that the actor sees})",
                             ticket, reader.actor().user);
}

}  // namespace

Draft get_draft(Reader& reader, Id<Ticket> ticket) {
  if (auto draft = own_draft(reader, ticket)) return *draft;
  Draft nothing;
  nothing.ticket = ticket;
  nothing.author = reader.actor().user;
  nothing.updated_at = reader.now();
  return nothing;
}

Draft keep_draft(Change& change, Id<Ticket> ticket, const NewDraft& input) {
  if (!change.actor().staff() && input.kind != MessageKind::reply) {
    throw forbidden("not_for_customers");
  }
  for (auto file : input.files) files::get_file(change, file);
  auto before = own_draft(change, ticket);
  Draft draft;
  if (before) draft = change.take_unseen(before->id);
  draft.ticket = ticket;
  draft.author = change.actor().user;
  draft.kind = input.kind;
  draft.body = input.body;
  draft.files = input.files;
  draft.updated_at = change.now();
  if (before) change.save(draft);
  else change.add(draft);
  change.tell_about("tickets.draft_kept", {"draft", draft.id.value}, {});
  return draft;
}

void discard_draft(Change& change, Id<Ticket> ticket) {
  auto draft = own_draft(change, ticket);
  if (!draft) return;
  change.remove(*draft);
  change.tell_about("tickets.draft_discarded", {"draft", draft->id.value}, {});
}

void install_drafts(Module& m) {
  constexpr std::string_view own = "{t}.author = $user";
  m.record<Draft>({own, own, own, own, "", "", ""}, "tickets.read");
  for (auto name : {"tickets.draft_kept", "tickets.draft_discarded"}) {
    m.event<Draft>(name, "tickets.read");
  }
  m.get("/tickets/{id}/draft", "tickets.read", get_draft)
      .about("What one was writing; version 0: nothing.");
  m.put("/tickets/{id}/draft", "tickets.work", keep_draft).about("Keep what one is writing.");
  m.del("/tickets/{id}/draft", "tickets.work", discard_draft).about("Throw it away.");
}

}  // namespace baijin::tickets
