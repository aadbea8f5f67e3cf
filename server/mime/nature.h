#pragma once
// What kind of mail is it? Automatic mail opens no ticket and is never answered (security.md M6);
// a bounce marks the address it is about. RFC 3834, 3464, 3462, 5965, 2369, 2919.
#include <string>
#include <string_view>
#include <vector>

#include "mime/message.h"

namespace baijin::mime {

enum class Nature : std::uint8_t {
  personal,         // somebody wrote it: nothing says otherwise
  auto_reply,       // a vacation notice, a receipt, another desk's "we have received"
  bounce,           // delivery failed, or is late, or succeeded: see failures
  feedback_report,  // ARF: somebody pressed "this is spam"
  list,             // through a mailing list
  bulk,             // a newsletter, a machine's notice
  own,              // our own automatic mail, come back
};
BOOST_DESCRIBE_ENUM(Nature, personal, auto_reply, bounce, feedback_report, list, bulk, own)

enum class Permanence : std::uint8_t {
  unknown,
  soft,  // may work another time: full, busy, blocked, refused for its content
  hard,  // there is no such address, host or account any more: mark it
};
BOOST_DESCRIBE_ENUM(Permanence, unknown, soft, hard)

// Why a delivery failed, in few words; what is not listed here is `other`.
enum class Reason : std::uint8_t {
  other,
  user_unknown,
  host_unknown,
  moved,
  not_accepting,  // the domain takes no mail at all
  mailbox_full,
  suspended,  // disabled, expired, inactive
  too_large,
  too_many,  // rate, connections, recipients
  blocked,   // the sending address or its reputation
  spam,      // judged by the content
  virus,
  policy,   // authentication of the sender (SPF, DKIM, DMARC), relaying, local rules
  expired,  // tried too long
  network,
  system,   // a fault of the receiving machine
  content,  // malformed or not supported
};
BOOST_DESCRIBE_ENUM(Reason, other, user_unknown, host_unknown, moved, not_accepting, mailbox_full,
                    suspended, too_large, too_many, blocked, spam, virus, policy, expired, network,
                    system, content)

enum class Action : std::uint8_t { unknown, failed, delayed, delivered, relayed, expanded };
BOOST_DESCRIBE_ENUM(Action, unknown, failed, delayed, delivered, relayed, expanded)

// One recipient of a delivery report, or of a feedback report.
struct Failure {
  std::string recipient;  // in the form of base/text.h's Email where it has one
  Action action = Action::unknown;
  std::string status;      // RFC 3463: "5.1.1"; may be empty
  std::string reply_code;  // SMTP's: "550"; may be empty
  std::string diagnostic;  // what the other machine said, one line, at most 1,000 characters
  Reason reason = Reason::other;
  Permanence permanence = Permanence::unknown;
  bool operator==(const Failure&) const = default;
};
FIELDS(Failure, recipient, action, status, reply_code, diagnostic, reason, permanence)

// What is known of ourselves and of the way the message came.
struct Circumstances {
  std::string loop_mark;          // the value of our own X-Baijin-Loop header; empty: not checked
  bool null_return_path = false;  // the envelope's sender was <>; a Return-Path header counts too
};

struct Judgement {
  Nature nature = Nature::personal;
  std::string because;            // the header or the line that decided: "Auto-Submitted"
  bool may_be_answered = true;    // by an automatic mail; false for all but plain personal mail
  std::vector<Failure> failures;  // of a bounce or a feedback report; each recipient once
  std::string original_subject;   // of the message it is about, where it says
  // Message-IDs and addresses out of the message it is about, in which a token of ours may stand
  // (reference.h): its Message-ID first, then References, Reply-To, From.
  std::vector<std::string> original_marks;
  bool operator==(const Judgement&) const = default;
};

// Looks at the structure first (multipart/report), then at headers, then at the texts by which
// mail servers without either are known. Only ever makes a message less trusted: a forged header
// can keep a mail from being answered, and nothing more (M4).
Judgement judge(const Message& message, const Circumstances& circumstances = {});

}  // namespace baijin::mime
