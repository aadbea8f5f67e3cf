#pragma once
// Tickets (服务单): the one object through which all work flows. A customer asks (open_ticket),
// the desk and the customer talk (add_message), the work moves along the workflow of its service
// type (move) and leaves evidence; the customer confirms, or silence closes; everything that
// happened can be read as one timeline and exported as the archive record.
// TKT-1 … TKT-5, TKT-8 … TKT-10, TKT-12.
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "hub/change.h"
#include "hub/reader.h"
#include "modules/catalogue/catalogue.h"
#include "modules/files/files.h"
#include "modules/tickets/evidence.h"
#include "modules/tickets/messages.h"
#include "modules/tickets/progress.h"

namespace baijin {

class Module;

namespace accounts {
struct Region;
struct Team;
struct User;
}  // namespace accounts
namespace customers {
struct Contact;
struct Customer;
struct Site;
}  // namespace customers
namespace products {
struct Asset;
struct Product;
struct ProductVersion;
}  // namespace products

namespace tickets {

using catalogue::Impact;
using catalogue::Phase;
using catalogue::Priority;
using catalogue::Severity;
using Tag = Text<1, 40>;

// What the contract says of it (ENT-2); decided by entitlements, unknown until then.
enum class Entitlement { unknown, covered, limited, not_covered };
BOOST_DESCRIBE_ENUM(Entitlement, unknown, covered, limited, not_covered)
enum class ChargeMode { undecided, contract, warranty, charged, goodwill };
BOOST_DESCRIBE_ENUM(ChargeMode, undecided, contract, warranty, charged, goodwill)

// The state whose name all workflows share for "the customer has the ball".
inline constexpr std::string_view waits_for_customer = "waiting_customer";

struct Ticket {
  Id<Ticket> id;
  Version version;
  std::string number;  // "2026-4831-9207"
  Text<1, 200> subject;
  Id<catalogue::ServiceType> service_type;
  Id<catalogue::Workflow> workflow;
  std::string state;  // a key of the workflow
  Phase phase = Phase::fresh;
  Time state_since;
  std::optional<std::string> previous_state;  // where it goes on when the customer has answered
  Priority priority = Priority::P3;
  Lines<2'000> priority_reason;  // why it is not what the matrix says; else empty
  std::optional<Severity> severity;
  std::optional<Impact> impact;
  std::optional<Id<catalogue::Category>> category;
  std::optional<Id<products::Product>> product;
  std::optional<Id<products::ProductVersion>> product_version;
  std::optional<Id<products::Asset>> asset;
  std::optional<Id<customers::Customer>> customer;
  std::optional<Id<customers::Site>> site;
  std::optional<Id<customers::Contact>> contact;
  Channel channel = Channel::staff;
  std::optional<Id<accounts::Region>> region;
  std::optional<Id<accounts::Team>> team;
  std::optional<Id<accounts::User>> assignee;
  Entitlement entitlement = Entitlement::unknown;
  ChargeMode charge_mode = ChargeMode::undecided;
  std::vector<Tag> tags;
  JsonMap custom;
  std::optional<Id<accounts::User>> created_by;
  Time created_at;
  Time updated_at;
  std::optional<Time> responded_at;  // the first reply to the customer
  std::optional<Time> resolved_at;   // offered to the customer as solved
  std::optional<Time> closed_at;     // set in the phase closed only
  std::optional<Time> due_at;        // the next promise and what it is
  std::optional<Slug> due_kind;
  std::int64_t reopened = 0;
  std::optional<Time> reopen_until;
  std::optional<std::int64_t> rating;  // 1 … 5
  std::optional<Lines<2'000>> rating_comment;
  std::optional<Time> rated_at;
  std::optional<Id<Ticket>> merged_into;
  // When something was said last, and when the customer was last told something: what makes a
  // ticket unread.
  std::optional<Time> last_message_at, last_reply_at;
};
FIELDS(Ticket, id, version, number, subject, service_type, workflow, state, phase, state_since,
       previous_state, priority, priority_reason, severity, impact, category, product,
       product_version, asset, customer, site, contact, channel, region, team, assignee,
       entitlement, charge_mode, tags, custom, created_by, created_at, updated_at, responded_at,
       resolved_at, closed_at, due_at, due_kind, reopened, reopen_until, rating, rating_comment,
       rated_at, merged_into, last_message_at, last_reply_at)
TABLE(Ticket, "ticket", "tickets")
STAFF_ONLY(Ticket, "previous_state", "priority_reason", "region", "team", "tags", "last_message_at")

struct NewTicket {
  Id<catalogue::ServiceType> service_type;
  Text<1, 200> subject;
  std::optional<Html<100'000>> body;  // the first message
  bool internal = false;              // then it is a note
  std::optional<Channel> channel;
  std::optional<Id<customers::Customer>> customer;
  std::optional<Id<customers::Site>> site;
  std::optional<Id<customers::Contact>> contact;
  std::optional<Id<products::Product>> product;
  std::optional<Id<products::ProductVersion>> product_version;
  std::optional<Id<products::Asset>> asset;
  std::optional<Id<catalogue::Category>> category;
  std::optional<Severity> severity;
  std::optional<Impact> impact;
  std::optional<Priority> priority;  // other than the matrix says: with priority_reason
  std::optional<Lines<2'000>> priority_reason;
  std::optional<Id<accounts::Team>> team;
  std::optional<Id<accounts::User>> assignee;
  std::vector<Tag> tags;
  JsonMap custom;
  std::vector<Id<files::File>> files;
  std::vector<Id<accounts::User>> watchers;
};
FIELDS(NewTicket, service_type, subject, body, internal, channel, customer, site, contact, product,
       product_version, asset, category, severity, impact, priority, priority_reason, team,
       assignee, tags, custom, files, watchers)

struct TicketPatch {
  Given<Text<1, 200>> subject;
  Given<Id<catalogue::ServiceType>> service_type;  // before any work: state "new" only
  Given<std::optional<Id<customers::Customer>>> customer;
  Given<std::optional<Id<customers::Site>>> site;
  Given<std::optional<Id<customers::Contact>>> contact;
  Given<std::optional<Id<products::Product>>> product;
  Given<std::optional<Id<products::ProductVersion>>> product_version;
  Given<std::optional<Id<products::Asset>>> asset;
  Given<std::optional<Id<catalogue::Category>>> category;
  Given<std::optional<Severity>> severity;
  Given<std::optional<Impact>> impact;
  Given<Priority> priority;
  Given<Lines<2'000>> priority_reason;
  Given<std::vector<Tag>> tags;
  JsonMap custom;  // laid over what is there; null takes a value away
};
FIELDS(TicketPatch, subject, service_type, customer, site, contact, product, product_version, asset,
       category, severity, impact, priority, priority_reason, tags, custom)

// ── reading ──────────────────────────────────────────────────────────────────────────────────

struct TicketFilter {
  std::optional<std::string> number;
  std::optional<Slug> state;
  std::optional<Phase> phase;
  std::optional<bool> open;             // not closed
  std::optional<std::string> assignee;  // "me", "none" or a user's id
  std::optional<Id<accounts::Team>> team;
  std::optional<Id<customers::Customer>> customer;
  std::optional<Id<customers::Contact>> contact;
  std::optional<Id<catalogue::ServiceType>> service_type;
  std::optional<Priority> priority;
  std::optional<Id<catalogue::Category>> category;
  std::optional<Id<products::Product>> product;
  std::optional<Id<products::Asset>> asset;
  std::optional<Channel> channel;
  std::optional<Tag> tag;
  std::optional<bool> watched;    // by me
  std::optional<bool> unread;     // by me
  std::optional<bool> rated;      // by the customer
  std::optional<Text<1, 200>> q;  // the newest 50 that the search finds
  std::optional<Time> created_from, created_to, updated_from, updated_to, due_from, due_to;
  Paging paging;  // sorts: created_at, updated_at, priority, number, due_at, state, assignee
};
FIELDS(TicketFilter, number, state, phase, open, assignee, team, customer, contact, service_type,
       priority, category, product, asset, channel, tag, watched, unread, rated, q, created_from,
       created_to, updated_from, updated_to, due_from, due_to, paging)

// A line of a list.
struct TicketRow {
  Id<Ticket> id;
  Version version;
  std::string number;
  Text<1, 200> subject;
  Id<catalogue::ServiceType> service_type;
  std::string state;
  Phase phase = Phase::fresh;
  Priority priority = Priority::P3;
  std::optional<Id<customers::Customer>> customer;
  std::optional<std::string> customer_name;
  std::optional<Id<customers::Contact>> contact;
  std::optional<std::string> contact_name;
  std::optional<Id<products::Product>> product;
  std::optional<std::string> product_name;
  std::optional<Id<accounts::Team>> team;
  std::optional<std::string> team_name;
  std::optional<Id<accounts::User>> assignee;
  std::optional<std::string> assignee_name;
  Channel channel = Channel::staff;
  std::vector<Tag> tags;
  Time created_at;
  Time updated_at;
  std::optional<Time> due_at;
  std::optional<Slug> due_kind;
  std::optional<std::int64_t> rating;
  bool unread = false;  // somebody else has said something since one read it
};
FIELDS(TicketRow, id, version, number, subject, service_type, state, phase, priority, customer,
       customer_name, contact, contact_name, product, product_name, team, team_name, assignee,
       assignee_name, channel, tags, created_at, updated_at, due_at, due_kind, rating, unread)
STAFF_ONLY(TicketRow, "team", "team_name", "tags")

// A transition the actor has the right to make now, and what stands in its way.
struct AllowedMove {
  Slug key;
  Slug to;
  Name name_zh, name_en;
  std::vector<Slug> needs;                   // what `fields` must bring
  std::vector<std::string> refused_by;       // guards not fulfilled
  std::vector<std::string> refused_because;  // a reason's slug for each of them
};
FIELDS(AllowedMove, key, to, name_zh, name_en, needs, refused_by, refused_because)

struct RelatedNames {
  std::optional<std::string> customer, site, contact, product, product_version, asset, region, team,
      assignee, created_by, merged_into;
  std::optional<std::string> service_type_zh, service_type_en, category_zh, category_en;
};
FIELDS(RelatedNames, customer, site, contact, product, product_version, asset, region, team,
       assignee, created_by, merged_into, service_type_zh, service_type_en, category_zh,
       category_en)
STAFF_ONLY(RelatedNames, "region", "team")

// A ticket's page: the record, the names of what it names, and what may be done with it.
struct TicketView {
  Id<Ticket> id;
  Version version;
  std::string number;
  Text<1, 200> subject;
  Id<catalogue::ServiceType> service_type;
  Id<catalogue::Workflow> workflow;
  std::string state;
  std::string state_zh, state_en;  // in plain words for customers
  Phase phase = Phase::fresh;
  Time state_since;
  Priority priority = Priority::P3;
  Lines<2'000> priority_reason;
  std::optional<Severity> severity;
  std::optional<Impact> impact;
  std::optional<Id<catalogue::Category>> category;
  std::optional<Id<products::Product>> product;
  std::optional<Id<products::ProductVersion>> product_version;
  std::optional<Id<products::Asset>> asset;
  std::optional<Id<customers::Customer>> customer;
  std::optional<Id<customers::Site>> site;
  std::optional<Id<customers::Contact>> contact;
  Channel channel = Channel::staff;
  std::optional<Id<accounts::Region>> region;
  std::optional<Id<accounts::Team>> team;
  std::optional<Id<accounts::User>> assignee;
  Entitlement entitlement = Entitlement::unknown;
  ChargeMode charge_mode = ChargeMode::undecided;
  std::vector<Tag> tags;
  JsonMap custom;
  std::optional<Id<accounts::User>> created_by;
  Time created_at;
  Time updated_at;
  std::optional<Time> responded_at;
  std::optional<Time> resolved_at;
  std::optional<Time> closed_at;
  std::optional<Time> due_at;
  std::optional<Slug> due_kind;
  std::int64_t reopened = 0;
  std::optional<Time> reopen_until;
  std::optional<std::int64_t> rating;
  std::optional<Lines<2'000>> rating_comment;
  std::optional<Time> rated_at;
  std::optional<Id<Ticket>> merged_into;
  std::optional<Time> last_read_at;                // by the actor: what was said later is new
  std::optional<std::vector<ProgressStep>> steps;  // for customers
  RelatedNames names;
  std::vector<AllowedMove> transitions;
  std::vector<std::string> allowed;
  std::optional<std::vector<MessageView>> messages;  // the first 50, when asked for
  std::optional<std::string> messages_next;          // goes on at /tickets/{id}/messages?cursor=…
};
FIELDS(TicketView, id, version, number, subject, service_type, workflow, state, state_zh, state_en,
       phase, state_since, priority, priority_reason, severity, impact, category, product,
       product_version, asset, customer, site, contact, channel, region, team, assignee,
       entitlement, charge_mode, tags, custom, created_by, created_at, updated_at, responded_at,
       resolved_at, closed_at, due_at, due_kind, reopened, reopen_until, rating, rating_comment,
       rated_at, merged_into, last_read_at, steps, names, transitions, allowed, messages,
       messages_next)
STAFF_ONLY(TicketView, "priority_reason", "region", "team", "tags")

struct TicketQuery {
  bool messages = false;  // with the conversation: a ticket's page is one request
};
FIELDS(TicketQuery, messages)

TicketView get_ticket(Reader& reader, Id<Ticket> id, const TicketQuery& query = {});
Page<TicketRow> list_tickets(Reader& reader, const TicketFilter& filter);
// The ticket with this number, if the actor sees it.
std::optional<Id<Ticket>> ticket_with_number(Reader& reader, std::string_view number);

// ── writing ──────────────────────────────────────────────────────────────────────────────────

// Staff open tickets for a customer, portal users for themselves. What is named must be visible to
// the actor and belong together; invalid("required" | "not_of_customer" | "wants_a_reason" | …).
Ticket open_ticket(Change& change, const NewTicket& input);
Ticket open_ticket(Change& change, const NewTicket& input, const Origin& origin);
// Customers change the subject and their custom fields while it is new; forbidden otherwise.
Ticket change_ticket(Change& change, Id<Ticket> id, const TicketPatch& input);

struct Appointment {
  Time starts_at;
  std::optional<Text<1, 300>> place;
  std::optional<Lines<20'000>> body;  // what was agreed
  std::optional<Id<accounts::User>> done_by;
};
FIELDS(Appointment, starts_at, place, body, done_by)

// What a transition brings along; each becomes evidence of its kind.
struct MoveFields {
  std::optional<Lines<20'000>> diagnosis, original_configuration, backup, solution, test_result;
  bool test_passed = true;
  std::optional<Appointment> appointment;
  std::optional<Id<accounts::Team>> team;
  std::optional<Id<accounts::User>> assignee;
  std::optional<std::int64_t> rating;
};
FIELDS(MoveFields, diagnosis, original_configuration, backup, solution, test_result, test_passed,
       appointment, team, assignee, rating)

struct Move {
  Slug to;  // a state, or a transition's key where two lead to the same state
  std::optional<Lines<2'000>> reason;
  std::optional<MoveFields> fields;
};
FIELDS(Move, to, reason, fields)

// Along the ticket's workflow: forbidden("missing_right"), conflict("no_such_transition"),
// conflict of the first guard that refuses, invalid("required") for a need that was not brought.
Ticket move(Change& change, Id<Ticket> id, const Move& input);

struct Assignment {
  Given<std::optional<Id<accounts::User>>> assignee;
  Given<std::optional<Id<accounts::Team>>> team;
  std::optional<Lines<4'000>> hand_over_note;  // kept as an internal note
};
FIELDS(Assignment, assignee, team, hand_over_note)
Ticket assign(Change& change, Id<Ticket> id, const Assignment& input);

struct Confirmation {
  bool solved = false;
  std::optional<Lines<4'000>> comment;
  std::optional<std::int64_t> rating;  // 1 … 5
};
FIELDS(Confirmation, solved, comment, rating)
// The customer says whether it is solved: closes the ticket, or takes it up again (TKT-10).
Ticket confirm(Change& change, Id<Ticket> id, const Confirmation& input);

struct NewRating {
  std::int64_t rating = 0;  // 1 … 5
  std::optional<Lines<2'000>> comment;
};
FIELDS(NewRating, rating, comment)
// The customer says how it was while the ticket is closed, and may say it again: invalid
// "out_of_range", forbidden "customers_rate", conflict "nothing_to_rate".
Ticket rate_ticket(Change& change, Id<Ticket> id, const NewRating& input);

// ── the whole story (TKT-12) ─────────────────────────────────────────────────────────────────

enum class StoryKind { event, message, evidence };
BOOST_DESCRIBE_ENUM(StoryKind, event, message, evidence)

struct StoryItem {
  Time at;
  StoryKind kind = StoryKind::event;
  std::string what;  // the event's kind, "reply", "note", "diagnosis" …
  Ref ref;           // event:12, message:7, evidence:3
  std::string actor_name;
  bool from_customer = false;
  std::string body;  // HTML of a message, text of evidence
  JsonMap details;
  std::vector<files::FileCard> files;
};
FIELDS(StoryItem, at, kind, what, ref, actor_name, from_customer, body, details, files)

struct Timeline {
  std::vector<StoryItem> items;  // newest first
  bool complete = true;          // false: older ones were left out
};
FIELDS(Timeline, items, complete)

struct Archive {
  std::string format;  // "baijin-ticket-1"
  Time exported_at;
  TicketView ticket;
  Timeline timeline;  // oldest first, complete
};
FIELDS(Archive, format, exported_at, ticket, timeline)

Timeline timeline(Reader& reader, Id<Ticket> id);
Archive archive(Reader& reader, Id<Ticket> id);

// ── for this module's files and for modules above ────────────────────────────────────────────

// A ticket as the actor may receive it (custom fields).
Ticket shown(Reader& reader, Ticket ticket);
// Puts number, subject and names into the search.
void index_ticket(Change& change, const Ticket& ticket);
// A number that no ticket has and none will get; it belongs to a row of ticket_numbers (TKT-1).
std::string drawn_number(Change& change);
std::string number_of_draw(Hub& hub, int year, std::int64_t drawn);
// Notes that the two belong together.
void relate(Change& change, Id<Ticket> ticket, Id<Ticket> other);
// Somebody is kept informed from now on; true when they were not before.
bool watch(Change& change, Id<Ticket> ticket, Id<accounts::User> member);
// conflict("ticket_is_closed") in the phase closed, conflict("ticket_was_merged") when merged.
void must_be_open(const Ticket& ticket);
// The customer has seen our replies up to `at`; told when there are such that he had not.
void read_by_customer(Change& change, const Ticket& ticket, Time at);
// Whether its customer may rate it now.
bool may_be_rated(Reader& reader, const Ticket& ticket);

void install(Module& m);

}  // namespace tickets
}  // namespace baijin
