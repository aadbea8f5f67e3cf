#pragma once
// Which ticket a letter belongs to, and who takes part in it. Only a mark of our own making leads
// to a ticket, and only together with a sender who takes part in it; subjects and numbers never do
// (security.md M1, Z9).
#include <string>
#include <vector>

#include "mime/message.h"
#include "modules/mail/judging.h"
#include "modules/mail/mail.h"

namespace baijin::mail {

struct FoundThread {
  judging::Thread kind = judging::Thread::none;
  std::optional<Id<tickets::Ticket>> ticket;
};

FoundThread thread_of(Reader& reader, const mime::Message& letter, const std::string& sender);

// The ticket, or the one it was merged into in the end.
std::optional<tickets::Ticket> living_ticket(Reader& reader, Id<tickets::Ticket> id);

// Addresses of those who take part: the ticket's contact, contacts who wrote on it, and others whom
// the desk admitted. Whoever asks.
std::vector<std::string> taking_part(Reader& reader, const tickets::Ticket& ticket);

// The key of our marks (mime/reference.h).
std::string reference_key(Reader& reader);

// Names in To and Cc that are nobody we know of on this ticket: proposed, until the desk admits
// them (M3). At most 20 a letter.
void propose_participants(Change& change, const tickets::Ticket& ticket,
                          const mime::Message& letter);

struct ParticipantPatch {
  Given<Taking> state;
};
FIELDS(ParticipantPatch, state)

struct NewParticipant {
  Email email;
  std::optional<Name> name;
};
FIELDS(NewParticipant, email, name)

std::vector<Participant> list_participants(Reader& reader, Id<tickets::Ticket> ticket);
Participant add_participant(Change& change, Id<tickets::Ticket> ticket,
                            const NewParticipant& input);
Participant change_participant(Change& change, Id<Participant> id, const ParticipantPatch& input);

void install_threading(Module& m);

}  // namespace baijin::mail
