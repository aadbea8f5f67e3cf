#pragma once
// Bytes in, a Message out (INT-4): RFC 5322 and MIME as they should be, and as they are: raw GBK
// headers, charsets that are not what they say, missing boundaries, winmail.dat.
#include <cstddef>
#include <string_view>

#include "mime/message.h"

namespace baijin::mime {

// How much one message may cost (security.md M10): with these no message takes more than five
// seconds of a processor or 256 MB of memory beside its own bytes.
struct Limits {
  std::size_t message_bytes = 64 << 20;
  std::size_t header_bytes = 1 << 20;  // of all parts together
  std::size_t headers = 10'000;        // likewise
  std::size_t encoded_words = 20'000;  // RFC 2047 and the pieces of RFC 2231, likewise
  std::size_t addresses = 10'000;
  std::size_t parts = 1'000;
  std::size_t depth = 20;                // of multiparts in multiparts
  std::size_t decoded_bytes = 64 << 20;  // of bodies and attachments together
  std::size_t text_bytes = 4 << 20;      // of bodies; what is longer becomes an attachment
};

// Never throws for what is in the bytes, and never fails: what cannot be understood is left out and
// named in `oddities`; where a limit is met, `too_much` names it and the rest is left unread. The
// caller stored the raw bytes before (issue 4 §2) and keeps them. Line ends may be LF, CRLF or
// mixed; an mbox "From " line in front is skipped.
//
// Bodies: the last alternative that can be read wins for each of text and HTML; text parts of a
// multipart/mixed follow one another; format=flowed is joined (RFC 3676); uuencoded and yEnc files
// in a text become attachments; winmail.dat is opened. Charsets: the told one when the bytes fit
// it (gb2312 and x-gbk are read as GB18030, iso-8859-1 as windows-1252), else UTF-8, else
// GB18030, else windows-1252. A calendar is an attachment, and nothing else is done with it.
// Of nested messages the bytes are kept; read_message reads those in turn.
Message read_message(std::string_view bytes, const Limits& limits = {});

}  // namespace baijin::mime
