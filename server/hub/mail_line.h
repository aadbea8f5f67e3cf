#pragma once
// The lines to mail servers, as interfaces (architecture.md §11): net/ talks IMAP, POP3 and SMTP,
// tests/testing/post_office.h stands in for it. Everything here is plain and blocking, and is
// called by errands, outside any transaction.
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace baijin {

// Talking to somebody outside failed. `reason` is a stable slug that pages translate:
//
//   address_not_allowed      the guard refused the host: not public, not on the allow list, or an
//                            odd spelling of an address; the same words for each of these (S1)
//   name_not_found           the name of the host is unknown
//   connection_refused       nobody listens there
//   connection_timed_out     nobody answered in time
//   unreachable              there is no way to that address
//   plain_not_allowed        no TLS was asked for, and the host is not this machine
//   tls_not_offered          STARTTLS was asked for and is not offered, or was stripped (38)
//   tls_failed               the two sides could not agree, or what came was no TLS
//   certificate_expired, certificate_not_yet_valid, certificate_self_signed,
//   certificate_unknown_issuer, certificate_wrong_host, certificate_wrong_purpose,
//   certificate_invalid      `said` names whose certificate it is and its dates (checklist 38)
//   login_refused            name, password or token is wrong; or the server wants another way in
//   login_not_offered        the server speaks no way to log in that is spoken here
//   folder_missing           there is no such folder (IMAP)
//   sender_refused           the server does not send for this address (SMTP)
//   not_supported            the server cannot do this (POP3 cannot move)
//   message_gone             the message was removed meanwhile
//   peer_refused             the server refused in other words: see `said`
//   peer_busy                the server asks to come again later
//   peer_closed              the server hung up
//   peer_timed_out           the server fell silent, or was slower than is borne
//   peer_garbled             what came is not the protocol
//   peer_too_long            a line, literal or answer past its limit (checklist 40)
//   stopped                  the program ends, or the caller asked to stop
struct LineFailure : std::runtime_error {
  LineFailure(std::string_view reason_, std::string_view said_ = {});
  std::string reason;
  std::string said;  // the server's own words: one line of at most 400 octets, no controls
};

// One step of trying an account, in the order they were taken. The first that did not pass is the
// last of the list; its reason is one of LineFailure's.
//   name · connect · secure · greeting · log_in · folder (IMAP) or sender (SMTP)
struct TrialStep {
  std::string step;
  bool passed = false;
  std::string reason;  // "" when passed
  std::string said;    // the address found, the certificate, the server's words
};

struct MailAccount {
  enum class Protocol { imap, pop3, smtp };
  enum class Security {
    tls,       // from the first byte (993, 995, 465)
    starttls,  // demanded before anything is said that matters; its absence is a failure
    none,      // only to this very machine
  };
  enum class LogIn {
    password,  // PLAIN, else LOGIN, as offered
    token,     // XOAUTH2: `secret` is an access token
    none,      // SMTP only
  };
  Protocol protocol = Protocol::imap;
  std::string host;
  int port = 993;
  Security security = Security::tls;
  LogIn log_in = LogIn::password;
  std::string user;
  std::string secret;
  bool operator==(const MailAccount&) const = default;
};

// ── mail in ───────────────────────────────────────────────────────────────────────────────────

// A message waiting in a folder.
struct WaitingMail {
  std::string id;          // IMAP: its UID in decimal; POP3: its UIDL
  std::int64_t bytes = 0;  // as the server counts them; a hint, some servers guess
  bool operator==(const WaitingMail&) const = default;
};

// Takes messages as they come, byte for byte. What it throws ends the fetch, and the line with it.
class MailSink {
 public:
  virtual ~MailSink() = default;
  virtual void piece(std::string_view bytes) = 0;  // of the message that is coming now
  // The message is complete. `whole` is false when it was longer than asked for: what came then is
  // its beginning. Pieces without an end() are of a message that broke off: they count for nothing.
  virtual void end(std::string_view id, bool whole) = 0;
};

// An open folder on a server, for one thread. Every call throws LineFailure; after one other than
// message_gone, not_supported, peer_refused or peer_busy the folder is closed, and a new one is to
// be opened.
class MailFolder {
 public:
  virtual ~MailFolder() = default;  // says good-bye if the server still listens

  // Ids mean something only together with this: IMAP's UIDVALIDITY; "pop3" for POP3, whose ids are
  // for ever. When it changes, every message is listed anew under another id (R17): what is
  // known by its own Message-ID and content must be recognised by that.
  virtual std::string generation() const = 0;

  // Messages behind `after` ("" from the beginning), the oldest first, at most `most`. POP3 knows
  // no order: when `after` is gone from the folder, everything that is there is listed again. So
  // the caller skips what it has had, by (generation, id).
  virtual std::vector<WaitingMail> list(std::string_view after, int most) = 0;

  // Fetches these messages raw, without marking them, at most `most_bytes` of each (the rest never
  // crosses the wire with IMAP, and is read and dropped with POP3). They come in any order; those
  // that are gone do not come at all. The bytes are the server's, unchanged (M8).
  virtual void fetch(const std::vector<std::string>& ids, std::int64_t most_bytes,
                     MailSink& sink) = 0;

  // Each of these is done on the server when the call returns, and may be repeated without harm: a
  // message that is gone is passed over in silence.
  virtual void mark_seen(const std::vector<std::string>& ids) = 0;  // POP3: nothing happens
  // Into a folder that exists (folder_missing). POP3: not_supported.
  virtual void move(const std::vector<std::string>& ids, std::string_view folder) = 0;
  // IMAP: with UID EXPUNGE (RFC 4315) only these; a server without it takes away whatever somebody
  // marked as deleted. POP3: done when the server says so at the QUIT, which is sent here, so that
  // the folder is closed behind it.
  virtual void remove(const std::vector<std::string>& ids) = 0;

  enum class Woken { news, quiet, stopped };
  // Waits for something new: at most `longest`, with IDLE (RFC 2177) where the server has it, else
  // by asking now and then. `news` may be about something known already. POP3 shows nothing new in
  // an open folder: it waits and is quiet.
  virtual Woken wait(Duration longest, std::stop_token stop) = 0;
};

class MailIn {
 public:
  virtual ~MailIn() = default;
  // IMAP4rev1 (RFC 3501) or POP3 (RFC 1939, with UIDL). `folder` is a name as people write it, in
  // UTF-8; "" is INBOX, the only one POP3 has. Throws LineFailure.
  virtual std::unique_ptr<MailFolder> open(const MailAccount& account, std::string_view folder) = 0;
  // The names of all folders, to choose from; POP3: INBOX. Throws LineFailure.
  virtual std::vector<std::string> folders(const MailAccount& account) = 0;
  // Never throws for what is wrong out there: that is what is told.
  virtual std::vector<TrialStep> try_account(const MailAccount& account,
                                             std::string_view folder) = 0;
};

// ── mail out ──────────────────────────────────────────────────────────────────────────────────

// A message and its envelope. The envelope alone decides who gets it (M5).
struct OutgoingMail {
  std::string from;             // the return path; "" is the null path <> of automatic mail (M6)
  std::vector<std::string> to;  // at least one, at most 100
  // RFC 5322, headers and all. A bare CR or LF would let two servers see two different ends (SMTP
  // smuggling, M8): each is sent as CRLF, so that what holds nothing but CRLF, as a composer's
  // output does, arrives byte for byte. Lines that begin with a dot do too.
  std::string_view message;
};

struct RefusedRecipient {
  std::string address;
  bool for_good = false;
  std::string reason;  // recipient_refused, smtputf8_not_offered or address_malformed
  std::string said;
};

struct Handed {
  enum class Outcome {
    accepted,          // for everybody who is not in `refused`
    refused_for_now,   // nothing was taken: try again later
    refused_for_good,  // nothing was taken, nor will be
    // The server vanished, or spoke nonsense, after it had the whole message and before it said
    // what it did with it: the one window in which a second try may be a second copy (R16).
    unclear,
  };
  Outcome outcome = Outcome::refused_for_now;
  // Why not accepted: LineFailure's, or sender_refused, all_recipients_refused, message_refused,
  // message_too_large, eight_bit_not_offered, smtputf8_not_offered, address_malformed.
  std::string reason;
  std::string said;  // the server's last words: "250 2.0.0 Ok: queued as 4F1A2"
  // Who was refused while others were not, with accepted and unclear; with all_recipients_refused
  // why each was. They get nothing, also when an unclear message is found to have arrived.
  std::vector<RefusedRecipient> refused;
};

class MailOut {
 public:
  virtual ~MailOut() = default;
  // Hands one message over (RFC 5321). Never throws for what is wrong out there. The connection is
  // kept for the next message of the same account for a little while. Thread-safe: messages of
  // several threads go over several connections.
  virtual Handed send(const MailAccount& account, const OutgoingMail& mail) = 0;
  // Also asks whether the server would take mail from `from`, without sending any; "" does not.
  virtual std::vector<TrialStep> try_account(const MailAccount& account, std::string_view from) = 0;
};

// For programs that talk to nobody, such as a backup: each call fails with unreachable.
MailIn& no_mail_in();
MailOut& no_mail_out();

}  // namespace baijin
