#pragma once
// Reading what arrived: in guarded processes, outside any transaction, a batch at a time; then each
// message is judged and delivered in one Change. One bad message never stops the others (R18): what
// the readers cannot read, or the desk cannot take, is set aside after three tries, with its raw
// bytes.
#include <map>

#include "mime/message.h"
#include "mime/reader.h"
#include "modules/mail/mail.h"

namespace baijin::mail {

inline constexpr std::int64_t most_tries = 3;

// An attachment as it lies among the blobs; `bytes` of its part in the letter are empty then.
struct StoredPart {
  std::string sha256;
  std::int64_t bytes = 0;
};

struct ReadLetter {
  Id<IncomingMail> mail;
  mime::Reading::Outcome outcome = mime::Reading::Outcome::read;
  mime::Message letter;
  std::vector<StoredPart> parts;  // as letter.attachments
  mime::Judgement judgement;
  std::string content;  // what it is known by when it comes again
};

// Where a message lies, as IncomingMail has it.
struct RawPlace {
  std::string raw;
  std::int64_t raw_at = 0, bytes = 0;
};
// The message as it came. Throws Error busy when its blob is not there.
std::string raw_bytes(Outside& outside, const RawPlace& place);
// Reads a stored message; attachments go to the blobs where `keep_parts`. Throws Error busy when no
// reader can be had.
ReadLetter read_stored(Outside& outside, const RawPlace& place, const std::string& loop_mark,
                       bool keep_parts);
// One attachment of it with its bytes, the first is 1; nothing when it has not so many.
std::optional<mime::Attachment> read_part(Outside& outside, const RawPlace& place,
                                          std::int64_t number);
// The value of X-Baijin-Loop on everything this desk sends.
std::string loop_mark(Reader& reader);

// Pure. By Message-ID, sender, subject, time and text: the same letter by two ways has two raw
// forms (M6, R17). A letter without Message-ID is known by its raw bytes alone.
std::string content_key(const mime::Message& letter, std::string_view bytes);

void read_soon(Change& change, Id<Mailbox> mailbox);
void install_reading(Module& m);

}  // namespace baijin::mail
