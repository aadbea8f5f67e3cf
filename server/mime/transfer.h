#pragma once
// Content-Transfer-Encoding (RFC 2045 §6), and the two that were there before MIME: uuencode and
// yEnc. What is broken is decoded as far as it goes.
#include <string>
#include <string_view>

namespace baijin::mime {

struct DecodedBytes {
  std::string bytes;
  bool damaged = false;
};

// Letters that are not of the alphabet are skipped, "=" in the middle begins anew.
DecodedBytes decode_base64(std::string_view text);

// Blanks at the ends of lines are dropped, as RFC 2045 wants.
DecodedBytes decode_quoted_printable(std::string_view text);

// By the header's value: "base64", "quoted-printable", "x-uuencode"; everything else is taken as
// it is (7bit, 8bit, binary, and what nobody knows).
DecodedBytes decode_transfer(std::string_view bytes, std::string_view encoding);

// A file that stands in the middle of a text.
struct TextFile {
  std::size_t begin = 0;  // in the text: from the line "begin 644 name" or "=ybegin …" …
  std::size_t end = 0;    // … to behind the line "end" or "=yend …"
  std::string name;       // as written
  DecodedBytes content;
};

// The first one at or after `from`; `end` is 0 when there is none.
TextFile find_text_file(std::string_view text, std::size_t from);

}  // namespace baijin::mime
