#pragma once
// What of a text is fetched, and what came of it: no database, no network.
#include <string>
#include <string_view>
#include <vector>

#include "hub/outside.h"
#include "modules/remote_images/remote_images.h"

namespace baijin::remote_images {

inline constexpr std::size_t most_images = 100;        // of one text; the rest stays off
inline constexpr std::int64_t most_bytes = 1LL << 20;  // of one image (S2)
inline constexpr Duration longest_call = seconds(10);  // of one image (S2)
inline constexpr std::size_t images_at_once = 6;       // of one errand
inline constexpr Duration kept = days(30);             // then it is asked for anew

// The addresses a sanitised text keeps as data-remote-src, each once, in their order.
std::vector<std::string> addresses_in(std::string_view safe_html);

// The call that fetches an image: nothing in it says who we are or what for.
HttpCall call_for(const std::string& address);
// What an answer, or a LineFailure's reason, means; nothing when it may be a picture.
std::optional<Trouble> trouble_with(const HttpAnswer& answer);
Trouble trouble_of(std::string_view line_reason);

}  // namespace baijin::remote_images
