#include "modules/mail/fetching.h"

#include <algorithm>
#include <cmath>

#include "base/log.h"
#include "hub/hub.h"
#include "hub/keys.h"
#include "hub/module.h"
#include "modules/mail/arriving.h"
#include "modules/mail/mailboxes.h"
#include "modules/mail/reading.h"
#include "modules/mail/sending_health.h"

namespace baijin::mail {
namespace {

constexpr std::string_view fetch_job = "mail.fetch";
constexpr int most_at_once = 200;
constexpr std::int64_t most_bytes_at_once = 8LL << 20;  // and one message more
constexpr auto longest_rest = minutes(5), first_rest = seconds(20);
constexpr auto tell_after = minutes(2);
constexpr std::int64_t tell_after_failures = 3;

struct FetchPayload {
  Id<Mailbox> mailbox;
};
FIELDS(FetchPayload, mailbox)

std::string key_of(Id<Mailbox> mailbox) { return std::to_string(mailbox.value); }

// Where a mailbox stands.
struct Place {
  std::string generation, last_id;
  std::int64_t failures = 0;
  std::optional<Time> failing_since;
  bool announced = false;
};
FIELDS(Place, generation, last_id, failures, failing_since, announced)

Place place_of(Reader& reader, Id<Mailbox> mailbox) {
  return reader
      .first<Place>(R"(SELECT h.generation, h.last_id, h.failures, h.failing_since, h.announced
          FROM mailbox_health h WHERE h.mailbox = $1 {all: the program's own work})",
                    mailbox)
      .value_or(Place{});
}

// What to do, as known before the line is opened.
struct Errand {
  bool wanted = false;
  MailAccount account;
  std::string folder;
  Afterwards afterwards = Afterwards::keep;
  std::string move_to;
  Place place;
  std::vector<std::string> safe_here;  // remote ids that are stored and still lie there
};

struct Fetched {
  std::string id;
  std::int64_t at = 0, bytes = 0;
  bool whole = true;
};

struct Catch {
  std::string generation;
  std::string raw;  // the blob they lie in
  std::vector<Fetched> messages;
  std::vector<std::string> tidied;
  std::string last_id;  // the furthest that was listed
  bool more = false;
  std::optional<LineFailure> failure;
};

std::string remote_of(std::string_view generation, std::string_view id) {
  return std::string(generation) + "/" + std::string(id);
}

Errand prepare(Reader& reader, const FetchPayload& payload) {
  Errand errand;
  auto mailbox = reader.find_unseen(payload.mailbox);
  if (!mailbox || !receives(*mailbox)) return errand;
  errand.wanted = true;
  errand.account = incoming_account(reader, *mailbox);
  errand.folder = mailbox->incoming.folder.value;
  errand.afterwards = mailbox->incoming.afterwards;
  errand.move_to = mailbox->incoming.move_to.value;
  errand.place = place_of(reader, mailbox->id);
  auto prefix = errand.place.generation + "/";
  auto left = reader.values<std::string>(R"(SELECT i.remote FROM incoming_mails i
      WHERE i.mailbox = $1 AND i.tidied = FALSE AND i.remote <> ''
      {all: the program's own work} ORDER BY i.id LIMIT 500)",
                                         mailbox->id);
  for (const auto& remote : left) {
    if (remote.starts_with(prefix)) errand.safe_here.push_back(remote.substr(prefix.size()));
  }
  return errand;
}

// Gathers the messages of one look.
class Keeper final : public MailSink {
 public:
  explicit Keeper(std::vector<Fetched>& kept) : kept_(kept) {}
  void piece(std::string_view bytes) override { all_ += bytes; }
  void end(std::string_view id, bool whole) override {
    auto size = static_cast<std::int64_t>(all_.size());
    kept_.push_back({std::string(id), complete_, size - complete_, whole});
    complete_ = size;
  }
  // What came complete; a message that broke off counts for nothing.
  std::string_view complete() const {
    return std::string_view(all_).substr(0, static_cast<std::size_t>(complete_));
  }

 private:
  std::vector<Fetched>& kept_;
  std::string all_;
  std::int64_t complete_ = 0;
};

// How many of the listed ones fit into one go; at least one.
std::vector<std::string> first_of(const std::vector<WaitingMail>& waiting) {
  std::vector<std::string> ids;
  std::int64_t bytes = 0;
  for (const auto& mail : waiting) {
    bytes += mail.bytes;
    if (!ids.empty() && bytes > most_bytes_at_once) break;
    ids.push_back(mail.id);
  }
  return ids;
}

void tidy(MailFolder& folder, const Errand& errand) {
  if (errand.safe_here.empty()) return;
  switch (errand.afterwards) {
    case Afterwards::keep: return;
    case Afterwards::mark_seen: return folder.mark_seen(errand.safe_here);
    case Afterwards::move: return folder.move(errand.safe_here, errand.move_to);
    case Afterwards::remove: return folder.remove(errand.safe_here);
  }
}

Catch talk(Outside& outside, const Errand& errand, std::string_view) {
  Catch caught;
  if (!errand.wanted) return caught;
  Keeper keeper(caught.messages);
  try {
    auto folder = outside.mail_in.open(errand.account, errand.folder);
    caught.generation = folder->generation();
    bool same = caught.generation == errand.place.generation;
    // POP3 takes away with its good-bye: nothing is listed behind it, but at the next look.
    bool leaves = same && errand.afterwards == Afterwards::remove && !errand.safe_here.empty() &&
                  errand.account.protocol == MailAccount::Protocol::pop3;
    if (same) {
      tidy(*folder, errand);
      caught.tidied = errand.safe_here;
    }
    caught.last_id = same ? errand.place.last_id : "";
    caught.more = leaves;
    if (leaves) return caught;
    auto waiting = folder->list(caught.last_id, most_at_once);
    auto ids = first_of(waiting);
    if (!ids.empty()) folder->fetch(ids, largest_message, keeper);
    if (!ids.empty()) caught.last_id = ids.back();
    caught.more = !ids.empty();
  } catch (const LineFailure& failure) {
    caught.failure = failure;  // what came complete until then is kept
  }
  if (!caught.messages.empty()) caught.raw = outside.blobs.store(keeper.complete());
  return caught;
}

void keep_place(Change& change, Id<Mailbox> mailbox, const Place& place, std::string_view reason,
                std::string_view said, bool worked) {
  std::optional<Time> looked;
  if (worked) looked = change.now();
  change.keep_books(R"(INSERT INTO mailbox_health (mailbox, generation, last_id, looked_at,
        failing_since, failures, reason, said, announced)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (mailbox) DO UPDATE SET generation = excluded.generation,
        last_id = excluded.last_id,
        looked_at = COALESCE(excluded.looked_at, mailbox_health.looked_at),
        failing_since = excluded.failing_since, failures = excluded.failures,
        reason = excluded.reason, said = excluded.said, announced = excluded.announced)",
                    mailbox, place.generation, place.last_id, looked, place.failing_since,
                    place.failures, reason, said, place.announced);
}

void look_at(Change& change, Id<Mailbox> mailbox, Time at) {
  change.schedule(fetch_job, key_of(mailbox), at, FetchPayload{mailbox});
}

double dice_of(Change& change) {
  std::uint16_t dice = 0;
  change.hub().outside().chance.fill(&dice, sizeof dice);
  return dice / 65'536.0;
}

void note_failure(Change& change, const Mailbox& mailbox, Place place, const LineFailure& failure) {
  if (!place.failing_since) place.failing_since = change.now();
  ++place.failures;
  bool tell = !place.announced &&
              worth_telling(place.failures, change.now() - *place.failing_since);
  place.announced = place.announced || tell;
  keep_place(change, mailbox.id, place, failure.reason, failure.said, false);
  log::warn(
      "mail.line_failed",
      {{"mailbox", mailbox.id.value}, {"reason", failure.reason}, {"failures", place.failures}});
  if (tell) {
    change.tell("mail.mailbox_failing", mailbox,
                {{"line", "incoming"}, {"reason", failure.reason}});
  }
  look_at(change, mailbox.id, change.now() + rest_after(place.failures, dice_of(change)));
}

void note_success(Change& change, const Mailbox& mailbox, Place place, bool more) {
  bool was_told = place.announced;
  place.failures = 0;
  place.failing_since.reset();
  place.announced = false;
  keep_place(change, mailbox.id, place, "", "", true);
  if (was_told && is_thought_well(change, mailbox.id)) {
    change.tell("mail.mailbox_works_again", mailbox, {{"line", "incoming"}});
  }
  auto rest = more ? microseconds(0) : seconds(mailbox.incoming.every_seconds);
  look_at(change, mailbox.id, change.now() + rest);
}

void settle(Change& change, const FetchPayload& payload, const Catch& caught) {
  auto mailbox = change.find_unseen(payload.mailbox);
  if (!mailbox || !receives(*mailbox)) return;  // switched off: look_soon() begins again
  std::int64_t fresh = 0;
  Arrival arrival;
  arrival.mailbox = mailbox->id;
  arrival.door = mailbox->incoming.protocol == Protocol::pop3 ? Door::pop3 : Door::imap;
  for (const auto& message : caught.messages) {
    arrival.remote = remote_of(caught.generation, message.id);
    arrival.raw = caught.raw;
    arrival.raw_at = message.at;
    arrival.bytes = message.bytes;
    arrival.whole = message.whole;
    if (arrive(change, arrival)) ++fresh;
  }
  for (const auto& id : caught.tidied) {
    change.keep_books("UPDATE incoming_mails SET tidied = TRUE WHERE mailbox = $1 AND remote = $2",
                      mailbox->id, remote_of(caught.generation, id));
  }
  auto place = place_of(change, mailbox->id);
  // Another generation lists everything anew (R17); what is known is recognised when it is read.
  if (!caught.generation.empty() && place.generation != caught.generation) {
    place.generation = caught.generation;
    place.last_id.clear();
  }
  if (!caught.failure && !caught.last_id.empty()) place.last_id = caught.last_id;
  if (fresh > 0) {
    change.tell("mail.arrived", *mailbox, {{"messages", fresh}});
    read_soon(change, mailbox->id);
  }
  if (caught.failure) note_failure(change, *mailbox, place, *caught.failure);
  else note_success(change, *mailbox, place, caught.more);
}

}  // namespace

Duration rest_after(std::int64_t failures, double dice) {
  auto doubled = first_rest.us << std::min<std::int64_t>(std::max<std::int64_t>(failures, 1) - 1,
                                                         8);
  auto rest = std::min(doubled, longest_rest.us);
  return microseconds(rest + std::llround(static_cast<double>(rest) * 0.2 * dice));
}

bool worth_telling(std::int64_t failures, Duration failing_for) {
  return failures >= tell_after_failures || failing_for >= tell_after;
}

void start_anew(Change& change, const Mailbox& mailbox) {
  keep_place(change, mailbox.id, {}, "", "", false);
  look_soon(change, mailbox);
}

void look_soon(Change& change, const Mailbox& mailbox) {
  if (receives(mailbox)) look_at(change, mailbox.id, change.now());
  else change.cancel(fetch_job, key_of(mailbox.id));
}

void install_fetching(Module& m) {
  m.errand<FetchPayload, Errand, Catch>(fetch_job, prepare, talk, settle);
}

}  // namespace baijin::mail
