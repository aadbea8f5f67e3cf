#pragma once
// Ready-made replies (TKT-5) in Chinese and English, with variables: everybody's, a team's or one's
// own. What is filled in is escaped, and comes from the ticket that the actor sees.
#include "base/templates.h"
#include "modules/tickets/desk.h"

namespace baijin::tickets {

using CannedBody = Html<20'000>;

struct CannedReply {
  Id<CannedReply> id;
  Version version;
  std::optional<Slug> key;  // of those that came with the desk
  Name name_zh, name_en;
  CannedBody body_zh, body_en;
  MessageKind kind = MessageKind::reply;
  std::optional<Id<catalogue::ServiceType>> service_type;  // offered for these only
  std::optional<Id<accounts::Team>> team;
  std::optional<Id<accounts::User>> owner;
  bool active = true;
  Time created_at;
};
FIELDS(CannedReply, id, version, key, name_zh, name_en, body_zh, body_en, kind, service_type, team,
       owner, active, created_at)
TABLE(CannedReply, "canned_reply", "canned_replies")

// What is said in one language only stands for both.
struct NewCannedReply {
  std::optional<Name> name_zh, name_en;
  std::optional<CannedBody> body_zh, body_en;
  std::optional<MessageKind> kind;  // a reply when not said
  std::optional<Id<catalogue::ServiceType>> service_type;
  std::optional<Id<accounts::Team>> team;  // the team's; else everybody's, unless:
  bool personal = false;                   // one's own
};
FIELDS(NewCannedReply, name_zh, name_en, body_zh, body_en, kind, service_type, team, personal)

struct CannedReplyPatch {
  Given<Name> name_zh, name_en;
  Given<CannedBody> body_zh, body_en;
  Given<MessageKind> kind;
  Given<std::optional<Id<catalogue::ServiceType>>> service_type;
  Given<bool> active;
};
FIELDS(CannedReplyPatch, name_zh, name_en, body_zh, body_en, kind, service_type, active)

struct CannedReplyFilter {
  std::optional<MessageKind> kind;
  std::optional<Id<catalogue::ServiceType>> service_type;  // with those for every type
  std::optional<bool> active;
  std::optional<bool> personal;
  Paging paging;  // sorts: name_zh, name_en, created_at
};
FIELDS(CannedReplyFilter, kind, service_type, active, personal, paging)

enum class Language { zh, en };
BOOST_DESCRIBE_ENUM(Language, zh, en)

struct PreviewRequest {
  Id<Ticket> ticket;
  std::optional<Language> language;  // the customer's when not said
};
FIELDS(PreviewRequest, ticket, language)

struct Preview {
  MessageKind kind = MessageKind::reply;
  Language language = Language::zh;
  std::string html;
  std::vector<std::string> unknown;  // in double braces, but no variable: left as text
  std::vector<std::string> empty;    // variables for which the ticket has nothing
};
FIELDS(Preview, kind, language, html, unknown, empty)

Page<CannedReply> list_canned_replies(Reader& reader, const CannedReplyFilter& filter);
CannedReply get_canned_reply(Reader& reader, Id<CannedReply> id);
// A team's: by its members; everybody's: with tickets.manage_replies.
CannedReply create_canned_reply(Change& change, const NewCannedReply& input);
CannedReply change_canned_reply(Change& change, Id<CannedReply> id, const CannedReplyPatch& input);
void remove_canned_reply(Change& change, Id<CannedReply> id);
Preview preview_canned_reply(Change& change, Id<CannedReply> id, const PreviewRequest& input);

// The variables of texts about a ticket.
inline constexpr std::string_view known_variables[] = {
    "ticket.number", "ticket.subject", "contact.name", "contact.form_of_address",
    "customer.name", "product.name",   "agent.name",   "portal.link",
    "today"};

// A text with the ticket's variables filled in, safe to send; in the customer's language when none
// is named.
templates::Filled filled_for(Reader& reader, const Ticket& ticket, std::string_view html,
                             std::optional<Language> language);

void add_preset_replies(Change& change);

}  // namespace baijin::tickets
