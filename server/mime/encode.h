#pragma once
// Text on its way into a mail: RFC 2047 in headers, RFC 2231 in parameters, quoted-printable and
// base64 in bodies. Lines end in CRLF and are no longer than 78 characters where that can be.
#include <string>
#include <string_view>
#include <vector>

#include "mime/message.h"

namespace baijin::mime {

// "Subject: …" with its line end. The text is made one plain line first, so that nothing in it can
// begin another header (M5).
void append_text_header(std::string& out, std::string_view name, std::string_view text);

// "To: …" built from its parts: display names are quoted or encoded as they need, addresses stand
// as they are. Throws invalid("not_an_email") for one that base/text.h would not take.
void append_address_header(std::string& out, std::string_view name,
                           const std::vector<Address>& addresses);

// "References: <a> <b>": Message-IDs without < >. Throws invalid("not_a_message_id").
void append_id_header(std::string& out, std::string_view name, const std::vector<std::string>& ids);

// `; filename*=UTF-8''%E6…` (RFC 2231), with a plain filename= beside it for old programs; each on
// a line of its own.
void append_file_name(std::string& out, std::string_view parameter, std::string_view file_name);

// The shorter of quoted-printable and base64 for text, with its Content-Transfer-Encoding header,
// the empty line and the body. The text's lines end in \n.
void append_encoded_text(std::string& out, std::string_view text);
void append_base64(std::string& out, std::string_view bytes);  // 76 letters a line

}  // namespace baijin::mime
