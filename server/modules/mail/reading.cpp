#include "modules/mail/reading.h"

#include <fstream>

#include "base/log.h"
#include "hub/hub.h"
#include "hub/keys.h"
#include "hub/module.h"
#include "modules/mail/delivering.h"

namespace baijin::mail {
namespace {

constexpr std::string_view read_job = "mail.read";
constexpr std::int64_t batch_size = 200;
constexpr std::int64_t longest_batch_ms = 60'000;  // far within an errand's lease
constexpr auto next_try = minutes(1);

struct ReadPayload {
  Id<Mailbox> mailbox;
};
FIELDS(ReadPayload, mailbox)

struct Waiting {
  Id<IncomingMail> id;
  std::string raw;
  std::int64_t raw_at = 0, bytes = 0;
};
FIELDS(Waiting, id, raw, raw_at, bytes)

// How carefully the desk takes a batch: one that failed as a whole is taken with a savepoint for
// each message, then message by message, and what fails then too is set aside.
enum class Care { batch, each, single, set_aside };
Care care_after(std::int64_t attempts) {
  if (attempts == 0) return Care::batch;
  if (attempts == 1) return Care::each;
  return attempts < 4 ? Care::single : Care::set_aside;
}

struct Errand {
  std::vector<Waiting> waiting;
  std::string loop_mark;
  Care care = Care::batch;
};

struct Batch {
  std::vector<ReadLetter> letters;
  Care care = Care::batch;
};

std::string key_of(Id<Mailbox> mailbox) { return std::to_string(mailbox.value); }

Errand prepare(Reader& reader, const ReadPayload& payload) {
  Errand errand;
  errand.care = care_after(reader.request().attempts);
  std::int64_t most = errand.care >= Care::single ? 1 : batch_size;
  errand.waiting = reader.list<Waiting>(
      R"(SELECT i.id, i.raw, i.raw_at, i.bytes FROM incoming_mails i
      WHERE i.mailbox = $1 AND i.state = 'waiting' AND i.next_try_at <= $2
      {all: the program's own work} ORDER BY i.next_try_at, i.id LIMIT $3)",
      payload.mailbox, reader.now(), most);
  errand.loop_mark = loop_mark(reader);
  return errand;
}

Batch talk(Outside& outside, const Errand& errand, std::string_view) {
  Batch read;
  read.care = errand.care;
  auto began = outside.clock.steady_ms();
  for (const auto& waiting : errand.waiting) {
    if (outside.clock.steady_ms() - began > longest_batch_ms) break;
    read.letters.push_back(
        read_stored(outside, {waiting.raw, waiting.raw_at, waiting.bytes}, errand.loop_mark, true));
    read.letters.back().mail = waiting.id;
  }
  return read;
}

void set_aside(Change& change, Id<IncomingMail> id, std::string_view reason) {
  auto mail = change.take_unseen(id);
  ++mail.tries;
  mail.reason = reason;
  mail.next_try_at = change.now() + next_try * mail.tries;
  if (mail.tries >= most_tries) mail.state = IncomingState::unreadable;
  change.save(mail);
  log::warn("mail.not_read", {{"mail", id.value}, {"reason", reason}, {"tries", mail.tries}});
  change.tell("mail.not_read", mail, {{"reason", reason}, {"tries", mail.tries}});
}

std::optional<Error> try_to_deliver(Change& change, const ReadLetter& letter) {
  return change.attempt(program_actor(), [&](Change& own) { deliver(own, letter); });
}

void take(Change& change, const ReadLetter& letter, Care care) {
  if (letter.outcome == mime::Reading::Outcome::crashed) {
    return set_aside(change, letter.mail, "reader_crashed");
  }
  if (letter.outcome == mime::Reading::Outcome::timed_out) {
    return set_aside(change, letter.mail, "reader_timed_out");
  }
  if (care == Care::batch) return deliver(change, letter);
  if (care == Care::set_aside) {
    auto mail = change.take_unseen(letter.mail);
    mail.tries = most_tries - 1;
    change.save(mail);
    return set_aside(change, letter.mail, "delivery_failed");
  }
  auto refusal = try_to_deliver(change, letter);
  if (refusal) set_aside(change, letter.mail, refusal->reason);
}

void settle(Change& change, const ReadPayload& payload, const Batch& read) {
  for (const auto& letter : read.letters) take(change, letter, read.care);
  auto next = change.value<Time>(R"(SELECT i.next_try_at FROM incoming_mails i
      WHERE i.mailbox = $1 AND i.state = 'waiting' {all: the program's own work}
      ORDER BY i.next_try_at LIMIT 1)",
                                 payload.mailbox);
  if (next) change.schedule(read_job, key_of(payload.mailbox), *next, payload);
}

}  // namespace

std::string raw_bytes(Outside& outside, const RawPlace& place) {
  std::ifstream file(outside.blobs.path_of(place.raw), std::ios::binary);
  std::string bytes(static_cast<std::size_t>(place.bytes), '\0');
  file.seekg(place.raw_at);
  if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
    throw Error(Kind::busy, "storage_unavailable", "a message's raw form is not there");
  }
  return bytes;
}

std::string loop_mark(Reader& reader) { return reader.hub().keys().mac("mail loop", "desk"); }

std::string content_key(const mime::Message& letter, std::string_view bytes) {
  if (letter.message_id.empty()) return sha256_hex(bytes);
  std::string text = letter.message_id;
  auto add = [&](std::string_view part) { text.append(1, '\0').append(part); };
  for (const auto& address : letter.from) add(address.email);
  add(letter.subject);
  add(letter.sent_at ? std::to_string(letter.sent_at->us) : "");
  add(letter.text);
  for (const auto& attachment : letter.attachments) add(attachment.name);
  return sha256_hex(text);
}

ReadLetter read_stored(Outside& outside, const RawPlace& place, const std::string& mark,
                       bool keep_parts) {
  auto& reader = outside.mail_reader ? *outside.mail_reader : mime::direct_reader();
  ReadLetter read;
  auto bytes = raw_bytes(outside, place);
  auto reading = reader.read(bytes);
  read.outcome = reading.outcome;
  read.letter = std::move(reading.message);
  if (read.outcome != mime::Reading::Outcome::read) return read;
  read.content = content_key(read.letter, bytes);
  mime::Circumstances circumstances;
  circumstances.loop_mark = mark;
  read.judgement = mime::judge(read.letter, circumstances);
  for (auto& part : read.letter.attachments) {
    StoredPart stored;
    stored.bytes = static_cast<std::int64_t>(part.bytes.size());
    if (keep_parts && !part.bytes.empty()) stored.sha256 = outside.blobs.store(part.bytes);
    part.bytes = {};
    read.parts.push_back(std::move(stored));
  }
  return read;
}

std::optional<mime::Attachment> read_part(Outside& outside, const RawPlace& place,
                                          std::int64_t number) {
  auto& reader = outside.mail_reader ? *outside.mail_reader : mime::direct_reader();
  auto reading = reader.read(raw_bytes(outside, place));
  auto& parts = reading.message.attachments;
  bool has = number >= 1 && number <= static_cast<std::int64_t>(parts.size());
  if (reading.outcome != mime::Reading::Outcome::read || !has) return {};
  return std::move(parts[static_cast<std::size_t>(number - 1)]);
}

void read_soon(Change& change, Id<Mailbox> mailbox) {
  change.wake(read_job, key_of(mailbox), ReadPayload{mailbox});
}

void install_reading(Module& m) {
  m.record<IncomingMail>(seen_with("ticket", "ticket", "FALSE"), "tickets.read");
  for (auto name :
       {"mail.delivered", "mail.held", "mail.not_taken", "mail.not_read", "mail.decided"}) {
    m.event<IncomingMail>(name, "tickets.read");
  }
  m.errand<ReadPayload, Errand, Batch>(read_job, prepare, talk, settle);
}

}  // namespace baijin::mail
