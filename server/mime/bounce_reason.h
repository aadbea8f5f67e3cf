#pragma once
// What another mail server meant: RFC 3463 codes where there are some, and the phrases by which the
// large providers say it.
#include <string>
#include <string_view>

#include "mime/nature.h"

namespace baijin::mime {

// "5.1.1" out of a text; IP addresses and versions are none. Empty when there is none.
std::string find_status(std::string_view text);

// "550" out of a text that quotes an SMTP reply; empty when there is none.
std::string find_reply_code(std::string_view text);

// Fills reason and permanence from what else is known of the failure and from `said`: everything
// that the report says about this recipient.
void classify(Failure& failure, std::string_view said);

}  // namespace baijin::mime
