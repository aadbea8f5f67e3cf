#pragma once
// What somebody wrote, apart from what they quoted and from their signature: as the mail programs
// of China and of the West write it (Outlook, Foxmail, QQ, 163, DingTalk, Gmail, Apple Mail,
// Thunderbird, Lotus Notes …). Nothing is lost: the parts together are the whole.
#include <string>
#include <string_view>

namespace baijin::mime {

struct Folded {
  std::string visible;  // what is new
  std::string signature;  // "-- " and below, "发自我的iPhone", "Sent from my iPhone"; may be empty
  std::string quoted;     // the message answered to, with the line that introduces it; may be empty
  bool operator==(const Folded&) const = default;
};

// Plain text. Answers between quoted lines stay visible together with what they answer. A forwarded
// message under an otherwise empty one is visible: it is what the sender wants read.
Folded fold_text(std::string_view text);

// HTML: a tree is cut, so each part is well nested; none of them is safe before base/html.h's
// sanitise() has seen it (X1). Takes one pass, whatever the nesting.
Folded fold_html(std::string_view html);

}  // namespace baijin::mime
