#pragma once
// Mailboxes as their administrators see them: settings, whether a line works, how it is.
#include "hub/mail_line.h"
#include "modules/mail/mail.h"
#include "modules/mail/signing.h"

namespace baijin::mail {

struct NewMailbox {
  Email address;
  Name sender_name;
  std::optional<bool> active;
  IncomingLine incoming;
  OutgoingLine outgoing;
  std::optional<Secret> incoming_secret, outgoing_secret;  // password or access token
  std::optional<Id<catalogue::ServiceType>> service_type;  // else the one with the key "fault"
  std::optional<Id<accounts::Team>> team;
  std::optional<Text<2, 20>> language;
  std::optional<Html<20'000>> signature;
  std::optional<Strangers> strangers;
  std::optional<std::int64_t> answers_to_strangers;
  std::optional<bool> answers, takes_lists, plus_addresses;
  std::optional<Text<0, 200>> authserv;
};
FIELDS(NewMailbox, address, sender_name, active, incoming, outgoing, incoming_secret,
       outgoing_secret, service_type, team, language, signature, strangers, answers_to_strangers,
       answers, takes_lists, plus_addresses, authserv)

struct MailboxPatch {
  Given<Email> address;
  Given<Name> sender_name;
  Given<bool> active;
  Given<IncomingLine> incoming;
  Given<OutgoingLine> outgoing;
  Given<Secret> incoming_secret, outgoing_secret;  // "" forgets it
  Given<Id<catalogue::ServiceType>> service_type;
  Given<std::optional<Id<accounts::Team>>> team;
  Given<Text<2, 20>> language;
  Given<Html<20'000>> signature;
  Given<Strangers> strangers;
  Given<std::int64_t> answers_to_strangers;  // 0 … 10,000
  Given<bool> answers, takes_lists, plus_addresses;
  Given<Text<0, 200>> authserv;
};
FIELDS(MailboxPatch, address, sender_name, active, incoming, outgoing, incoming_secret,
       outgoing_secret, service_type, team, language, signature, strangers, answers_to_strangers,
       answers, takes_lists, plus_addresses, authserv)

struct MailboxHealth {
  std::optional<Time> looked_at;              // the last time the line worked
  std::optional<Time> failing_since;          // nothing: it works, or was never tried
  std::int64_t failures = 0;                  // in a row
  std::string reason;                         // hub/mail_line.h's slug
  std::string said;                           // the server's own words
  std::optional<Time> sending_failing_since;  // the outgoing line, likewise
  std::string sending_reason, sending_said;
  std::int64_t waiting = 0, held = 0;           // of what came
  std::int64_t to_send = 0, not_delivered = 0;  // of what leaves; within 7 days
};
FIELDS(MailboxHealth, looked_at, failing_since, failures, reason, said, sending_failing_since,
       sending_reason, sending_said, waiting, held, to_send, not_delivered)

struct MailboxView {
  Id<Mailbox> id;
  Version version;
  Mailbox mailbox;
  bool has_incoming_secret = false, has_outgoing_secret = false;
  std::optional<SigningView> signing;  // what stands in the DNS, when its mail is signed
  MailboxHealth health;
};
FIELDS(MailboxView, id, version, mailbox, has_incoming_secret, has_outgoing_secret, signing, health)

// hub/mail_line.h's TrialStep.
struct Step {
  std::string step;
  bool passed = false;
  std::string reason, said;
};
FIELDS(Step, step, passed, reason, said)

struct Trial {
  std::optional<Id<Mailbox>> mailbox;  // whose secrets are used where none is given
  std::optional<IncomingLine> incoming;
  std::optional<OutgoingLine> outgoing;
  std::optional<Secret> incoming_secret, outgoing_secret;
  std::optional<Email> address;  // whether the server sends for it
  // The server's own notes; what was sent is overwritten.
  std::optional<std::vector<Step>> incoming_steps, outgoing_steps;
  std::optional<std::vector<std::string>> folders;
};
FIELDS(Trial, mailbox, incoming, outgoing, incoming_secret, outgoing_secret, address,
       incoming_steps, outgoing_steps, folders)

struct TrialResult {
  std::vector<Step> incoming, outgoing;
  std::vector<std::string> folders;  // to choose from, when the incoming line works
};
FIELDS(TrialResult, incoming, outgoing, folders)

std::vector<MailboxView> list_mailboxes(Reader& reader);
MailboxView get_mailbox(Reader& reader, Id<Mailbox> id);
// invalid "required" | "out_of_range" | "not_active" | "unknown_locale"; conflict "already_exists".
Mailbox add_mailbox(Change& change, const NewMailbox& input);
Mailbox change_mailbox(Change& change, Id<Mailbox> id, const MailboxPatch& input);
// Looks into it at once, whenever it was due.
void look_now(Change& change, Id<Mailbox> id);

void try_lines(Reader& reader, Trial& trial);  // before the Change: talks to the servers
TrialResult tell_trial(Change& change, const Trial& trial);

// ── for this module ──────────────────────────────────────────────────────────────────────────

MailAccount incoming_account(Reader& reader, const Mailbox& mailbox);
MailAccount outgoing_account(Reader& reader, const Mailbox& mailbox);
bool receives(const Mailbox& mailbox);  // there is a line to look into
bool sends(const Mailbox& mailbox);
// All, the oldest first; whoever asks.
std::vector<Mailbox> all_mailboxes(Reader& reader);
bool is_own_address(Reader& reader, std::string_view email);

void install_mailboxes(Module& m);

}  // namespace baijin::mail
