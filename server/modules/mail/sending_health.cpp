#include "modules/mail/sending_health.h"

#include <algorithm>
#include <array>

#include "base/log.h"
#include "base/text.h"
#include "modules/mail/fetching.h"

namespace baijin::mail {
namespace {

// What is said of a mail, its sender or its recipients.
constexpr std::array<std::string_view, 7> about_the_mail{
    "sender_refused",        "all_recipients_refused", "message_refused",  "message_too_large",
    "eight_bit_not_offered", "smtputf8_not_offered",   "address_malformed"};

bool line_failed(const Handed& handed) {
  return handed.outcome == Handed::Outcome::refused_for_now && handed.refused.empty() &&
         std::find(about_the_mail.begin(), about_the_mail.end(), handed.reason) ==
             about_the_mail.end();
}

void keep(Change& change, Id<Mailbox> mailbox, const SendingHealth& health) {
  change.keep_books(R"(UPDATE mailbox_health SET sending_failing_since = $2, sending_failures = $3,
        sending_reason = $4, sending_said = $5, sending_announced = $6 WHERE mailbox = $1)",
                    mailbox, health.failing_since, health.failures, health.reason, health.said,
                    health.announced);
}

void tell(Change& change, std::string_view kind, Id<Mailbox> id, std::string_view reason) {
  if (auto mailbox = change.find_unseen(id)) {
    change.tell(kind, *mailbox, {{"line", "outgoing"}, {"reason", reason}});
  }
}

}  // namespace

SendingHealth sending_health(Reader& reader, Id<Mailbox> mailbox) {
  return reader
      .first<SendingHealth>(R"(SELECT h.sending_failing_since, h.sending_failures, h.sending_reason,
            h.sending_said, h.sending_announced
          FROM mailbox_health h WHERE h.mailbox = $1 {all: the program's own work})",
                            mailbox)
      .value_or(SendingHealth{});
}

bool is_thought_well(Reader& reader, Id<Mailbox> mailbox) {
  return !reader.any(R"(SELECT 1 FROM mailbox_health h WHERE h.mailbox = $1
      AND (h.announced = TRUE OR h.sending_announced = TRUE) {all: the program's own work})",
                     mailbox);
}

bool note_sending(Change& change, Id<Mailbox> mailbox, const Handed& handed) {
  auto health = sending_health(change, mailbox);
  if (!line_failed(handed)) {
    if (health.failures == 0) return false;
    keep(change, mailbox, {});
    if (health.announced && is_thought_well(change, mailbox)) {
      tell(change, "mail.mailbox_works_again", mailbox, "");
    }
    return true;
  }
  if (!health.failing_since) health.failing_since = change.now();
  ++health.failures;
  health.reason = handed.reason;
  health.said = shorten(handed.said, 400);
  bool first = !health.announced &&
               worth_telling(health.failures, change.now() - *health.failing_since);
  health.announced = health.announced || first;
  keep(change, mailbox, health);
  log::warn("mail.line_failed", {{"mailbox", mailbox.value},
                                 {"line", "outgoing"},
                                 {"reason", handed.reason},
                                 {"failures", health.failures}});
  if (first) tell(change, "mail.mailbox_failing", mailbox, handed.reason);
  return false;
}

void forget_sending(Change& change, Id<Mailbox> mailbox) { keep(change, mailbox, {}); }

}  // namespace baijin::mail
