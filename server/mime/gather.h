#pragma once
// Which parts of a message are its body, and which are files: the choice of RFC 8621 §4.1.4, with
// what came before MIME (uuencode) and beside it (winmail.dat).
#include <string>
#include <vector>

#include "mime/budget.h"
#include "mime/message.h"
#include "mime/structure.h"

namespace baijin::mime {

struct Gathered {
  std::string text;
  std::string html;
  bool text_from_html = false;
  std::vector<Attachment> attachments;
  Protection protection = Protection::none;
  std::vector<std::string> oddities;
};

Gathered gather(const Structure& structure, Budget& budget);

// The charset told for the first text part: raw bytes in headers are likely of the same.
std::string likely_charset(const Structure& structure);

// A file's name without its path, at most 200 characters; empty for "." and "..".
std::string file_name(std::string_view told);

}  // namespace baijin::mime
