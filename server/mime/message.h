#pragma once
// A mail as it was read: plain values, all text UTF-8 in NFC without control characters. Nothing
// in here is believed: headers are what somebody wrote, and no result of a check of a signature, of
// DKIM or of SPF is ever taken from them (security.md M2, M11).
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/time.h"

namespace baijin::mime {

// One mailbox of an address list (RFC 5322 §3.4).
struct Address {
  std::string name;   // the display name, decoded; may be empty
  std::string email;  // in the form of base/text.h's Email; as it stood where it has no such form
  std::string group;  // the name of the group it stands in, or empty; groups without members vanish
  bool valid = false;  // `email` is an Email: mail can be sent there
  bool operator==(const Address&) const = default;
};
FIELDS(Address, name, email, group, valid)

enum class DateState : std::uint8_t {
  good,
  absent,  // no Date, or nothing that reads as one: `sent_at` is empty
  odd,     // read with allowances: no zone, an unknown zone, a wrong week day, a two-digit year
};
BOOST_DESCRIBE_ENUM(DateState, good, absent, odd)

// A header of the message itself, in its order, decoded for showing. Never a basis for trust (M4).
struct Header {
  std::string name;   // as written: "Reply-To"
  std::string value;  // one line
  bool operator==(const Header&) const = default;
};
FIELDS(Header, name, value)

enum class Role : std::uint8_t {
  attachment,
  inline_image,  // an image that the HTML body names by cid:, or that stands beside it
  message,       // a nested message/rfc822 or a part of a digest: read_message reads its bytes
  calendar,      // text/calendar: an invitation, its answer or its cancellation
  report,        // the machine's part of a report: message/delivery-status, feedback-report …
  signature,     // of S/MIME or PGP over the other parts: kept, never checked here (M11)
  encrypted,     // what only the holder of a key can read: smime.p7m, the second part of PGP/MIME
};
BOOST_DESCRIBE_ENUM(Role, attachment, inline_image, message, calendar, report, signature, encrypted)

struct Attachment {
  Role role = Role::attachment;
  std::string name;        // a file's name without a path, may be empty; as told, not to be trusted
  std::string type;        // as told, lower case: "image/png"; the content may be anything
  std::string content_id;  // without < >, may be empty
  std::string method;      // of a calendar: "REQUEST"; of a report: its type ("delivery-status")
  bool inline_wanted = false;  // Content-Disposition: inline, or none
  bool damaged = false;        // its transfer encoding was broken; `bytes` is what could be read
  std::string bytes;
  bool operator==(const Attachment&) const = default;
};
FIELDS(Attachment, role, name, type, content_id, method, inline_wanted, damaged, bytes)

enum class Protection : std::uint8_t {
  none,
  smime_signed,
  smime_encrypted,
  pgp_signed,  // PGP/MIME, or a text between PGP's own lines
  pgp_encrypted,
};
BOOST_DESCRIBE_ENUM(Protection, none, smime_signed, smime_encrypted, pgp_signed, pgp_encrypted)

// The limit at which reading stopped (M10). What had been read by then is in the message.
enum class TooMuch : std::uint8_t {
  no,
  message_bytes,
  header_bytes,
  headers,
  encoded_words,
  addresses,
  parts,
  depth,
  decoded_bytes,
};
BOOST_DESCRIBE_ENUM(TooMuch, no, message_bytes, header_bytes, headers, encoded_words, addresses,
                    parts, depth, decoded_bytes)

struct Message {
  std::vector<Header> headers;
  std::vector<Address> from;    // usually one; more than one is odd
  std::vector<Address> sender;  // none or one
  std::vector<Address> reply_to;
  std::vector<Address> to;
  std::vector<Address> cc;
  std::vector<Address> bcc;
  std::string subject;
  std::optional<Time> sent_at;  // as the sender's machine had it
  int zone_minutes = 0;         // east of Greenwich, from the Date
  DateState date = DateState::absent;
  std::string message_id;  // without < >, as are the two below; may be empty
  std::vector<std::string> in_reply_to;
  std::vector<std::string> references;  // oldest first, at most 100: the first and the newest
  std::string type;                     // of the whole: "multipart/report"
  std::string text;  // the text body, lines end in \n; from the HTML where there is none
  std::string html;  // the HTML body as it came: base/html.h must make it safe (X1)
  bool text_from_html = false;
  std::vector<Attachment> attachments;
  Protection protection = Protection::none;
  TooMuch too_much = TooMuch::no;
  std::vector<std::string> oddities;  // stable slugs, each once: "nul_bytes", "no_header_end" …

  // The first header of this name, however it is capitalised; nullptr when there is none.
  const std::string* header(std::string_view name) const;
  int count_of(std::string_view name) const;
  bool operator==(const Message&) const = default;
};
FIELDS(Message, headers, from, sender, reply_to, to, cc, bcc, subject, sent_at, zone_minutes, date,
       message_id, in_reply_to, references, type, text, html, text_from_html, attachments,
       protection, too_much, oddities)

}  // namespace baijin::mime
