#include "mime/message.h"

#include "mime/characters.h"

namespace baijin::mime {

const std::string* Message::header(std::string_view name) const {
  for (const auto& header : headers) {
    if (same_word(header.name, name)) return &header.value;
  }
  return nullptr;
}

int Message::count_of(std::string_view name) const {
  int count = 0;
  for (const auto& header : headers) count += same_word(header.name, name);
  return count;
}

}  // namespace baijin::mime
