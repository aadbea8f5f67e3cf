#pragma once
// Notices as a letter: a list of what is new, each with the way to what it is about. Pure.
#include <string>
#include <string_view>
#include <vector>

#include "modules/notices/notices.h"

namespace baijin::notices {

struct Letter {
  std::string subject, html;
};

struct Reading {  // how its receiver reads
  bool english = false;
  std::string_view zone;
  std::string_view base_url;  // of the desk, for links (U2)
};

// What happened, in words: "Clerk Chen answered".
std::string sentence_of(const NoticeView& notice, bool english);

// Of at least one notice, oldest first; `more` were left out.
Letter letter_of(const std::vector<NoticeView>& notices, std::size_t more, const Reading& reading);

}  // namespace baijin::notices
