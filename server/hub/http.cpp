#include "hub/http.h"

namespace baijin {

std::string_view RequestHead::header(std::string_view name) const {
  for (const auto& [its_name, value] : headers) {
    if (its_name == name) return value;
  }
  return {};
}

}  // namespace baijin
