#pragma once
// The values the sanitiser lets through: addresses, numbers, characters.
#include <string>
#include <string_view>

#include "base/html_tokens.h"

namespace baijin {

// What every link carries behind its href and title.
inline constexpr std::string_view link_protection =
    " rel=\"noopener noreferrer nofollow\" target=\"_blank\"";

// The address a link may lead to: http, https, mailto, tel, cid, else empty (X4). Control
// characters are removed before the scheme is looked at, as browsers do, and the scheme must stand
// there in plain letters.
std::string safe_href(std::string_view value);

// cid: and data:image/png|jpeg|gif|webp;base64, else empty: images that need no request.
std::string safe_image(std::string_view value);

// http, https and //host addresses of images, else empty.
std::string remote_address(std::string_view value);

// Without control characters and direction overrides; line ends become \n.
std::string plain_characters(std::string_view text);

// Escapes & < > (and " in attributes), and U+0338, which would melt with a > before it in NFC.
void append_escaped(std::string& out, std::string_view text, bool in_attribute);
void append_attribute(std::string& out, std::string_view name, std::string_view value);

// The attribute when it is a whole number from 1 to max.
void append_number(std::string& out, const HtmlToken& token, std::string_view name, int max);

}  // namespace baijin
