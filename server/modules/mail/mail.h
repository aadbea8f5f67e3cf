#pragma once
// Mail (邮件), the desk's main door. A mailbox is looked into; each message is kept as it came
// before anything else is done with it, then read in a guarded process, judged, and becomes a
// ticket or a message of one. What the desk says to a customer is put into the outbox, written when
// it leaves, and its delivery is followed. INT-4, INT-2, TKT-10; security.md §1.4: nothing in a
// message is believed but a mark of our own making together with a sender who takes part (M1).
#include <boost/describe.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "hub/change.h"
#include "hub/reader.h"
#include "mime/nature.h"
#include "modules/catalogue/catalogue.h"
#include "modules/tickets/tickets.h"

namespace baijin {

class Module;

namespace mail {

// ── mailboxes ────────────────────────────────────────────────────────────────────────────────

enum class Protocol { none, imap, pop3 };
BOOST_DESCRIBE_ENUM(Protocol, none, imap, pop3)
enum class Security { tls, starttls, none };
BOOST_DESCRIBE_ENUM(Security, tls, starttls, none)
enum class LogIn { password, token, none };
BOOST_DESCRIBE_ENUM(LogIn, password, token, none)
// What becomes of a message on its server once it is safe here.
enum class Afterwards { keep, mark_seen, move, remove };
BOOST_DESCRIBE_ENUM(Afterwards, keep, mark_seen, move, remove)
// What strangers may do: ask like anybody, wait until somebody of the desk has let them in, or
// nothing.
enum class Strangers { welcome, held, refused };
BOOST_DESCRIBE_ENUM(Strangers, welcome, held, refused)

struct IncomingLine {
  Protocol protocol = Protocol::none;  // none: messages come by `baijin mail-in` or POST /mail only
  Text<0, 200> host;
  std::int64_t port = 993;
  Security security = Security::tls;
  LogIn log_in = LogIn::password;
  Text<0, 200> user;
  Text<0, 200> folder;  // "" is INBOX
  Afterwards afterwards = Afterwards::mark_seen;
  Text<0, 200> move_to;
  std::int64_t every_seconds = 30;  // 10 … 3,600
};
FIELDS(IncomingLine, protocol, host, port, security, log_in, user, folder, afterwards, move_to,
       every_seconds)

struct OutgoingLine {
  Text<0, 200> host;  // "": nothing is sent from this mailbox
  std::int64_t port = 465;
  Security security = Security::tls;
  LogIn log_in = LogIn::password;
  Text<0, 200> user;
};
FIELDS(OutgoingLine, host, port, security, log_in, user)

struct Mailbox {
  Id<Mailbox> id;
  Version version;
  Email address;     // people write to it, and we from it
  Name sender_name;  // beside the address: "某某软件服务台"
  bool active = true;
  IncomingLine incoming;
  OutgoingLine outgoing;
  Id<catalogue::ServiceType> service_type;  // of what comes in
  std::optional<Id<accounts::Team>> team;   // who gets it
  Text<2, 20> language{"zh-CN"};            // for people of whom nothing better is known
  Html<20'000> signature;
  Strangers strangers = Strangers::welcome;
  // So many automatic answers an hour to people whom the desk does not know yet; 0: none (M7).
  std::int64_t answers_to_strangers = 100;
  bool answers = true;          // a number received, please confirm and the like are said by mail
  bool takes_lists = false;     // mail of lists and in bulk opens tickets, too
  bool plus_addresses = false;  // its server takes address+anything@domain: replies go there
  Text<0, 200> authserv;  // whose Authentication-Results count: the name of our own mail server
  Time created_at;
};
FIELDS(Mailbox, id, version, address, sender_name, active, incoming, outgoing, service_type, team,
       language, signature, strangers, answers_to_strangers, answers, takes_lists, plus_addresses,
       authserv, created_at)
TABLE(Mailbox, "mailbox", "mailboxes")

// ── mail in ──────────────────────────────────────────────────────────────────────────────────

enum class Door { imap, pop3, pipe, api };
BOOST_DESCRIBE_ENUM(Door, imap, pop3, pipe, api)

enum class IncomingState {
  waiting,    // not read yet, or let in and to be read again
  delivered,  // it is a ticket, or a message of one
  duplicate,  // the same had come before
  silent,     // a machine's answer, a bounce, our own: kept, and nothing follows from it
  held,       // somebody has to decide: see `reason`
  refused,    // somebody decided against it, or the mailbox takes nothing of strangers
  unreadable  // three tries to read it failed
};
BOOST_DESCRIBE_ENUM(IncomingState, waiting, delivered, duplicate, silent, held, refused, unreadable)

// What our own mail server says of the sender, as far as the mailbox names one it trusts (M2).
enum class Proof { unknown, passed, failed };
BOOST_DESCRIBE_ENUM(Proof, unknown, passed, failed)

// What somebody decided about a held message.
enum class Decision { none, let_in, new_ticket };
BOOST_DESCRIBE_ENUM(Decision, none, let_in, new_ticket)

struct IncomingMail {
  Id<IncomingMail> id;
  Version version;
  std::optional<Id<Mailbox>> mailbox;
  Door door = Door::imap;
  std::string remote;   // "GENERATION/ID" on its server; "" when it came by another door
  bool tidied = false;  // what the mailbox wants done afterwards was done
  // The message as it came: so many bytes of a blob, which holds all that one look brought, so that
  // they are safe on the disk together.
  std::string raw;
  std::int64_t raw_at = 0;
  std::int64_t bytes = 0;
  bool whole = true;  // false: it was too large, what is kept is its beginning
  Time arrived_at;
  IncomingState state = IncomingState::waiting;
  std::int64_t tries = 0;
  Time next_try_at;
  // Why it is held, silent, refused or unreadable: "sender_does_not_take_part",
  // "stranger", "too_large", "flood", "bounce", "auto_reply", "own", "list", "bulk",
  // "feedback_report", "reader_crashed", "reader_timed_out", or a refusal of the desk.
  std::string reason;
  Decision decision = Decision::none;
  // What was read of it.
  Lines<1'000> subject;
  Lines<320> from_email;
  Lines<200> from_name;
  Lines<1'000> message_id;
  std::optional<Time> sent_at;
  mime::Nature nature = mime::Nature::personal;
  Proof proof = Proof::unknown;
  std::optional<Id<customers::Contact>> contact;
  std::optional<Id<tickets::Ticket>> ticket;
  std::optional<Id<tickets::Message>> message;
  bool folded = false;  // quoted text or a signature was left out of the message
};
FIELDS(IncomingMail, id, version, mailbox, door, remote, tidied, raw, raw_at, bytes, whole,
       arrived_at, state, tries, next_try_at, reason, decision, subject, from_email, from_name,
       message_id, sent_at, nature, proof, contact, ticket, message, folded)
TABLE(IncomingMail, "incoming_mail", "incoming_mails")

struct Arrival {
  std::optional<Id<Mailbox>> mailbox;
  Door door = Door::imap;
  std::string remote;  // "GENERATION/ID"; "" where there is none
  std::string raw;     // a stored blob, and where in it
  std::int64_t raw_at = 0;
  std::int64_t bytes = 0;
  bool whole = true;
};

// A message that comes by a pipe or over the API: `baijin mail-in`, POST /mail. `to` chooses the
// mailbox by its address; "" takes the first. not_found when there is none.
IncomingMail hand_in(Change& change, const Arrival& arrival, std::string_view to);

// ── mail out ─────────────────────────────────────────────────────────────────────────────────

enum class OutgoingState {
  waiting,    // for its time, or for another try
  sent,       // the mail server took it
  unclear,    // the mail server vanished after it had it all: it may have arrived (R16)
  failed,     // refused for good, or tried too long
  bounced,    // taken, and came back
  cancelled,  // who it was for may not have it any more, or there was nothing left to say
};
BOOST_DESCRIBE_ENUM(OutgoingState, waiting, sent, unclear, failed, bounced, cancelled)

struct OutgoingMail {
  Id<OutgoingMail> id;
  Version version;
  Slug kind;  // whose writer writes it: "reply", "received", "confirm", "notices" …
  Id<Mailbox> mailbox;
  std::optional<Id<tickets::Ticket>> ticket;
  std::optional<Id<tickets::Message>> message;
  std::optional<Id<customers::Contact>> contact;
  std::optional<Id<accounts::User>> member;
  Email recipient;
  JsonMap about;  // what its writer wants to remember; no texts
  OutgoingState state = OutgoingState::waiting;
  std::string message_id;
  std::int64_t tries = 0;
  std::string reason;  // of the last try that failed, or why it was cancelled
  Lines<500> said;     // the other server's words
  Time created_at;
  Time due_at;
  std::optional<Time> sent_at;
  std::optional<Time> bounced_at;
};
FIELDS(OutgoingMail, id, version, kind, mailbox, ticket, message, contact, member, recipient, about,
       state, message_id, tries, reason, said, created_at, due_at, sent_at, bounced_at)
TABLE(OutgoingMail, "outgoing_mail", "outgoing_mails")

struct NewOutgoing {
  std::string kind;
  std::optional<Id<Mailbox>> mailbox;  // else the ticket's, else the first that works
  std::optional<Id<tickets::Ticket>> ticket;
  std::optional<Id<tickets::Message>> message;
  std::optional<Id<customers::Contact>> contact;
  std::optional<Id<accounts::User>> member;
  std::string recipient;  // "": the contact's or the member's address
  JsonMap about;
  std::optional<Time> due_at;
};

// Puts a mail into the outbox; it is written and sent when it is due. Nothing when there is nobody
// to send it to (no address, or one that is marked as dead) or no mailbox that sends.
std::optional<Id<OutgoingMail>> post(Change& change, const NewOutgoing& input);

// What a writer says; the mail module adds addresses, marks, threading, signature and the loop
// mark, and sends each recipient a copy of his own (N3).
struct EnclosedFile {
  std::string name, type, sha256;
  std::string content_id;  // set: an inline image that the HTML names after cid:
};
struct Draft {
  std::string subject;
  std::string html;  // sanitised before it leaves
  bool automatic = true;
  bool signature = false;  // the mailbox's, below
  std::string history_introduction, history_html;
  std::vector<EnclosedFile> files;
  std::string in_reply_to;
  std::vector<std::string> references;
};
// Called when the mail leaves, with a Reader that sees what its receiver may see at that time (N2);
// nothing: there is nothing (left) to say to him, and the mail is cancelled.
using Writer = std::function<std::optional<Draft>(Reader& receiver, const OutgoingMail& mail)>;
// By install(); the first of a kind counts.
void writes(Module& module, std::string_view kind, Writer writer);

// The language of what is written to somebody: "zh-CN" or "en".
std::string language_of(Reader& reader, const OutgoingMail& mail);

// ── who takes part besides the ticket's contact (M3) ─────────────────────────────────────────

enum class Taking { proposed, admitted, refused };
BOOST_DESCRIBE_ENUM(Taking, proposed, admitted, refused)

struct Participant {
  Id<Participant> id;
  Version version;
  Id<tickets::Ticket> ticket;
  Email email;
  std::optional<Name> name;
  Taking state = Taking::proposed;  // named in Cc, or wrote: no mail before somebody admits him
  Time added_at;
};
FIELDS(Participant, id, version, ticket, email, name, state, added_at)
TABLE(Participant, "participant", "participants")

// Addresses from which nothing arrives any more, as bounces said.
struct AddressMark {
  Id<AddressMark> id;
  Version version;
  Email email;
  Time since;
  mime::Reason reason = mime::Reason::other;
  Lines<500> said;
  std::optional<Time> cleared_at;  // somebody says it works again
};
FIELDS(AddressMark, id, version, email, since, reason, said, cleared_at)
TABLE(AddressMark, "address_mark", "address_marks")

void install(Module& m);

}  // namespace mail
}  // namespace baijin
