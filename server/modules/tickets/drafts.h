#pragma once
// What somebody is writing and has not sent yet: one draft a person and ticket, kept while typing
// so that nothing is lost when a browser closes (TKT-5). Nobody but its author reads it.
#include "modules/tickets/desk.h"

namespace baijin::tickets {

struct Draft {
  Id<Draft> id;
  Version version;
  Id<Ticket> ticket;
  Id<accounts::User> author;
  MessageKind kind = MessageKind::reply;
  Html<100'000> body;
  std::vector<Id<files::File>> files;
  Time updated_at;
};
FIELDS(Draft, id, version, ticket, author, kind, body, files, updated_at)
TABLE(Draft, "draft", "drafts")

struct NewDraft {
  MessageKind kind = MessageKind::reply;
  Html<100'000> body;
  std::vector<Id<files::File>> files;
};
FIELDS(NewDraft, kind, body, files)

// Version 0 and nothing in it: the actor has written nothing there.
Draft get_draft(Reader& reader, Id<Ticket> ticket);
// Takes the place of the draft before. Customers write replies only.
Draft keep_draft(Change& change, Id<Ticket> ticket, const NewDraft& input);
// Where there is none nothing happens.
void discard_draft(Change& change, Id<Ticket> ticket);

}  // namespace baijin::tickets
