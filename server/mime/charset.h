#pragma once
// Bytes of any charset as UTF-8 (ICU), believing what is told about them only as far as it fits.
#include <string>
#include <string_view>

namespace baijin::mime {

struct Characters {
  std::string text;      // UTF-8; control characters are still in it
  bool guessed = false;  // not read as it was told: nothing was told, or it did not fit
};

// `told` is the name of a charset as written in a mail, or empty; `hint` is one that is likely when
// nothing is told. Bytes that are UTF-8 with at least three characters beyond ASCII are read as
// UTF-8 whatever is told, because no text of another charset looks like that by accident.
Characters to_utf8(std::string_view bytes, std::string_view told, std::string_view hint = {});

// Whether a name is one of a charset that can be read.
bool is_charset(std::string_view name);

}  // namespace baijin::mime
