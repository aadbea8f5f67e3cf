#pragma once
// From, To, Cc …: lists of mailboxes and groups (RFC 5322 §3.4), and Message-IDs (§3.6.4).
#include <string>
#include <string_view>
#include <vector>

#include "mime/budget.h"
#include "mime/message.h"

namespace baijin::mime {

// Takes what mail programs write: semicolons between addresses, encoded words in quotes, brackets
// that are not closed. The display name is decoded only after the address was found beside it, so
// nothing that is hidden in a name can become an address (security.md M5).
std::vector<Address> read_addresses(std::string_view unfolded, std::string_view hint,
                                    Budget& budget);

// The address in base/text.h's normal form, or as it stands with `valid` false.
Address plain_address(std::string_view email);

// What stands between < and >; without brackets, each word.
std::vector<std::string> read_ids(std::string_view unfolded);

}  // namespace baijin::mime
