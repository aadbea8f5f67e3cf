#include "modules/mail/leaving.h"

#include <fstream>
#include <map>

#include "base/html.h"
#include "hub/hub.h"
#include "hub/keys.h"
#include "mime/letter.h"
#include "mime/reference.h"
#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/mail/mailboxes.h"
#include "modules/mail/plain_letter.h"
#include "modules/mail/reading.h"
#include "modules/mail/signing.h"
#include "modules/mail/threading.h"

namespace baijin::mail {
namespace {

constexpr std::string_view receiver_rights[] = {"tickets.read"};

std::map<std::string, Writer, std::less<>>& writers() {
  static std::map<std::string, Writer, std::less<>> all;
  return all;
}

std::string domain_of(const std::string& address) { return address.substr(address.rfind('@') + 1); }

// Lower case letters and digits that stay the same for the same mail, however often it is tried.
std::string nonce_of(Reader& reader, const OutgoingMail& mail) {
  auto mac = reader.hub().keys().mac("mail nonce", std::to_string(mail.id.value));
  return mac.substr(0, 16);
}

std::string own_message_id(Reader& reader, const OutgoingMail& mail, const Mailbox& mailbox) {
  auto domain = domain_of(mailbox.address.value);
  if (mail.ticket) {
    return mime::make_reference(reference_key(reader), mail.ticket->value, mail.recipient.value,
                                domain, nonce_of(reader, mail));
  }
  return "mail-" + std::to_string(mail.id.value) + "-" +
         sha256_hex(nonce_of(reader, mail)).substr(0, 32) + "@" + domain;
}

// The conversation with this address so far: what it wrote last, and all that went to and fro.
void put_thread(Reader& reader, const OutgoingMail& mail, mime::Letter& letter) {
  if (!mail.ticket) return;
  auto came = reader.values<std::string>(R"(SELECT i.message_id FROM incoming_mails i
      WHERE i.ticket = $1 AND i.from_email = $2 AND i.message_id <> '' AND i.state = 'delivered'
      {all: his own letters} ORDER BY i.id LIMIT 50)",
                                         mail.ticket, mail.recipient);
  auto went = reader.values<std::string>(R"(SELECT o.message_id FROM outgoing_mails o
      WHERE o.ticket = $1 AND o.recipient = $2 AND o.message_id <> '' AND o.id < $3
      {all: letters to him} ORDER BY o.id LIMIT 50)",
                                         mail.ticket, mail.recipient, mail.id);
  if (!came.empty()) letter.references.push_back(came.front());
  letter.references.insert(letter.references.end(), went.begin(), went.end());
  for (std::size_t i = 1; i < came.size(); ++i) letter.references.push_back(came[i]);
  if (!came.empty()) letter.in_reply_to = came.back();
  else if (!went.empty()) letter.in_reply_to = went.back();
}

std::string recipient_name(Reader& reader, const OutgoingMail& mail) {
  if (mail.member) {
    auto member = reader.find_unseen(*mail.member);
    return member ? member->name.value : std::string();
  }
  if (!mail.contact) return {};
  auto contact = reader.find_unseen(*mail.contact);
  bool his = contact && contact->email && *contact->email == mail.recipient;
  return his ? contact->name.value : std::string();
}

// Why it may not leave any more, or "" (N1, N2).
std::string refusal(Reader& reader, const OutgoingMail& mail) {
  if (mail.member || !mail.ticket) return {};
  auto ticket = living_ticket(reader, *mail.ticket);
  if (!ticket) return "nothing_to_send";
  for (const auto& address : taking_part(reader, *ticket)) {
    if (address == mail.recipient.value) return {};
  }
  return "no_longer_takes_part";
}

void put_addresses(Reader& reader, const OutgoingMail& mail, const Mailbox& mailbox,
                   Leaving& leaving) {
  auto& letter = leaving.letter;
  letter.from = {mailbox.sender_name.value, mailbox.address.value, "", true};
  letter.to = {{recipient_name(reader, mail), mail.recipient.value, "", true}};
  leaving.to = mail.recipient.value;
  leaving.from = letter.automatic == mime::Automatic::no ? mailbox.address.value : "";
  if (!mail.ticket || !mailbox.plus_addresses) return;
  auto answers = mime::make_reply_address(reference_key(reader), mail.ticket->value,
                                          mail.recipient.value, mailbox.address.value);
  if (answers.empty()) return;
  letter.reply_to = {{mailbox.sender_name.value, answers, "", true}};
  leaving.from = answers;  // what comes back says by itself what it is about
}

std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(Kind::busy, "storage_unavailable", "a mail's file is not there");
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

void writes(Module&, std::string_view kind, Writer writer) {
  writers().emplace(std::string(kind), std::move(writer));
}

std::string language_of(Reader& reader, const OutgoingMail& mail) {
  std::string locale;
  if (mail.member) {
    auto member = reader.find_unseen(*mail.member);
    if (member) locale = member->locale.value;
  } else {
    std::optional<Id<customers::Customer>> customer;
    if (mail.ticket) {
      auto ticket = reader.find_unseen(*mail.ticket);
      if (ticket) customer = ticket->customer;
    }
    auto preferences = customers::preferences_for(reader, mail.contact, customer);
    if (preferences.language) locale = preferences.language->value;
    auto contact = mail.contact ? reader.find_unseen(*mail.contact) : std::nullopt;
    if (locale.empty() && contact && contact->locale) locale = contact->locale->value;
  }
  if (locale.empty()) {
    auto mailbox = reader.find_unseen(mail.mailbox);
    if (mailbox) locale = mailbox->language.value;
  }
  return locale.starts_with("en") ? "en" : "zh-CN";
}

Actor receiver_of(Reader& reader, const OutgoingMail& mail) {
  if (mail.member) return accounts::actor_for(reader, *mail.member);
  auto contact = mail.contact;
  auto ticket = mail.ticket ? living_ticket(reader, *mail.ticket) : std::nullopt;
  // Who takes part gets what the ticket's contact gets.
  if (ticket && ticket->contact) contact = ticket->contact;
  if (!contact) return nobody();
  return customers::acting_as(reader, *contact, receiver_rights);
}

Leaving written(Reader& reader, const OutgoingMail& mail) {
  Leaving leaving;
  auto mailbox = reader.find_unseen(mail.mailbox);
  if (!mailbox || !sends(*mailbox)) {
    leaving.why_not = "no_mailbox";
    return leaving;
  }
  leaving.why_not = refusal(reader, mail);
  if (!leaving.why_not.empty()) return leaving;
  auto writer = writers().find(mail.kind.value);
  if (writer == writers().end()) throw std::runtime_error("nobody writes " + mail.kind.value);
  auto actor = receiver_of(reader, mail);
  Reader receiver(reader.hub(), reader.connection(), actor, reader.request());
  auto draft = writer->second(receiver, mail);
  if (!draft) {
    leaving.why_not = "nothing_to_send";
    return leaving;
  }
  auto& letter = leaving.letter;
  if (draft->automatic) {
    letter.automatic = mail.kind.value == "received" ? mime::Automatic::replied
                                                     : mime::Automatic::generated;
  }
  put_addresses(reader, mail, *mailbox, leaving);
  put_thread(reader, mail, letter);
  letter.subject = draft->subject;
  letter.html = draft->html;
  if (draft->signature) letter.html += mailbox->signature.value;
  letter.html = sanitise(letter.html).html;
  letter.text = plain_letter(letter.html);
  letter.history.introduction = draft->history_introduction;
  letter.history.html = draft->history_html;
  letter.history.text = plain_letter(draft->history_html);
  letter.sent_at = reader.now();
  letter.message_id = own_message_id(reader, mail, *mailbox);
  letter.loop_mark = loop_mark(reader);
  letter.language = language_of(reader, mail);
  leaving.files = std::move(draft->files);
  leaving.account = outgoing_account(reader, *mailbox);
  leaving.signing = signing_key(reader, *mailbox);
  leaving.ready = true;
  return leaving;
}

std::string composed(Outside& outside, const Leaving& leaving) {
  auto letter = leaving.letter;
  for (const auto& file : leaving.files) {
    mime::Enclosure enclosure{file.name, file.type, file.content_id,
                              file_bytes(outside.blobs.path_of(file.sha256))};
    if (file.content_id.empty()) letter.attachments.push_back(std::move(enclosure));
    else letter.inline_images.push_back(std::move(enclosure));
  }
  auto message = mime::compose_message(letter);
  if (!leaving.signing) return message;
  return mime::dkim_signed(message, *leaving.signing, letter.sent_at);
}

}  // namespace baijin::mail
