#include "modules/portal/guests.h"

#include <charconv>

#include "hub/hub.h"
#include "hub/keys.h"
#include "modules/accounts/accounts.h"
#include "modules/organisation/organisation.h"
#include "modules/portal/portal.h"

namespace baijin::portal {
namespace {

constexpr std::size_t secret_length = 43;        // 256 bits in base64url
constexpr auto link_outlives_ticket = days(90);  // after it was closed
constexpr std::int64_t most_messages_an_hour = 30;
constexpr std::string_view guest_rights[] = {"tickets.read", "tickets.create", "tickets.work"};

std::string link_of(Reader& reader, std::string_view secret) {
  std::string_view base = reader.hub().options().base_url;
  if (base.ends_with('/')) base.remove_suffix(1);
  return std::string(base) + "/portal/follow#" + std::string(secret);
}

// For this one Change: files that he claims are his own by the session (guest_files.h).
Actor acting_as(Reader& reader, Id<customers::Contact> contact) {
  auto actor = customers::acting_as(reader, contact, guest_rights);
  actor.session = Keys::hash_of_token(reader.hub().keys().random_token());
  return actor;
}

bool has_outlived(const tickets::Ticket& ticket, Time now) {
  return ticket.closed_at && now - *ticket.closed_at > link_outlives_ticket;
}

bool was_taken_back(Reader& reader, Id<tickets::Ticket> ticket) {
  return reader.any(R"(SELECT 1 FROM guest_requests g
      WHERE g.ticket = $1 AND g.ended_at IS NOT NULL {all: whoever holds a link})",
                    ticket);
}

// The secret of a link in a mail is "t17.MAC": nothing is kept of it, and it names its ticket.
constexpr std::string_view mailed_purpose = "link in a mail";
std::string mailed_text(Id<tickets::Ticket> ticket, Id<customers::Contact> contact) {
  return std::to_string(ticket.value) + ":" + std::to_string(contact.value);
}
std::optional<Id<tickets::Ticket>> mailed_ticket(Reader& reader, std::string_view secret) {
  auto dot = secret.find('.');
  if (!secret.starts_with('t') || dot == secret.npos) return {};
  std::int64_t id = 0;
  auto digits = secret.substr(1, dot - 1);
  auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
  if (problem != std::errc{} || end != digits.data() + digits.size() || id < 1) return {};
  auto ticket = reader.find_unseen(Id<tickets::Ticket>{id});
  if (!ticket || !ticket->contact) return {};
  bool genuine = reader.hub().keys().mac_matches(
      mailed_purpose, mailed_text(ticket->id, *ticket->contact), secret.substr(dot + 1));
  if (!genuine || was_taken_back(reader, ticket->id)) return {};
  return ticket->id;
}

std::optional<Id<tickets::Ticket>> guests_ticket(Reader& reader, std::string_view secret) {
  if (secret.size() != secret_length) return {};
  auto request = reader.first<GuestRequest>(R"(SELECT {fields g} FROM guest_requests g
      WHERE {all: whoever holds the secret} AND g.hash = $1)",
                                            Keys::hash_of_token(secret));
  if (!request || request->ended_at) return {};
  return request->ticket;
}

// Who shows a secret, what he asked and as whom he acts. The contact is the ticket's: when the desk
// has found out who the guest is, he goes on as that person, with this one ticket.
struct Guest {
  Id<tickets::Ticket> ticket;
  Actor actor;
  bool reads_mail = false;  // his link was mailed to him, so the address is his
};
Guest guest_with(Change& change, const Secret& token) {
  auto asked = mailed_ticket(change, token.value);
  bool mailed = asked.has_value();
  if (!asked) asked = guests_ticket(change, token.value);
  auto ticket = asked ? change.find_unseen(*asked) : std::nullopt;
  if (!ticket || !ticket->contact || has_outlived(*ticket, change.now())) throw not_found();
  return {ticket->id, acting_as(change, *ticket->contact), mailed};
}

// Anybody may give a stranger's address in the form and wait for what that stranger, or a machine,
// mails here: a code to sign in elsewhere with. Who has only the form's link reads none of it (M9).
bool is_withheld(const Guest& guest, bool from_customer, tickets::Channel channel) {
  return !guest.reads_mail && from_customer && channel == tickets::Channel::email;
}

tickets::TicketView shown_to(Change& change, const Guest& guest) {
  tickets::TicketView view;
  change.as(guest.actor, [&](Change& own) {
    view = tickets::get_ticket(own, guest.ticket, tickets::TicketQuery{true});
  });
  for (auto& message : *view.messages) {
    if (!is_withheld(guest, message.from_customer, message.channel)) continue;
    message.withheld = true;
    message.body.value.clear();
    message.files.clear();
    message.remote_images = false;
  }
  return view;
}

tickets::NewTicket request_of(const NewGuestRequest& input) {
  tickets::NewTicket request;
  request.service_type = input.service_type;
  request.subject = input.subject;
  request.body = input.body;
  request.custom = input.custom;
  return request;
}

void check(Reader& reader, const NewGuestRequest& input) {
  if (!input.email && !input.phone) throw invalid("required", "email");
  bool offered = false;
  for (const auto& type : catalogue::service_types_for_guests(reader)) {
    offered = offered || type.id == input.service_type;
  }
  if (!offered) throw invalid("not_active", "service_type");
}

// A field that no person sees was filled in: the program that did gets what looks like an answer.
GuestReceipt let_down(Change& change) {
  auto number = tickets::drawn_number(change);
  change.tell("portal.guest_trapped", organisation::the_organisation(change));
  return {std::move(number), link_of(change, change.hub().keys().random_token()), {}, {}};
}

void give_to_team(Change& change, Id<tickets::Ticket> ticket) {
  auto team = organisation::the_organisation(change).guest_team;
  if (!team) return;
  tickets::Assignment assignment;
  assignment.team = {true, team};
  change.as(program_actor(), [&](Change& own) { tickets::assign(own, ticket, assignment); });
}

std::string remember(Change& change, Id<tickets::Ticket> ticket, Id<customers::Contact> contact) {
  auto secret = change.hub().keys().random_token();
  GuestRequest request;
  request.ticket = ticket;
  request.contact = contact;
  request.hash = Keys::hash_of_token(secret);
  request.asked_at = change.now();
  change.add(request);
  change.tell_about("portal.guest_asked", {"guest_request", request.id.value}, {});
  return secret;
}

void must_not_flood(Reader& reader, Id<tickets::Ticket> ticket) {
  auto lately = reader.value<std::int64_t>(R"(SELECT count(*) FROM messages m
      WHERE m.ticket = $1 AND m.from_customer = TRUE AND m.created_at > $2
      {all: only how many})",
                                           ticket, reader.now() - hours(1));
  if (lately.value_or(0) < most_messages_an_hour) return;
  Error error(Kind::too_many, "too_many_attempts");
  error.retry_after_seconds = 3'600;
  throw error;
}

GuestRequest request_about(Reader& reader, Id<tickets::Ticket> ticket) {
  auto found = reader.first<GuestRequest>(R"(SELECT {fields g} FROM guest_requests g
      WHERE g.ticket = $1 AND {visible g})",
                                          ticket);
  if (!found) throw not_found();
  return std::move(*found);
}

}  // namespace

std::string follow_link(Reader& reader, Id<tickets::Ticket> ticket,
                        Id<customers::Contact> contact) {
  auto mac = reader.hub().keys().mac(mailed_purpose, mailed_text(ticket, contact));
  return link_of(reader, "t" + std::to_string(ticket.value) + "." + mac);
}

GuestForm get_guest_form(Reader& reader) {
  if (!organisation::the_organisation(reader).guest_requests) throw not_found();
  GuestForm form;
  for (auto& type : catalogue::service_types_for_guests(reader)) {
    form.service_types.push_back({type.id, type.name_zh, type.name_en, type.about_zh, type.about_en,
                                  type.icon, catalogue::customer_fields_of(reader, type.id)});
  }
  form.puzzle = new_puzzle(reader);
  return form;
}

GuestReceipt ask_as_guest(Change& change, const NewGuestRequest& input) {
  if (!organisation::the_organisation(change).guest_requests) throw not_found();
  check(change, input);
  accounts::count_asking(change, "guest request");
  if (input.website && !input.website->value.empty()) return let_down(change);
  must_be_solved(change, input.puzzle);
  auto contact = customers::add_stranger(change,
                                         {input.name, input.email, input.phone, input.locale});
  tickets::Ticket ticket;
  change.as(acting_as(change, contact), [&](Change& own) {
    auto request = request_of(input);
    request.files = claim_guest_files(own, input.files);
    ticket = tickets::open_ticket(own, request);
  });
  give_to_team(change, ticket.id);
  auto secret = remember(change, ticket.id, contact);
  return {ticket.number, link_of(change, secret), ticket.due_at, ticket.due_kind};
}

tickets::TicketView show_to_guest(Change& change, const GuestToken& input) {
  auto guest = guest_with(change, input.token);
  change.as(guest.actor,
            [&](Change& own) { tickets::read_by_customer(own, own.get(guest.ticket), own.now()); });
  return shown_to(change, guest);
}

tickets::TicketView answer_as_guest(Change& change, const GuestMessage& input) {
  auto guest = guest_with(change, input.token);
  must_not_flood(change, guest.ticket);
  tickets::NewMessage message;
  message.body = input.body;
  change.as(guest.actor, [&](Change& own) {
    message.files = claim_guest_files(own, input.files);
    tickets::add_message(own, guest.ticket, message);
  });
  return shown_to(change, guest);
}

tickets::TicketView confirm_as_guest(Change& change, const GuestConfirmation& input) {
  auto guest = guest_with(change, input.token);
  change.as(guest.actor, [&](Change& own) {
    tickets::confirm(own, guest.ticket, {input.solved, input.comment, input.rating});
  });
  return shown_to(change, guest);
}

tickets::TicketView rate_as_guest(Change& change, const GuestRating& input) {
  auto guest = guest_with(change, input.token);
  change.as(guest.actor, [&](Change& own) {
    tickets::rate_ticket(own, guest.ticket, {input.rating, input.comment});
  });
  return shown_to(change, guest);
}

// Only what hangs on this request: the person may be known with others, too.
void send_to_guest(Change& change, const GuestFile& input) {
  auto guest = guest_with(change, input.token);
  std::optional<files::File> found;
  change.as(guest.actor, [&](Change& own) {
    auto file = files::get_file(own, input.file);
    if (!file.holder || file.holder->kind != "message") throw not_found();
    auto message = own.get(Id<tickets::Message>{file.holder->id});
    bool withheld = is_withheld(guest, message.from_customer, message.channel);
    if (message.ticket != guest.ticket || withheld) throw not_found();
    found = std::move(file);
  });
  files::send_file(change, *found);
}

GuestCard get_guest(Reader& reader, Id<tickets::Ticket> id) {
  auto ticket = reader.get(id);
  auto request = request_about(reader, id);
  auto contact = reader.find_unseen(request.contact);
  if (!contact) throw not_found();
  bool plain = reader.actor().sees_private_details;
  GuestCard card{id, contact->name,    {},
                 {}, request.asked_at, !request.ended_at && !has_outlived(ticket, reader.now())};
  if (contact->email) {
    const auto& email = contact->email->value;
    card.email = plain ? email : customers::masked_email(email);
  }
  if (contact->phone) {
    const auto& phone = contact->phone->value;
    card.phone = plain ? phone : accounts::masked_phone(phone);
  }
  return card;
}

void end_guest_link(Change& change, Id<tickets::Ticket> ticket) {
  change.must_see({"ticket", ticket.value});
  auto request = change.take(request_about(change, ticket).id);
  if (request.ended_at) throw conflict("already_ended");
  request.ended_at = change.now();
  change.save(request);
  change.tell("portal.guest_link_ended", request);
}

}  // namespace baijin::portal
