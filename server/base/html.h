#pragma once
// Rich text made safe: a tokeniser reads (html_tokens.h), an allow-list writes. Idempotent:
// sanitise(sanitise(x)) == sanitise(x) (security.md X2). Tags that are not on the list are dropped;
// script, style, iframe, object, form and the like are dropped with all they hold.
#include <string>
#include <string_view>

namespace baijin {

struct SafeHtml {
  std::string html;            // only listed elements and attributes; links carry rel and target
  bool remote_images = false;  // remote images were found; they are kept as data-remote-src (X5)
};

// Any bytes will do. What is nested deeper than 100 elements is kept but no longer nested. Throws
// invalid("too_complex") for more than 20,000 elements (line breaks do not count) or 5,000 links
// (X6); never takes longer than a pass over the input.
SafeHtml sanitise(std::string_view html);

// What a person would read: block elements become lines, entities characters, images their alt.
std::string html_to_text(std::string_view html);

// Plain text as HTML: escaped, line ends become <br>, bare http(s) addresses become links.
std::string text_to_html(std::string_view text);

// & < > " ' as entities: for putting a value into HTML text or a quoted attribute.
std::string escape_html(std::string_view text);

}  // namespace baijin
