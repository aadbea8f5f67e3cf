#pragma once
// format=flowed (RFC 3676): lines that end in a blank go on in the next one.
#include <string>
#include <string_view>

namespace baijin::mime {

// Lines end in \n. `delete_blank` is the parameter delsp=yes, as texts without blanks use it.
std::string unflowed(std::string_view text, bool delete_blank);

}  // namespace baijin::mime
