#pragma once
// Where in the lines of a mail the answer ends and the message it answers begins. Text and HTML are
// both looked at as lines; what a line is made of does not matter here.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace baijin::mime {

struct MailLine {
  std::string text;           // trimmed, blanks of every kind squeezed into one
  bool quoted = false;        // behind ">" or inside of a <blockquote>
  bool begins_quote = false;  // a mail program's own mark stands here (class="gmail_quote" …)
};

// Both are the number of lines where there is none; signature ≤ quote.
struct Cuts {
  std::size_t signature = 0;
  std::size_t quote = 0;
};

Cuts find_cuts(const std::vector<MailLine>& lines);

// The form of MailLine::text.
std::string squeezed_line(std::string_view raw);

}  // namespace baijin::mime
