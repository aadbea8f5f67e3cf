#include "modules/mail/delivering.h"

#include "base/text.h"
#include "hub/hub.h"
#include "modules/customers/customers.h"
#include "modules/files/files.h"
#include "modules/mail/answers.h"
#include "modules/mail/bounces.h"
#include "modules/mail/floods.h"
#include "modules/mail/judging.h"
#include "modules/mail/letter_body.h"
#include "modules/mail/mailboxes.h"
#include "modules/mail/sorting.h"
#include "modules/mail/threading.h"

namespace baijin::mail {
namespace {

constexpr std::size_t most_files = 50;
constexpr auto flood_window = minutes(10);

bool is_english(const Mailbox& mailbox) { return mailbox.language.value.starts_with("en"); }

// Who wrote, as far as the letter says it.
struct Sender {
  std::string email, name;
  std::optional<Id<customers::Contact>> contact;
  std::optional<Id<customers::Customer>> customer;  // by the mail domain, when there is no contact
};

Sender sender_of(Reader& reader, const mime::Message& letter) {
  Sender sender;
  if (letter.from.empty()) return sender;
  const auto& from = letter.from.front();
  sender.name = from.name;
  if (!from.valid) return sender;
  sender.email = from.email;
  sender.contact = customers::contact_with_email(reader, from.email);
  if (!sender.contact) sender.customer = customers::customer_with_email_domain(reader, from.email);
  return sender;
}

void note_what_was_read(IncomingMail& mail, const ReadLetter& read, const Sender& sender,
                        const Mailbox& mailbox) {
  mail.subject.value = shorten(read.letter.subject, 1'000);
  mail.from_email.value = shorten(sender.email, 320);
  mail.from_name.value = shorten(sender.name, 200);
  mail.message_id.value = shorten(read.letter.message_id, 1'000);
  mail.sent_at = read.letter.sent_at;
  mail.nature = read.judgement.nature;
  mail.proof = judging::proof_of(read.letter, mailbox.authserv.value);
  mail.contact = sender.contact;
}

// True when nothing has this content yet; it has from now on.
bool is_new_content(Change& change, const IncomingMail& mail, const std::string& content) {
  auto other = change.value<std::int64_t>(
      "SELECT c.mail FROM mail_contents c WHERE c.content = $1 {all: was it here before}", content);
  if (other) return *other == mail.id.value;
  change.keep_books("INSERT INTO mail_contents (content, mail) VALUES ($1, $2)", content, mail.id);
  return true;
}

// A letter without a sender that somebody made a ticket of is of a person without a name.
Id<customers::Contact> contact_for(Change& change, const Mailbox& mailbox, const Sender& sender) {
  if (sender.contact) return *sender.contact;
  customers::Stranger stranger;
  auto name = sender.name.empty() ? sender.email : sender.name;
  if (name.empty()) name = is_english(mailbox) ? "(unknown sender)" : "（未知发件人）";
  stranger.name.value = shorten(name, 120);
  if (!sender.email.empty()) stranger.email = Email{sender.email};
  stranger.customer = sender.customer;
  return customers::add_stranger(change, stranger);
}

std::string file_name(const mime::Attachment& part, std::size_t number) {
  if (!part.name.empty()) return part.name;
  std::string_view end = ".bin";
  if (part.role == mime::Role::message) end = ".eml";
  else if (part.role == mime::Role::calendar) end = ".ics";
  else if (part.type.starts_with("image/")) end = "";
  auto name = "attachment-" + std::to_string(number);
  if (end.empty()) return name + "." + part.type.substr(6);
  return name + std::string(end);
}

struct Said {
  Html<100'000> body;
  std::vector<Id<files::File>> files;
  bool folded = false;
};

Said said_in(Change& change, const ReadLetter& read, const Mailbox& mailbox) {
  Said said;
  std::map<std::string, std::string, std::less<>> images;
  for (std::size_t i = 0; i < read.letter.attachments.size(); ++i) {
    const auto& part = read.letter.attachments[i];
    const auto& stored = read.parts[i];
    if (stored.sha256.empty()) continue;
    if (said.files.size() == most_files) {
      said.folded = true;
      break;
    }
    auto file = files::keep_stored(change, {file_name(part, i + 1), stored.sha256, stored.bytes});
    said.files.push_back(file.id);
    if (!part.content_id.empty()) {
      images[part.content_id] = "cid:file-" + std::to_string(file.id.value);
    }
  }
  auto body = body_of(read.letter, images);
  said.folded = said.folded || body.folded;
  said.body.value = std::move(body.html);
  if (said.body.value.empty()) {
    said.body.value = is_english(mailbox) ? "<p>(no text)</p>" : "<p>（没有正文）</p>";
  }
  return said;
}

struct Delivery {
  Change& change;
  const ReadLetter& read;
  const Mailbox& mailbox;
  Sender sender;
  IncomingMail& mail;
};

tickets::Ticket open_for(Delivery& delivery, const std::optional<MailRule>& rule,
                         const Said& said) {
  auto& change = delivery.change;
  tickets::NewTicket request;
  request.service_type = delivery.mailbox.service_type;
  auto subject = shorten(delivery.read.letter.subject, 200);
  bool blank = subject.empty();
  if (blank) subject = is_english(delivery.mailbox) ? "(no subject)" : "（无主题）";
  request.subject.value = subject;
  request.body = said.body;
  request.files = said.files;
  request.contact = contact_for(change, delivery.mailbox, delivery.sender);
  request.team = delivery.mailbox.team;
  if (rule) {
    if (rule->service_type) request.service_type = *rule->service_type;
    if (rule->team) request.team = rule->team;
    if (rule->tag) request.tags.push_back(*rule->tag);
    request.priority = rule->priority;
    if (rule->priority) request.priority_reason = Lines<2'000>{rule->name.value};
  }
  tickets::Origin origin;
  origin.contact = request.contact;
  origin.channel = tickets::Channel::email;
  auto ticket = tickets::open_ticket(change, request, origin);
  delivery.mail.contact = request.contact;
  return ticket;
}

std::optional<Id<tickets::Message>> newest_message(Reader& reader, Id<tickets::Ticket> ticket) {
  return reader.value<Id<tickets::Message>>(
      "SELECT max(m.id) FROM messages m WHERE m.ticket = $1 {all: what was just written}", ticket);
}

void become_ticket(Delivery& delivery, const std::optional<MailRule>& rule,
                   std::optional<Id<tickets::Ticket>> after) {
  auto said = said_in(delivery.change, delivery.read, delivery.mailbox);
  auto ticket = open_for(delivery, rule, said);
  delivery.mail.ticket = ticket.id;
  delivery.mail.message = newest_message(delivery.change, ticket.id);
  delivery.mail.folded = said.folded;
  if (after) tickets::relate(delivery.change, ticket.id, *after);
  propose_participants(delivery.change, ticket, delivery.read.letter);
  answer_receipt(delivery.change, {delivery.mailbox, ticket, delivery.mail, delivery.read.letter,
                                   !delivery.sender.contact ||
                                       is_stranger(delivery.change, *delivery.sender.contact),
                                   delivery.read.judgement.may_be_answered});
}

// A closed ticket whose time to be reopened is over goes on as a new one.
void become_message(Delivery& delivery, Id<tickets::Ticket> id) {
  auto& change = delivery.change;
  auto ticket = change.get(id);
  auto said = said_in(change, delivery.read, delivery.mailbox);
  tickets::NewMessage message;
  message.body = said.body;
  message.files = said.files;
  tickets::Origin origin;
  origin.contact = contact_for(change, delivery.mailbox, delivery.sender);
  origin.channel = tickets::Channel::email;
  std::optional<Id<tickets::Message>> written;
  auto write = [&](Change& own) { written = tickets::add_message(own, id, message, origin).id; };
  if (ticket.phase == tickets::Phase::closed) {
    auto refusal = change.attempt(program_actor(), write);
    if (refusal && refusal->reason == "reopen_window_passed") {
      return become_ticket(delivery, {}, id);
    }
    if (refusal) throw *refusal;
  } else {
    write(change);
  }
  delivery.mail.contact = origin.contact;
  delivery.mail.ticket = id;
  delivery.mail.message = written;
  delivery.mail.folded = said.folded;
  propose_participants(change, ticket, delivery.read.letter);
}

void finish(Change& change, IncomingMail& mail, IncomingState state, std::string_view reason) {
  mail.state = state;
  mail.reason = reason;
  change.save(mail);
  std::string_view kind = "mail.not_taken";
  if (state == IncomingState::delivered) kind = "mail.delivered";
  else if (state == IncomingState::held) kind = "mail.held";
  change.tell(kind, mail, {{"reason", reason}});
}

judging::Facts facts_of(Delivery& delivery, const FoundThread& thread) {
  judging::Facts facts;
  facts.nature = delivery.read.judgement.nature;
  facts.has_sender = !delivery.sender.email.empty();
  facts.from_ourselves = facts.has_sender && is_own_address(delivery.change, delivery.sender.email);
  facts.whole = delivery.mail.whole;
  facts.thread = thread.kind;
  facts.known = delivery.sender.contact || delivery.sender.customer;
  if (facts.has_sender)
    facts.lately = came_since(delivery.change, delivery.sender.email,
                              delivery.change.now() - flood_window);
  facts.strangers = delivery.mailbox.strangers;
  facts.takes_lists = delivery.mailbox.takes_lists;
  facts.decision = delivery.mail.decision;
  return facts;
}

// What a rule makes of a letter that would open a ticket; nobody's decision is overruled.
judging::Verdict sorted(const judging::Verdict& verdict, const std::optional<MailRule>& rule,
                        Decision decision) {
  if (!rule || verdict.fate != judging::Fate::ticket || decision != Decision::none) return verdict;
  switch (rule->outcome) {
    case Outcome::open: return verdict;
    case Outcome::hold: return {judging::Fate::hold, "rule"};
    case Outcome::refuse: return {judging::Fate::refuse, "rule"};
    case Outcome::silence: return {judging::Fate::silence, "rule"};
  }
  return verdict;
}

}  // namespace

void deliver(Change& change, const ReadLetter& read) {
  auto mail = change.take_unseen(read.mail);
  if (mail.state != IncomingState::waiting || !mail.mailbox) return;
  auto mailbox = change.find_unseen(*mail.mailbox);
  if (!mailbox) throw not_found();
  Delivery delivery{change, read, *mailbox, sender_of(change, read.letter), mail};
  note_what_was_read(mail, read, delivery.sender, *mailbox);
  if (!is_new_content(change, mail, read.content)) {
    return finish(change, mail, IncomingState::duplicate, "");
  }
  auto thread = thread_of(change, read.letter, delivery.sender.email);
  auto rule = rule_for(change, mailbox->id, read.letter);
  auto facts = facts_of(delivery, thread);
  note_flood(change, *mailbox, delivery.sender.email, facts.lately);
  auto verdict = sorted(judging::verdict(facts), rule, mail.decision);
  switch (verdict.fate) {
    case judging::Fate::message:
      become_message(delivery, *thread.ticket);
      return finish(change, mail, IncomingState::delivered, "");
    case judging::Fate::ticket:
      become_ticket(delivery, rule, {});
      return finish(change, mail, IncomingState::delivered, "");
    case judging::Fate::hold:
      mail.ticket = thread.ticket;
      return finish(change, mail, IncomingState::held, verdict.reason);
    case judging::Fate::silence:
      if (read.judgement.nature == mime::Nature::bounce) note_bounce(change, read.judgement, mail);
      return finish(change, mail, IncomingState::silent, verdict.reason);
    case judging::Fate::refuse: return finish(change, mail, IncomingState::refused, verdict.reason);
  }
}

}  // namespace baijin::mail
