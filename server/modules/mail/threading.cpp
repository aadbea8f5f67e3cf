#include "modules/mail/threading.h"

#include <algorithm>

#include "hub/hub.h"
#include "hub/keys.h"
#include "hub/module.h"
#include "mime/reference.h"
#include "modules/customers/customers.h"
#include "modules/mail/mailboxes.h"

namespace baijin::mail {
namespace {

constexpr std::size_t most_proposed = 20;

std::string marks_in(const mime::Message& letter) {
  std::string text;
  auto add = [&](std::string_view mark) { text.append(mark).append(" "); };
  for (const auto& id : letter.references) add(id);
  for (const auto& id : letter.in_reply_to) add(id);
  for (const auto& address : letter.to) add(address.email);
  for (const auto& address : letter.cc) add(address.email);
  return text;
}

bool is_among(const std::vector<std::string>& list, std::string_view wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

void add_distinct(std::vector<std::string>& list, std::string email) {
  if (!email.empty() && !is_among(list, email)) list.push_back(std::move(email));
}

// support+TOKEN@desk.example is our mailbox, too.
bool is_ours(Reader& reader, const std::string& email) {
  if (is_own_address(reader, email)) return true;
  auto at = email.rfind('@');
  auto plus = email.find('+');
  if (at == email.npos || plus == email.npos || plus > at) return false;
  return is_own_address(reader, email.substr(0, plus) + email.substr(at));
}

}  // namespace

std::string reference_key(Reader& reader) { return reader.hub().keys().key_for("mail reference"); }

std::optional<tickets::Ticket> living_ticket(Reader& reader, Id<tickets::Ticket> id) {
  auto ticket = reader.find_unseen(id);
  for (int hops = 0; ticket && ticket->merged_into && hops < 20; ++hops) {
    ticket = reader.find_unseen(*ticket->merged_into);
  }
  return ticket;
}

std::vector<std::string> taking_part(Reader& reader, const tickets::Ticket& ticket) {
  std::vector<std::string> list;
  if (ticket.contact) {
    auto contact = reader.find_unseen(*ticket.contact);
    if (contact && contact->active && contact->email) add_distinct(list, contact->email->value);
  }
  auto wrote = reader.values<std::string>(R"(SELECT DISTINCT c.email FROM messages m
      JOIN contacts c ON c.id = m.contact
      WHERE m.ticket = $1 AND m.from_customer = TRUE AND c.active = TRUE AND c.email IS NOT NULL
      {all: who takes part is asked by the program})",
                                          ticket.id);
  for (auto& email : wrote) add_distinct(list, std::move(email));
  auto admitted = reader.values<std::string>(R"(SELECT p.email FROM participants p
      WHERE p.ticket = $1 AND p.state = 'admitted' {all: who takes part is asked by the program})",
                                             ticket.id);
  for (auto& email : admitted) add_distinct(list, std::move(email));
  return list;
}

FoundThread thread_of(Reader& reader, const mime::Message& letter, const std::string& sender) {
  auto text = marks_in(letter);
  auto claimed = mime::claimed_tickets(text);
  auto key = claimed.empty() ? std::string() : reference_key(reader);
  FoundThread found;
  for (auto claim = claimed.rbegin(); claim != claimed.rend(); ++claim) {
    auto marked = reader.find_unseen(Id<tickets::Ticket>{*claim});
    if (!marked) continue;
    auto people = taking_part(reader, *marked);
    bool genuine = std::any_of(people.begin(), people.end(), [&](const std::string& person) {
      return mime::read_reference(key, text, person) == *claim;
    });
    auto ticket = genuine ? living_ticket(reader, marked->id) : std::nullopt;
    if (!ticket) continue;
    bool takes_part = is_among(people, sender) || is_among(taking_part(reader, *ticket), sender);
    if (takes_part) return {judging::Thread::takes_part, ticket->id};
    if (!found.ticket) found = {judging::Thread::does_not_take_part, ticket->id};
  }
  return found;
}

void propose_participants(Change& change, const tickets::Ticket& ticket,
                          const mime::Message& letter) {
  auto known = taking_part(change, ticket);
  std::size_t proposed = 0;
  for (const auto* list : {&letter.to, &letter.cc}) {
    for (const auto& address : *list) {
      if (!address.valid || is_among(known, address.email) || is_ours(change, address.email)) {
        continue;
      }
      if (++proposed > most_proposed) return;
      std::optional<Name> name;
      auto shown = shorten(address.name, 120);
      if (!shown.empty()) name = Name{shown};
      change.execute(R"(INSERT INTO participants (version, ticket, email, name, state, added_at)
          VALUES (1, $1, $2, $3, 'proposed', $4) ON CONFLICT (ticket, email) DO NOTHING)",
                     ticket.id, address.email, name, change.now());
    }
  }
}

std::vector<Participant> list_participants(Reader& reader, Id<tickets::Ticket> ticket) {
  reader.get(ticket);
  return reader.list<Participant>(R"(SELECT {fields p} FROM participants p
      WHERE p.ticket = $1 AND {visible p} ORDER BY p.id)",
                                  ticket);
}

Participant add_participant(Change& change, Id<tickets::Ticket> id, const NewParticipant& input) {
  if (!change.actor().staff()) throw forbidden("not_for_customers");
  auto ticket = change.get(id);
  auto known = change.first<Participant>(R"(SELECT {fields p} FROM participants p
      WHERE p.ticket = $1 AND p.email = $2 AND {visible p})",
                                         id, input.email);
  Participant participant;
  if (known) participant = change.take(known->id);
  participant.ticket = id;
  participant.email = input.email;
  if (input.name) participant.name = input.name;
  participant.state = Taking::admitted;
  if (known) {
    change.save(participant);
  } else {
    participant.added_at = change.now();
    change.add(participant);
  }
  change.tell("mail.participant_admitted", ticket, {{"participant", participant.id.value}});
  return participant;
}

Participant change_participant(Change& change, Id<Participant> id, const ParticipantPatch& input) {
  auto participant = change.take(id);
  auto ticket = change.get(participant.ticket);
  input.state.into(participant.state);
  change.save(participant);
  change.tell(participant.state == Taking::admitted ? "mail.participant_admitted"
                                                    : "mail.participant_refused",
              ticket, {{"participant", participant.id.value}});
  return participant;
}

void install_threading(Module& m) {
  m.record<Participant>(seen_with("ticket", "ticket", "FALSE"), "tickets.read");
  m.event<tickets::Ticket>("mail.participant_admitted", "tickets.read");
  m.event<tickets::Ticket>("mail.participant_refused", "tickets.read");
  m.get("/tickets/{id}/participants", "tickets.read", list_participants)
      .about("Who besides its contact takes part in a ticket by mail, or was named in Cc.");
  m.create("/tickets/{id}/participants", "tickets.work", add_participant)
      .about("Let somebody take part: he gets copies of replies, and his mails are let in.");
  m.patch("/participants/{id}", "tickets.work", change_participant)
      .about("Admit or refuse somebody who was named in Cc.");
}

}  // namespace baijin::mail
