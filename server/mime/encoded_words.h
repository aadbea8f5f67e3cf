#pragma once
// RFC 2047: =?charset?B?…?= and =?charset?Q?…?= in headers, and headers that should have used it.
#include <string>
#include <string_view>

#include "mime/budget.h"

namespace baijin::mime {

// An unfolded value of unstructured text as one plain line. Neighbouring words of one charset are
// put together before they are decoded, because characters are cut in two between them. `hint` is
// the charset of the body, for raw bytes.
std::string decoded_words(std::string_view unfolded, std::string_view hint, Budget& budget);

// How long the encoded word is that begins here; 0 when none does.
std::size_t encoded_word_length(std::string_view text);

}  // namespace baijin::mime
