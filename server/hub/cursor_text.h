#pragma once
// The text of a page cursor: opaque to clients, bound to the sort it was made for.
#include <optional>
#include <string>
#include <string_view>

#include "base/cell.h"

namespace baijin {

struct PagePlace {
  Cell value;
  std::int64_t id = 0;
};
std::string write_cursor(std::string_view sort, bool down, const Cell& value, std::int64_t id);
// Nothing for a text that is not a cursor of this sort.
std::optional<PagePlace> read_cursor(std::string_view text, std::string_view sort, bool down,
                                     Cell::Type type);

std::string base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace baijin
