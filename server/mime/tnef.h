#pragma once
// winmail.dat: Outlook's own envelope (MS-OXTNEF) around a body and attachments. Bounded: nothing
// is read beyond the bytes, nested messages are kept as files.
#include <string>
#include <string_view>
#include <vector>

#include "mime/budget.h"
#include "mime/message.h"

namespace baijin::mime {

struct Tnef {
  bool readable = false;  // it is one
  bool damaged = false;   // it ends in the middle
  std::string text;
  std::string html;
  std::vector<Attachment> attachments;
};

Tnef read_tnef(std::string_view bytes, Budget& budget);

}  // namespace baijin::mime
