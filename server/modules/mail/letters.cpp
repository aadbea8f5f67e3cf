#include "modules/mail/letters.h"

#include "base/html.h"
#include "base/text.h"
#include "hub/desk_place.h"
#include "hub/events.h"
#include "hub/hub.h"
#include "hub/module.h"
#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/mail/answers.h"
#include "modules/mail/mailboxes.h"
#include "modules/mail/threading.h"
#include "modules/mail/wording.h"
#include "modules/portal/portal.h"

namespace baijin::mail {
namespace {

constexpr std::int64_t most_enclosed = 20LL << 20;  // what is larger is fetched by the link
constexpr int most_history = 3;
constexpr auto old_news = hours(1);  // what is told of long ago was imported
constexpr auto just_replied = minutes(15);

// ── writers ───────────────────────────────────────────────────────────────────────────────────

std::optional<Draft> write_wording(Reader& receiver, const OutgoingMail& mail) {
  if (!mail.ticket) return {};
  auto ticket = receiver.find(*mail.ticket);
  auto text = template_for(receiver, mail.kind.value, language_of(receiver, mail));
  if (!ticket || !text) return {};
  auto values = values_of(receiver, *ticket, text->language.value,
                          mail.about.value.contains("stranger"));
  Draft draft;
  draft.subject = templates::fill_text(text->subject.value, known_variables, values);
  draft.html = filled_body(text->body.value, values).html;
  draft.signature = true;
  return draft;
}

std::string author_of(Reader& receiver, const tickets::Message& message) {
  if (message.contact) return customers::contact_name(receiver, *message.contact);
  if (!message.author) return {};
  auto author = receiver.find_unseen(*message.author);
  return author ? author->name.value : std::string();
}

// What was said before, as far as the receiver may read it (N1).
void put_history(Reader& receiver, const tickets::Message& reply, bool english, Draft& draft) {
  auto before = receiver.list<tickets::Message>(R"(SELECT {fields m} FROM messages m
      WHERE m.ticket = $1 AND m.id < $2 AND m.kind = 'reply' AND m.state = 'sent' AND {visible m}
      ORDER BY m.id DESC LIMIT $3)",
                                                reply.ticket, reply.id, std::int64_t{most_history});
  auto zone = desk_place(receiver).time_zone;
  for (const auto& message : before) {
    auto head = clock_text(message.created_at, zone) + " " + author_of(receiver, message) +
                (english ? " wrote:" : " 写道：");
    if (draft.history_introduction.empty()) draft.history_introduction = head;
    else draft.history_html += "<p>" + escape_html(head) + "</p>";
    draft.history_html += message.body.value;
  }
}

void put_files(Reader& receiver, const tickets::Message& message, bool english, Draft& draft) {
  std::int64_t ids[] = {message.id.value};
  std::int64_t bytes = 0;
  std::string left_out;
  for (const auto& file : files::files_of(receiver, "message", ids)) {
    auto name = "file-" + std::to_string(file.id.value);
    bool shown = draft.html.find("cid:" + name) != std::string::npos;
    if (bytes + file.bytes > most_enclosed) {
      left_out += "<li>" + escape_html(file.name) + "</li>";
      continue;
    }
    bytes += file.bytes;
    draft.files.push_back({file.name, file.type, file.sha256, shown ? name : ""});
  }
  if (left_out.empty() || !message.ticket) return;
  auto ticket = receiver.find_unseen(message.ticket);
  if (!ticket || !ticket->contact) return;
  auto link = portal::follow_link(receiver, ticket->id, *ticket->contact);
  draft.html += (english ? "<p>Too large for a mail, <a href=\"" : "<p>文件太大，<a href=\"") +
                escape_html(link) +
                (english ? "\">to be fetched here</a>:</p><ul>" : "\">请在这里下载</a>：</p><ul>") +
                left_out + "</ul>";
}

std::optional<Draft> write_reply(Reader& receiver, const OutgoingMail& mail) {
  if (!mail.message) return {};
  auto message = receiver.find(*mail.message);
  auto ticket = message ? receiver.find(message->ticket) : std::nullopt;
  if (!message || !ticket || message->state != tickets::MessageState::sent) return {};
  bool english = language_of(receiver, mail) == "en";
  Draft draft;
  draft.automatic = false;
  draft.signature = true;
  draft.subject = "Re: " + ticket->subject.value + " [" + ticket->number + "]";
  draft.html = message->body.value;
  put_files(receiver, *message, english, draft);
  put_history(receiver, *message, english, draft);
  return draft;
}

// ── what calls for a letter ───────────────────────────────────────────────────────────────────

bool any_sends(Reader& reader) {
  return reader.any(R"(SELECT 1 FROM mailboxes b WHERE b.active = TRUE
      {all: whether there is anything to do} LIMIT 1)");
}

std::optional<std::string_view> preferred_channel(const customers::Preferences& preferences) {
  if (!preferences.channel) return {};
  return name_of(*preferences.channel);
}

bool wants_letters(Reader& reader, const tickets::Ticket& ticket) {
  auto preferences = customers::preferences_for(reader, ticket.contact, ticket.customer);
  return wants_mail(ticket.channel, preferred_channel(preferences));
}

// When their quiet hours are over; what a person writes does not wait.
Time polite_time(Reader& reader, const tickets::Ticket& ticket) {
  auto preferences = customers::preferences_for(reader, ticket.contact, ticket.customer);
  auto zone = desk_place(reader).time_zone;
  auto at = reader.now();
  for (int step = 0; step < 96 && customers::quiet_at(preferences, at, zone); ++step) {
    at = at + minutes(15);
  }
  return at;
}

std::optional<tickets::Ticket> fresh_ticket(Change& change, const Event& event) {
  if (!any_sends(change) || change.now() - event.at > days(1)) return {};
  auto ticket = change.find_unseen(Id<tickets::Ticket>{event.subject.id});
  if (!ticket || ticket->merged_into || !ticket->contact) return {};
  return ticket;
}

// Whoever asked may have named somebody else's address, and nobody of the desk had a hand in what
// is said (M7).
bool nobody_vouches_for(Reader& reader, const tickets::Ticket& ticket, std::string_view kind) {
  return !ticket.created_by && goes_by_itself(kind) && is_stranger(reader, *ticket.contact);
}

void say(Change& change, const tickets::Ticket& ticket, std::string_view kind) {
  if (!wants_letters(change, ticket)) return;
  NewOutgoing outgoing;
  outgoing.kind = kind;
  outgoing.ticket = ticket.id;
  outgoing.contact = ticket.contact;
  outgoing.due_at = polite_time(change, ticket);
  if (nobody_vouches_for(change, ticket, kind)) answer_stranger(change, std::move(outgoing));
  else post(change, outgoing);
}

void after_reply(Change& change, const Event& event) {
  auto ticket = fresh_ticket(change, event);
  const auto* number = event.data.value.if_contains("message");
  if (!ticket || !number || !wants_letters(change, *ticket)) return;
  NewOutgoing outgoing;
  outgoing.kind = "reply";
  outgoing.ticket = ticket->id;
  outgoing.message = Id<tickets::Message>{number->to_number<std::int64_t>()};
  for (const auto& address : taking_part(change, *ticket)) {
    outgoing.contact = customers::contact_with_email(change, address);
    outgoing.recipient = address;
    post(change, outgoing);
  }
}

// Requests by mail are answered where they come in; the others here.
void after_opening(Change& change, const Event& event) {
  auto ticket = fresh_ticket(change, event);
  if (!ticket || ticket->channel == tickets::Channel::email) return;
  if (event.at - ticket->created_at > old_news) return;
  say(change, *ticket, "received");
}

bool was_just_told(const tickets::Ticket& ticket, Time now) {
  return ticket.last_reply_at && now - *ticket.last_reply_at < just_replied;
}

void after_move(Change& change, const Event& event) {
  auto ticket = fresh_ticket(change, event);
  const auto* to = event.data.value.if_contains("to");
  // Only where it still is; who moved on meanwhile is told of that.
  if (!ticket || !to || !to->is_string() || to->as_string() != ticket->state) return;
  if (ticket->phase == tickets::Phase::solved) return say(change, *ticket, "confirm");
  bool waits_for_him = ticket->phase == tickets::Phase::waiting &&
                       ticket->state == tickets::waits_for_customer;
  if (waits_for_him && !was_just_told(*ticket, change.now())) say(change, *ticket, "waiting");
}

std::function<void(Change&, const Event&)> saying(std::string_view kind) {
  return [kind](Change& change, const Event& event) {
    auto ticket = fresh_ticket(change, event);
    if (ticket) say(change, *ticket, kind);
  };
}

}  // namespace

bool wants_mail(tickets::Channel came_by, std::optional<std::string_view> preferred) {
  // Who wrote a mail gets mail.
  if (came_by == tickets::Channel::email) return true;
  return !preferred || *preferred == "email";
}

void install_letters(Module& m) {
  for (auto kind : worded_kinds) writes(m, kind, write_wording);
  writes(m, "reply", write_reply);
  m.on("tickets.replied", after_reply);
  m.on("tickets.opened", after_opening);
  m.on("tickets.moved", after_move);
  m.on("tickets.confirmation_reminded", saying("reminder"));
  m.on("tickets.closed", saying("closed"));
  m.on("tickets.reopened", saying("reopened"));
}

}  // namespace baijin::mail
