#pragma once
// Requests of people without an account (INT-8). Whoever holds the link's secret is the one who
// asked: 256 bits, kept as a hash, sent in a body and never in an address. What is wrong with it is
// always the same not_found, and guessing is throttled (Z9).
#include <optional>
#include <string>
#include <vector>

#include "hub/change.h"
#include "modules/customers/customers.h"
#include "modules/portal/guest_files.h"
#include "modules/portal/puzzles.h"
#include "modules/tickets/tickets.h"

namespace baijin::portal {

struct GuestRequest {
  Id<GuestRequest> id;
  Version version;
  Id<tickets::Ticket> ticket;
  Id<customers::Contact> contact;
  std::string hash;  // of the link's secret
  Time asked_at;
  std::optional<Time> ended_at;  // the desk took the link back
};
FIELDS(GuestRequest, id, version, ticket, contact, hash, asked_at, ended_at)
TABLE(GuestRequest, "guest_request", "guest_requests")

struct GuestServiceType {
  Id<catalogue::ServiceType> id;
  Name name_zh, name_en;
  std::optional<Text<1, 400>> about_zh, about_en;
  std::optional<Slug> icon;
  std::vector<catalogue::CustomField> fields;
};
FIELDS(GuestServiceType, id, name_zh, name_en, about_zh, about_en, icon, fields)

struct GuestForm {
  std::vector<GuestServiceType> service_types;
  std::optional<GuestPuzzle> puzzle;  // to be solved before asking
};
FIELDS(GuestForm, service_types, puzzle)

struct NewGuestRequest {
  Name name;
  std::optional<Email> email;
  std::optional<Phone> phone;  // one of the two
  std::optional<Text<2, 20>> locale;
  Id<catalogue::ServiceType> service_type;
  Text<1, 200> subject;
  Html<100'000> body;
  JsonMap custom;
  std::vector<GuestFileOfOwn> files;
  std::optional<GuestPuzzleAnswer> puzzle;
  std::optional<Lines<500>> website;  // no person sees or fills it
};
FIELDS(NewGuestRequest, name, email, phone, locale, service_type, subject, body, custom, files,
       puzzle, website)

struct GuestReceipt {
  std::string number;
  std::string link;  // shown this once; the secret stands behind '#', which browsers do not send
  std::optional<Time> promised_at;
  std::optional<Slug> promise;  // "response"
};
FIELDS(GuestReceipt, number, link, promised_at, promise)

struct GuestToken {
  Secret token;
};
FIELDS(GuestToken, token)

struct GuestMessage {
  Secret token;
  Html<100'000> body;
  std::vector<GuestFileOfOwn> files;
};
FIELDS(GuestMessage, token, body, files)

struct GuestConfirmation {
  Secret token;
  bool solved = false;
  std::optional<Lines<4'000>> comment;
  std::optional<std::int64_t> rating;
};
FIELDS(GuestConfirmation, token, solved, comment, rating)

struct GuestRating {
  Secret token;
  std::int64_t rating = 0;
  std::optional<Lines<2'000>> comment;
};
FIELDS(GuestRating, token, rating, comment)

struct GuestFile {
  Secret token;
  Id<files::File> file;
};
FIELDS(GuestFile, token, file)

// Who asked, as the desk sees it.
struct GuestCard {
  Id<tickets::Ticket> ticket;
  Name name;
  std::optional<std::string> email, phone;  // masked for those who may not see private details
  Time asked_at;
  bool link_works = false;
};
FIELDS(GuestCard, ticket, name, email, phone, asked_at, link_works)

// not_found where the organisation takes no requests of guests.
GuestForm get_guest_form(Reader& reader);
// invalid "required" | "not_active" | "too_many_files" | "wrong_puzzle"; conflict "files_are_gone";
// too_many "too_many_attempts".
GuestReceipt ask_as_guest(Change& change, const NewGuestRequest& input);
// As its customer sees it, with the first 50 messages; the desk is told what he has read. What came
// by mail is withheld from who has not shown that the address is his, by a link mailed there (M9).
tickets::TicketView show_to_guest(Change& change, const GuestToken& input);
tickets::TicketView answer_as_guest(Change& change, const GuestMessage& input);
tickets::TicketView confirm_as_guest(Change& change, const GuestConfirmation& input);
tickets::TicketView rate_as_guest(Change& change, const GuestRating& input);
// A file of the conversation.
void send_to_guest(Change& change, const GuestFile& input);

// For the desk: who asked; not_found for tickets of others. Ending the link is for good.
GuestCard get_guest(Reader& reader, Id<tickets::Ticket> ticket);
void end_guest_link(Change& change, Id<tickets::Ticket> ticket);

}  // namespace baijin::portal
