#include "modules/notices/telling.h"

#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/mail/mail.h"
#include "modules/notices/keeping.h"
#include "modules/notices/rules.h"

namespace baijin::notices {
namespace {

using rules::Told;
using tickets::Message;
using tickets::Ticket;

// What is entered with a date of its own (an import) is no news.
constexpr auto old_news = days(1);

Ticket ticket_of(Change& change, const Event& event) {
  return change.get(Id<Ticket>{event.subject.id});
}

rules::Circle circle_of(Change& change, const Ticket& ticket) {
  rules::Circle circle;
  circle.assignee = ticket.assignee;
  circle.watchers = change.values<rules::Member>(R"(SELECT w.member FROM watchers w
      WHERE w.ticket = $1 {all: whether each may know is asked for each} ORDER BY w.member)",
                                                 ticket.id);
  circle.team = change.values<rules::Member>(R"(SELECT m.member FROM team_members m
      WHERE m.team = $1 {all: whether each may know is asked for each} ORDER BY m.member)",
                                             ticket.team);
  circle.leads = change.values<rules::Member>(R"(SELECT m.member FROM team_members m
      WHERE m.team = $1 AND m.lead = TRUE {all: whether each may know is asked for each}
      ORDER BY m.member)",
                                              ticket.team);
  return circle;
}

std::int64_t number_in(const Event& event, std::string_view name) {
  const auto* value = event.data.value.if_contains(name);
  return value && value->is_number() ? value->to_number<std::int64_t>() : 0;
}

std::string_view text_in(const Event& event, std::string_view name) {
  const auto* value = event.data.value.if_contains(name);
  return value && value->is_string() ? std::string_view(value->get_string()) : "";
}

// From what to what a field of the subject went; nullptr when it stayed.
const boost::json::array* changed_in(const Event& event, std::string_view field) {
  const auto* all = event.data.value.if_contains("changed");
  const auto* fields = all ? all->if_object() : nullptr;
  const auto* change = fields ? fields->if_contains(field) : nullptr;
  const auto* pair = change ? change->if_array() : nullptr;
  return pair && pair->size() == 2 ? pair : nullptr;
}

std::optional<rules::Member> member_in(const boost::json::value& value) {
  if (!value.is_number()) return {};
  return rules::Member{value.to_number<std::int64_t>()};
}

std::string name_of_user(Change& change, rules::Member user) {
  return change
      .value<std::string>("SELECT u.name FROM users u WHERE u.id = $1 {all: who did it}", user)
      .value_or("");
}

Doer doer_of(Change& change, const Event& event) {
  auto who = parse_ref(event.actor);
  if (!who) return {};
  if (who->kind == "contact") return {{}, customers::contact_name(change, {who->id})};
  if (who->kind == "user") return {rules::Member{who->id}, name_of_user(change, {who->id})};
  return {};
}

// Whoever wrote it, not who carried it in or sent it off.
Doer author_of(Change& change, const Message& message) {
  if (message.author) return {message.author, name_of_user(change, *message.author)};
  if (message.contact) return {{}, customers::contact_name(change, *message.contact)};
  return {};
}

void tell_all(Change& change, const Event& event, const Ticket& ticket, const Doer& doer,
              std::vector<Told> told) {
  for (const auto& one : rules::without_doer(std::move(told), doer.user)) {
    keep_notice(change, event, About(ticket), one, doer.name);
  }
}

// Whose it was at first: what somebody did to it since is told by an event of its own.
Ticket as_opened(Change& change, const Event& event) {
  auto ticket = ticket_of(change, event);
  auto since = change.list<Event>(R"(SELECT {fields e} FROM events e
      WHERE e.subject = $1 AND e.seq > $2 AND e.kind IN ('tickets.assigned', 'tickets.moved')
        {all: what became of the ticket since} ORDER BY e.seq DESC)",
                                  event.subject, event.seq);
  for (const auto& later : since) {
    if (const auto* assignee = changed_in(later, "assignee")) {
      ticket.assignee = member_in(assignee->front());
    }
    const auto* team = changed_in(later, "team");
    if (team && team->front().is_null()) ticket.team.reset();
    else if (team) ticket.team = Id<accounts::Team>{team->front().to_number<std::int64_t>()};
  }
  return ticket;
}

void opened(Change& change, const Event& event) {
  auto ticket = as_opened(change, event);
  if (event.at - ticket.created_at > old_news) return;
  tell_all(change, event, ticket, doer_of(change, event),
           rules::told_of_opening(circle_of(change, ticket)));
}

void handed(Change& change, const Event& event) {
  const auto* assignee = changed_in(event, "assignee");
  const auto* team = changed_in(event, "team");
  if (!assignee && !team) return;
  auto ticket = ticket_of(change, event);
  rules::Handing handing;
  if (assignee) {
    handing.from = member_in(assignee->front());
    handing.to = member_in(assignee->back());
  }
  handing.to_team = team && !team->back().is_null();
  tell_all(change, event, ticket, doer_of(change, event),
           rules::told_of_handing(circle_of(change, ticket), handing));
}

void reopened(Change& change, const Event& event) {
  auto ticket = ticket_of(change, event);
  tell_all(change, event, ticket, doer_of(change, event),
           rules::told_of_customer(circle_of(change, ticket), NoticeKind::reopened));
}

void moved(Change& change, const Event& event) {
  handed(change, event);
  if (text_in(event, "reason") == "not_solved") reopened(change, event);
}

std::optional<Message> message_of(Change& change, const Event& event) {
  auto message = change.find(Id<Message>{number_in(event, "message")});
  if (message && event.at - message->send_at > old_news) message.reset();
  return message;
}

void answered(Change& change, const Event& event) {
  auto message = message_of(change, event);
  if (!message) return;
  auto ticket = ticket_of(change, event);
  tell_all(change, event, ticket, author_of(change, *message),
           rules::told_of_customer(circle_of(change, ticket), NoticeKind::customer_answered));
}

void told_by_colleague(Change& change, const Event& event, NoticeKind kind) {
  auto message = message_of(change, event);
  if (!message) return;
  auto ticket = ticket_of(change, event);
  tell_all(change, event, ticket, author_of(change, *message),
           rules::told_of_colleague(circle_of(change, ticket), kind));
}

void noted(Change& change, const Event& event) {
  told_by_colleague(change, event, NoticeKind::watched_ticket_noted);
}

void replied(Change& change, const Event& event) {
  told_by_colleague(change, event, NoticeKind::watched_ticket_replied);
}

void mentioned(Change& change, const Event& event) {
  auto message = message_of(change, event);
  if (!message) return;
  tell_all(change, event, ticket_of(change, event), author_of(change, *message),
           {{rules::Member{number_in(event, "member")}, NoticeKind::mentioned}});
}

void rated(Change& change, const Event& event) {
  auto ticket = ticket_of(change, event);
  tell_all(change, event, ticket, doer_of(change, event),
           rules::told_of_rating(circle_of(change, ticket), number_in(event, "rating")));
}

// Whoever wrote it hears that it did not arrive, and who has the ticket now.
void not_delivered(Change& change, const Event& event) {
  auto mail = change.find(Id<mail::OutgoingMail>{number_in(event, "mail")});
  auto message = mail && mail->message ? change.find(*mail->message) : std::nullopt;
  auto ticket = ticket_of(change, event);
  std::vector<Told> told;
  for (auto member : {message ? message->author : std::nullopt, ticket.assignee}) {
    if (member) told.push_back({*member, NoticeKind::reply_not_delivered});
  }
  tell_all(change, event, ticket, {}, std::move(told));
}

// Silence is nobody's doing, and its ticket's assignee alone can do something about it.
void tell_assignee(Change& change, const Event& event, NoticeKind kind) {
  auto ticket = ticket_of(change, event);
  if (ticket.assignee) tell_all(change, event, ticket, {}, {{*ticket.assignee, kind}});
}

void reminded(Change& change, const Event& event) {
  tell_assignee(change, event, NoticeKind::closing_reminder);
}

void held(Change& change, const Event& event) {
  tell_assignee(change, event, NoticeKind::closing_held);
}

}  // namespace

void listen_to_tickets(Module& m) {
  m.on("tickets.opened", opened);
  m.on("tickets.assigned", handed);
  m.on("tickets.moved", moved);
  m.on("tickets.reopened", reopened);
  m.on("tickets.answered", answered);
  m.on("tickets.noted", noted);
  m.on("tickets.replied", replied);
  m.on("tickets.mentioned", mentioned);
  m.on("tickets.rated", rated);
  m.on("tickets.confirmation_reminded", reminded);
  m.on("tickets.closing_held", held);
  m.on("mail.not_delivered", not_delivered);
}

}  // namespace baijin::notices
