#pragma once
// The conversation on a ticket (TKT-5): public replies and internal notes. What staff write to a
// customer can be taken back for some seconds, or is sent at a chosen time.
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "hub/change.h"
#include "hub/reader.h"
#include "modules/files/files.h"

namespace baijin::customers {
struct Contact;
}

namespace baijin::tickets {

struct Ticket;

// How a request, or a message, reached the desk (INT-1).
enum class Channel {
  phone,
  email,
  chat,
  portal,
  wechat,
  wecom,
  fax,
  letter,
  in_person,
  staff,
  api
};
BOOST_DESCRIBE_ENUM(Channel, phone, email, chat, portal, wechat, wecom, fax, letter, in_person,
                    staff, api)

enum class MessageKind { reply, note };
BOOST_DESCRIBE_ENUM(MessageKind, reply, note)

// pending: waits for send_at, the customer does not have it yet; withdrawn: never sent.
enum class MessageState { pending, sent, withdrawn };
BOOST_DESCRIBE_ENUM(MessageState, pending, sent, withdrawn)

struct Message {
  Id<Message> id;
  Version version;
  Id<Ticket> ticket;
  MessageKind kind = MessageKind::reply;
  MessageState state = MessageState::sent;
  std::optional<Id<accounts::User>> author;
  std::optional<Id<customers::Contact>> contact;  // who wrote it, when it came from the customer
  bool from_customer = false;
  Channel channel = Channel::staff;
  Html<100'000> body;
  bool remote_images = false;
  std::vector<Id<accounts::User>> mentions;
  std::int64_t attachments = 0;
  Time created_at;
  Time send_at;
  std::optional<Time> edited_at;
  std::optional<Time> read_by_customer_at;  // a reply of ours: when the customer first had it
};
FIELDS(Message, id, version, ticket, kind, state, author, contact, from_customer, channel, body,
       remote_images, mentions, attachments, created_at, send_at, edited_at, read_by_customer_at)
TABLE(Message, "message", "messages")
STAFF_ONLY(Message, "mentions", "read_by_customer_at")

struct NewMessage {
  MessageKind kind = MessageKind::reply;
  Html<100'000> body;
  std::vector<Id<files::File>> files;
  std::vector<Id<accounts::User>> mentions;  // staff; they become watchers
  std::optional<Time> send_at;               // later than now: a scheduled reply
  std::optional<std::int64_t> undo_seconds;  // 0 … 120, usually 8: how long it can be taken back
  std::optional<Channel> channel;            // how it came in, when staff write it down
};
FIELDS(NewMessage, kind, body, files, mentions, send_at, undo_seconds, channel)

struct MessagePatch {
  Given<Html<100'000>> body;
  Given<Time> send_at;
};
FIELDS(MessagePatch, body, send_at)

// Who really wrote or asked, when the program (mail, import, demo) or a member of staff does it in
// another's name. Never filled from a request.
struct Origin {
  std::optional<Id<accounts::User>> by;
  std::optional<Id<customers::Contact>> contact;  // set: it comes from the customer
  std::optional<Time> at;                         // when, for imports
  std::optional<std::string> number;              // the number a ticket keeps, for imports
  std::optional<Channel> channel;
};

// A message with the names of who wrote it and what hangs on it.
struct MessageView {
  Id<Message> id;
  Version version;
  Id<Ticket> ticket;
  MessageKind kind = MessageKind::reply;
  MessageState state = MessageState::sent;
  std::optional<Id<accounts::User>> author;
  std::optional<Id<customers::Contact>> contact;
  std::string author_name;
  bool from_customer = false;
  Channel channel = Channel::staff;
  Html<100'000> body;
  bool remote_images = false;
  std::vector<Id<accounts::User>> mentions;
  Time created_at;
  Time send_at;
  std::optional<Time> edited_at;
  std::optional<Time> read_by_customer_at;
  std::vector<files::FileCard> files;
  bool withheld = false;             // there is a text, but it is not for who looks
  std::vector<std::string> allowed;  // "edit", "withdraw"
};
FIELDS(MessageView, id, version, ticket, kind, state, author, contact, author_name, from_customer,
       channel, body, remote_images, mentions, created_at, send_at, edited_at, read_by_customer_at,
       files, withheld, allowed)
STAFF_ONLY(MessageView, "mentions", "read_by_customer_at")

struct MessageFilter {
  std::optional<MessageKind> kind;
  Paging paging;
};
FIELDS(MessageFilter, kind, paging)

Page<MessageView> list_messages(Reader& reader, Id<Ticket> ticket, const MessageFilter& filter);

// A reply or note by the actor. Customers write replies only, and theirs moves a ticket that waits
// for them; forbidden("customers_write_replies"), conflict("reopen_window_passed").
Message add_message(Change& change, Id<Ticket> ticket, const NewMessage& input);
Message add_message(Change& change, Id<Ticket> ticket, const NewMessage& input,
                    const Origin& origin);
// While it is pending, by its author: conflict("message_already_sent").
Message change_message(Change& change, Id<Message> id, const MessagePatch& input);
// As change_message(); its files are the author's uploads again, so nothing of it is lost.
Message withdraw_message(Change& change, Id<Message> id);

// Puts the message into the search as its ticket's (after it was moved to another ticket).
void index_message(Change& change, const Ticket& ticket, const Message& message);

}  // namespace baijin::tickets
