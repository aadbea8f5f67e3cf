#pragma once
// What this module's commands share.
#include "modules/tickets/rules.h"
#include "modules/tickets/tickets.h"

namespace baijin::tickets {

// Makes the transition: enters its state, starts or stops the clock of silence, saves and tells.
// Guards, rights and needs are the caller's. `ticket` was taken.
void go(Change& change, Ticket& ticket, const catalogue::Workflow& workflow,
        const catalogue::Transition& way, std::string_view reason, boost::json::object more = {});
// As go(), to a state without a transition: back to where it was before it waited.
void go_on(Change& change, Ticket& ticket, const catalogue::State& state, std::string_view reason);

// The slug of the first guard of the transition that refuses, with the guard's name before it.
struct Refusal {
  std::string guard, reason;
};
std::vector<Refusal> refusals(Reader& reader, Id<Ticket> ticket, const catalogue::Transition& way);

// Whether the actor has what the transition asks of him.
bool may_make(const Change& change, const catalogue::Transition& way);

// ── ratings ──────────────────────────────────────────────────────────────────────────────────

// Sets it; saving and telling are the caller's. invalid("out_of_range", field).
void put_rating(Change& change, Ticket& ticket, const NewRating& input, std::string_view field);
void tell_rating(Change& change, const Ticket& ticket);
// Rates a closed ticket, along the transition that is there for it if there is one.
void rate(Change& change, Ticket& ticket, const catalogue::Workflow& workflow,
          const NewRating& input);

// Whether a closed ticket may still be taken up again under its number.
bool may_reopen(const Ticket& ticket, Time now);

// A customer has answered: a ticket that waited goes on, one that was offered as solved or was
// closed is taken up again. conflict("reopen_window_passed").
void take_up_after_answer(Change& change, const Ticket& ticket);

// Writes the message and tells it, without moving the ticket. `opening`: the request itself, which
// is told with the ticket.
enum class Part { opening, conversation };
Message write_message(Change& change, const Ticket& ticket, const NewMessage& input,
                      const Origin& origin, Part part);

// Writes the evidence; the caller has checked rights and that the ticket is open.
Evidence write_evidence(Change& change, const Ticket& ticket, const NewEvidence& input);

// An active member of staff, else invalid("not_staff", field).
void must_be_staff(Reader& reader, Id<accounts::User> user, std::string_view field);

void set_tags(Change& change, const Ticket& ticket, const std::vector<Tag>& before);

// Customers' people: the contact the actor is.
std::optional<Id<customers::Contact>> contact_of(const Actor& actor);

struct SilencePayload {
  Id<Ticket> ticket;
  Time since;  // of the state whose silence is counted
  std::int64_t step = 1;
};
FIELDS(SilencePayload, ticket, since, step)
void speak_to_silence(Change& change, const SilencePayload& payload);

struct SendPayload {
  Id<Message> message;
};
FIELDS(SendPayload, message)
void send_message(Change& change, const SendPayload& payload);

// Tickets follow the customers and contacts they name when those are merged, or merged no longer.
void listen_to_merges(Module& m);

}  // namespace baijin::tickets
