#pragma once
// Pure: what becomes of a letter (security.md §1.4). Whatever a letter says of itself can only make
// it less trusted.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mime/message.h"
#include "mime/nature.h"
#include "modules/mail/mail.h"

namespace baijin::mail::judging {

// Whether a mark of ours leads to a ticket, and whether who wrote takes part in it (M1).
enum class Thread { none, takes_part, does_not_take_part };

enum class Fate { message, ticket, hold, silence, refuse };

struct Facts {
  mime::Nature nature = mime::Nature::personal;
  bool has_sender = true;       // an address that mail can be sent to
  bool from_ourselves = false;  // from one of our mailboxes
  bool whole = true;
  Thread thread = Thread::none;
  bool known = false;       // the sender is a contact, or of a customer's mail domain
  std::int64_t lately = 0;  // messages of this sender within the last ten minutes
  Strangers strangers = Strangers::welcome;
  bool takes_lists = false;
  Decision decision = Decision::none;
};

struct Verdict {
  Fate fate = Fate::ticket;
  std::string_view reason;
};

// From here on nothing of one sender opens a ticket by itself.
inline constexpr std::int64_t most_in_ten_minutes = 30;
// Behind these nothing of one sender is answered by itself (M6).
inline constexpr std::int64_t most_answered_in_ten_minutes = 10;

Verdict verdict(const Facts& facts);

// What our own mail server found about the sender: the topmost Authentication-Results that bears
// its name (RFC 8601); only DMARC says something about From. "" for `authserv` trusts nobody (M2).
Proof proof_of(const mime::Message& letter, std::string_view authserv);

// When an automatic answer may go to this address (M6, M7): one an hour, five a day; to strangers
// one a day; none while he sends more than ten messages in ten minutes.
struct Answers {
  std::int64_t last_hour = 0, last_day = 0;
  bool stranger = false;
  std::int64_t lately = 0;
};
bool may_answer(const Answers& answers);

}  // namespace baijin::mail::judging
