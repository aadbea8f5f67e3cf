#pragma once
// Pure: the text of a letter for readers without HTML: as html_to_text, with the addresses of links
// behind their words.
#include <string>
#include <string_view>

namespace baijin::mail {

std::string plain_letter(std::string_view sanitised_html);

}  // namespace baijin::mail
