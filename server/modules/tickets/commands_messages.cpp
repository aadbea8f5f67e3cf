#include "base/html.h"
#include "modules/accounts/accounts.h"
#include "modules/search/search.h"
#include "modules/tickets/reads.h"
#include "modules/tickets/rules.h"
#include "modules/tickets/steps.h"

namespace baijin::tickets {
namespace {

constexpr std::int64_t usual_undo_seconds = 8, most_undo_seconds = 120;
constexpr auto longest_schedule = days(366);
constexpr std::size_t most_files = 50, most_mentions = 50;

Ref ref_of(const Message& message) { return {"message", message.id.value}; }

bool comes_from_customer(const Change& change, const Origin& origin) {
  return change.actor().kind == ActorKind::contact || origin.contact;
}

// When the customer gets it: a reply of ours can be taken back for some seconds.
Time send_time(const Change& change, const NewMessage& input, const Origin& origin, Part part) {
  auto now = origin.at.value_or(change.now());
  bool outbound = input.kind == MessageKind::reply && part == Part::conversation &&
                  !comes_from_customer(change, origin) && !origin.at;
  if (!outbound) return now;
  if (input.send_at && *input.send_at > now) {
    if (*input.send_at > now + longest_schedule) throw invalid("out_of_range", "send_at");
    return *input.send_at;
  }
  // The program has thought before it speaks.
  auto usual = change.actor().kind == ActorKind::program ? 0 : usual_undo_seconds;
  auto undo = input.undo_seconds.value_or(usual);
  if (undo < 0 || undo > most_undo_seconds) throw invalid("out_of_range", "undo_seconds");
  return now + seconds(undo);
}

void check(const Change& change, const NewMessage& input, const Origin& origin) {
  if (comes_from_customer(change, origin)) {
    if (input.kind != MessageKind::reply || !input.mentions.empty() || input.send_at) {
      throw forbidden("customers_write_replies");
    }
  }
  if (input.files.size() > most_files) throw invalid("too_many", "files");
  if (input.mentions.size() > most_mentions) throw invalid("too_many", "mentions");
}

Message made(const Change& change, const Ticket& ticket, const NewMessage& input,
             const Origin& origin, Part part) {
  Message message;
  message.ticket = ticket.id;
  message.kind = input.kind;
  if (origin.by) message.author = origin.by;
  else if (change.actor().user) message.author = change.actor().user;
  message.from_customer = comes_from_customer(change, origin);
  message.contact = origin.contact;
  if (!message.contact) message.contact = contact_of(change.actor());
  message.channel = origin.channel.value_or(
      contact_of(change.actor()) ? Channel::portal : input.channel.value_or(Channel::staff));
  message.body = input.body;
  // The sanitiser leaves this attribute to images of elsewhere only.
  message.remote_images = input.body.value.find("data-remote-src=") != std::string::npos;
  message.mentions = input.mentions;
  message.attachments = static_cast<std::int64_t>(input.files.size());
  message.created_at = origin.at.value_or(change.now());
  message.send_at = send_time(change, input, origin, part);
  message.state = message.send_at > change.now() ? MessageState::pending : MessageState::sent;
  return message;
}

std::string_view event_of(const Message& message) {
  if (message.from_customer) return "tickets.answered";
  if (message.kind == MessageKind::note) return "tickets.noted";
  return message.state == MessageState::pending ? "tickets.reply_prepared" : "tickets.replied";
}

bool is_first_response(const Ticket& ticket, const Message& message) {
  return !ticket.responded_at && !message.from_customer && message.kind == MessageKind::reply &&
         message.state == MessageState::sent;
}

// Not a new version of the ticket: who edits its fields is not disturbed by talk.
void touch(Change& change, const Ticket& ticket, const Message& message, Time now) {
  bool first = is_first_response(ticket, message);
  bool told = message.kind == MessageKind::reply && message.state == MessageState::sent;
  change.execute(R"(UPDATE tickets SET updated_at = $2,
      responded_at = CASE WHEN $3 THEN $2 ELSE responded_at END,
      last_message_at = CASE WHEN last_message_at > $4 THEN last_message_at ELSE $4 END,
      last_reply_at = CASE WHEN $5 THEN $2 ELSE last_reply_at END WHERE id = $1)",
                 ticket.id, now, first, message.created_at, told);
}

void mention(Change& change, const Ticket& ticket, const Message& message) {
  for (auto member : message.mentions) {
    must_be_staff(change, member, "mentions");
    watch(change, ticket.id, member);
    change.tell("tickets.mentioned", ticket,
                {{"message", message.id.value}, {"member", member.value}});
  }
}

void put(Change& change, const Ticket& ticket, const Message& message, std::string text) {
  search::put(change, {ref_of(message), ticket.customer,
                       message.kind == MessageKind::note || message.state != MessageState::sent,
                       message.created_at, ticket.subject.value, std::move(text)});
}

// A pending message by its author, who alone may still change it.
Message take_pending(Change& change, Id<Message> id) {
  auto message = change.take(id);
  if (!message.author || *message.author != change.actor().user) throw forbidden("not_the_author");
  if (message.state != MessageState::pending) throw conflict("message_already_sent");
  return message;
}

std::string send_key(const Message& message) { return std::to_string(message.id.value); }

void schedule_sending(Change& change, const Message& message) {
  change.schedule("tickets.send_message", send_key(message), message.send_at,
                  SendPayload{message.id});
}

}  // namespace

Message write_message(Change& change, const Ticket& ticket, const NewMessage& input,
                      const Origin& origin, Part part) {
  check(change, input, origin);
  auto text = html_to_text(input.body.value);
  if (text.empty() && !rules::shows_picture(input.body.value) && input.files.empty()) {
    throw invalid("required", "body");
  }
  auto message = made(change, ticket, input, origin, part);
  change.add(message);
  for (auto file : input.files) files::attach(change, file, ref_of(message));
  put(change, ticket, message, std::move(text));
  if (part == Part::conversation) {
    if (message.state == MessageState::pending) schedule_sending(change, message);
    touch(change, ticket, message, message.created_at);
    if (!origin.at) read_own_words(change, ticket.id, message.created_at);
    change.tell(event_of(message), ticket, {{"message", message.id.value}});
  }
  mention(change, ticket, message);
  return message;
}

void index_message(Change& change, const Ticket& ticket, const Message& message) {
  put(change, ticket, message, html_to_text(message.body.value));
}

Message add_message(Change& change, Id<Ticket> id, const NewMessage& input) {
  return add_message(change, id, input, {});
}

Message add_message(Change& change, Id<Ticket> id, const NewMessage& input, const Origin& origin) {
  auto ticket = change.get(id);
  if (ticket.merged_into) throw conflict("ticket_was_merged");
  auto message = write_message(change, ticket, input, origin, Part::conversation);
  // What was imported had its effect long ago.
  if (message.from_customer && !origin.at) take_up_after_answer(change, ticket);
  return message;
}

Message change_message(Change& change, Id<Message> id, const MessagePatch& input) {
  auto message = take_pending(change, id);
  auto ticket = change.get(message.ticket);
  if (input.body.given && html_to_text(input.body.value.value).empty() &&
      !rules::shows_picture(input.body.value.value) && message.attachments == 0) {
    throw invalid("required", "body");
  }
  input.body.into(message.body);
  if (input.send_at.given) {
    if (input.send_at.value > change.now() + longest_schedule) {
      throw invalid("out_of_range", "send_at");
    }
    message.send_at = input.send_at.value;
    schedule_sending(change, message);
  }
  message.edited_at = change.now();
  change.save(message);
  index_message(change, ticket, message);
  change.tell("tickets.message_changed", ticket, {{"message", message.id.value}});
  return message;
}

Message withdraw_message(Change& change, Id<Message> id) {
  auto message = take_pending(change, id);
  auto ticket = change.get(message.ticket);
  message.state = MessageState::withdrawn;
  change.save(message);
  files::take_back_files(change, ref_of(message));
  change.cancel("tickets.send_message", send_key(message));
  search::drop(change, ref_of(message));
  recount_messages(change, ticket.id);
  change.tell("tickets.reply_withdrawn", ticket, {{"message", message.id.value}});
  return message;
}

void send_message(Change& change, const SendPayload& payload) {
  auto message = change.take_unseen(payload.message);
  if (message.state != MessageState::pending) return;
  auto ticket = change.find_unseen(message.ticket);
  if (!ticket) throw not_found();
  message.state = MessageState::sent;
  change.save(message);
  index_message(change, *ticket, message);
  touch(change, *ticket, message, change.now());
  boost::json::object more{{"message", message.id.value}};
  if (message.author) more["author"] = message.author->value;
  change.tell("tickets.replied", *ticket, std::move(more));
}

}  // namespace baijin::tickets
