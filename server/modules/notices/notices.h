#pragma once
// Notices (通知): what a member of staff should know of. Something happens to a ticket, and whoever
// it concerns (its assignee, who follows it, its team) finds a line behind the bell: what happened,
// by whom, to which ticket. What happens to a mailbox concerns those who look after mailboxes. He
// is never told of his own doings, and once only of one act. More of the same kind to the same
// ticket makes an unread line newer, not the list longer. Each decides for himself what he is told
// of and how (NOT-1).
//
// A notice holds nothing of what it is about: number, subject and the like are read when it is
// shown, with the rights its member has then; what he may no longer see is neither listed nor
// counted (N1, N2).
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "hub/change.h"
#include "hub/reader.h"
#include "modules/mail/mail.h"
#include "modules/tickets/tickets.h"

namespace baijin {

class Module;

namespace notices {

// What happened, as its receiver sees it; of two that one act did, the one that stands first is
// told. A name that is here stays: people's settings hold it.
enum class NoticeKind {
  assigned_to_me,
  mentioned,
  reopened,  // also: the customer says that it is not solved
  customer_answered,
  opened_for_my_team,
  handed_over,           // a ticket of mine is somebody else's now
  low_rating,            // 1 or 2 of 5
  closing_reminder,      // the customer was asked again whether it is solved
  closing_held,          // silence would have closed it, but something is missing
  watched_ticket_noted,  // a colleague wrote a note on what is mine or what I follow
  watched_ticket_replied,
  reply_not_delivered,  // what we wrote to the customer did not arrive
  mailbox_failing,      // its server cannot be reached or refuses us (R15)
  mailbox_well,         // it works again; for who knows that it did not
  sender_floods         // so many mails of one address that it is answered no more (M6)
};
BOOST_DESCRIBE_ENUM(NoticeKind, assigned_to_me, mentioned, reopened, customer_answered,
                    opened_for_my_team, handed_over, low_rating, closing_reminder, closing_held,
                    watched_ticket_noted, watched_ticket_replied, reply_not_delivered,
                    mailbox_failing, mailbox_well, sender_floods)

struct Notice {
  Id<Notice> id;
  Version version;
  Id<accounts::User> member;
  NoticeKind kind = NoticeKind::assigned_to_me;
  // What it is about: one of them.
  std::optional<Id<tickets::Ticket>> ticket;
  std::optional<Id<mail::Mailbox>> mailbox;
  std::int64_t event = 0;  // seq of the newest event it tells of
  std::string by_name;     // who did it, as he was called then; "" for the program
  Time at;                 // of that event
  std::int64_t times = 1;  // how many events are folded into it
  bool in_app = true;      // false: for the mail only
  std::optional<Time> read_at;
  std::optional<Time> mail_due_at;  // waits for its mail
  std::optional<Time> mailed_at;
};
FIELDS(Notice, id, version, member, kind, ticket, mailbox, event, by_name, at, times, in_app,
       read_at, mail_due_at, mailed_at)
TABLE(Notice, "notice", "notices")

// A notice with what its subject is called just now.
struct NoticeView {
  Id<Notice> id;
  Version version;
  NoticeKind kind = NoticeKind::assigned_to_me;
  Ref subject;                // "ticket:17", "mailbox:2"
  std::string number, title;  // a mailbox has no number, and its address for a title
  std::optional<tickets::Priority> priority;  // of a ticket
  std::optional<std::string> customer_name;
  std::optional<std::string> assignee_name;
  std::int64_t event = 0;
  std::string by_name;
  Time at;
  std::int64_t times = 1;
  std::optional<Time> read_at;
};
FIELDS(NoticeView, id, version, kind, subject, number, title, priority, customer_name,
       assignee_name, event, by_name, at, times, read_at)

struct NoticeFilter {
  std::optional<bool> unread;
  Paging paging;  // sorts: at
};
FIELDS(NoticeFilter, unread, paging)

struct NoticeCount {
  std::int64_t unread = 0;
  std::int64_t newest = 0;  // the greatest event among them; 0 when there is none
};
FIELDS(NoticeCount, unread, newest)

// What was read: these, or everything up to an event.
struct ReadNotices {
  std::vector<Id<Notice>> notices;
  std::optional<std::int64_t> up_to;
};
FIELDS(ReadNotices, notices, up_to)

// One's own, newest first; forbidden("not_for_customers").
Page<NoticeView> list_notices(Reader& reader, const NoticeFilter& filter);
NoticeCount count_notices(Reader& reader);
// What is left unread. invalid("required"), not_found for one that is not one's own.
NoticeCount read_notices(Change& change, const ReadNotices& input);

void install(Module& m);

}  // namespace notices
}  // namespace baijin
