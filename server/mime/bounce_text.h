#pragma once
// Bounces in plain words: qmail, Exim, old Sendmail and many others tell people, not machines,
// which address failed and why. Known by their phrases, read by where addresses stand in their
// lines.
#include <string>
#include <string_view>
#include <vector>

#include "mime/nature.h"

namespace baijin::mime {

// The part of a text above the copy of the message it is about, and that copy.
struct BounceText {
  std::string_view report;
  std::string_view original;  // begins with its header; may be empty
};
BounceText split_bounce(std::string_view text);

// What the report says of whom. To whom the bounce was sent, and by whom, is not what failed.
std::vector<Failure> read_bounce_text(const Message& message, std::string_view report);

// All that the report says, said of one address.
Failure failure_of(const std::string& email, std::string_view report);

// Whether a text speaks as a mail server does that could not deliver.
bool speaks_of_failure(std::string_view text);

}  // namespace baijin::mime
