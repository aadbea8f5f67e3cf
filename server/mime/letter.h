#pragma once
// A mail on its way out: a Letter is what it says, compose_message writes it (RFC 5322, 2045–2049,
// 2231, 3834). No field of it can add a header or a recipient: what would break a line is a blank
// by the time it is written (security.md M5).
#include <string>
#include <string_view>
#include <vector>

#include "mime/message.h"

namespace baijin::mime {

struct Enclosure {
  std::string name;        // of the file
  std::string type;        // "image/png"; anything odd becomes application/octet-stream
  std::string content_id;  // of an inline image, as the HTML names it after cid:
  std::string bytes;
};

// The message that is answered, put below the answer.
struct History {
  std::string introduction;  // "2026-11-23 14:05 王芳 <wf@example.cn> 写道："; empty: no history
  std::string text;
  std::string html;  // sanitised; empty: made from the text
};

// What RFC 3834 wants said of a mail that no person wrote.
enum class Automatic : std::uint8_t {
  no,
  replied,    // the answer to a mail: a number received, "please confirm"
  generated,  // of its own accord: a notification, a reminder
};

struct Letter {
  Address from;
  Address sender;  // an empty email: no Sender header
  std::vector<Address> reply_to;
  std::vector<Address> to;
  std::vector<Address> cc;  // there is no Bcc: a hidden recipient gets a copy of their own
  std::string subject;
  std::string text;  // empty: made from the HTML
  std::string html;  // sanitised; empty: text/plain alone
  History history;
  std::vector<Enclosure> inline_images;
  std::vector<Enclosure> attachments;
  Time sent_at;
  int zone_minutes = 0;
  std::string message_id;  // without < >, from make_reference; required
  std::string in_reply_to;
  std::vector<std::string> references;  // the last 30 and the first are written
  Automatic automatic = Automatic::no;
  std::string loop_mark;         // goes into X-Baijin-Loop; judge() knows it again
  std::string list_unsubscribe;  // an https: or mailto: address; empty: none
  std::string language;          // "zh-CN"; empty: none
};

// The whole message with CRLF line ends, 7 bit, no line longer than 78 where that can be and never
// longer than 998. The same Letter gives the same bytes. Throws invalid("not_an_email") for a From,
// To, Cc, Sender or Reply-To address that is none, "no_recipient" without any To or Cc,
// "not_a_message_id", "too_large" above 64 MB.
std::string compose_message(const Letter& letter);

// To whom the letter goes, for the envelope: To and Cc, each address once. The same errors.
std::vector<std::string> recipients_of(const Letter& letter);

}  // namespace baijin::mime
