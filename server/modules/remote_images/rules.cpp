#include "modules/remote_images/rules.h"

#include <algorithm>

#include "base/html_tokens.h"

namespace baijin::remote_images {

std::vector<std::string> addresses_in(std::string_view safe_html) {
  std::vector<std::string> found;
  HtmlTokens tokens(safe_html);
  HtmlToken token;
  while (found.size() < most_images && tokens.next(token)) {
    if (token.kind != HtmlToken::Kind::start || token.name != "img") continue;
    const auto* address = token.attribute("data-remote-src");
    if (!address || address->empty()) continue;
    if (std::find(found.begin(), found.end(), *address) == found.end()) found.push_back(*address);
  }
  return found;
}

HttpCall call_for(const std::string& address) {
  HttpCall call;
  call.url = address.substr(0, address.find('#'));
  call.headers = {{"accept", "image/webp, image/png, image/jpeg, image/gif"}};
  call.most_bytes = most_bytes;
  call.longest = longest_call;
  call.redirects = 3;
  return call;
}

std::optional<Trouble> trouble_with(const HttpAnswer& answer) {
  if (answer.status != 200) return Trouble::not_given;
  if (answer.body.empty()) return Trouble::not_a_picture;
  return {};
}

Trouble trouble_of(std::string_view line_reason) {
  return line_reason == "peer_too_long" ? Trouble::too_large : Trouble::unreachable;
}

}  // namespace baijin::remote_images
