#include "modules/mail/plain_letter.h"

#include "base/html.h"

namespace baijin::mail {

// The HTML is the sanitiser's: attributes in double quotes, every <a> closed, none inside another.
std::string plain_letter(std::string_view html) {
  constexpr std::string_view opening = "<a href=\"", closing = "</a>";
  std::string shown;
  std::size_t at = 0;
  while (true) {
    auto link = html.find(opening, at);
    auto end = link == html.npos ? html.npos : html.find(closing, link);
    if (end == html.npos) break;
    auto from = link + opening.size();
    auto address = html.substr(from, html.find('"', from) - from);
    auto words = html.find('>', link) + 1;
    shown.append(html.substr(at, end - at));
    bool told = html.substr(words, end - words) == address;
    if (!told) shown.append(" (").append(address).append(")");
    at = end;
  }
  shown.append(html.substr(at));
  return html_to_text(shown);
}

}  // namespace baijin::mail
