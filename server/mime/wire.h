#pragma once
// A Message on its way between two processes of one program: every field in the order of FIELDS,
// texts with their length in front. Not a format to keep: both ends are the same program.
#include <string>
#include <string_view>

#include "mime/message.h"

namespace baijin::mime {

std::string to_wire(const Message& message);

// Throws std::runtime_error for anything that to_wire did not write: the other end may have been
// taken over by what it read.
Message from_wire(std::string_view bytes);

}  // namespace baijin::mime
