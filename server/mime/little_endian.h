#pragma once
// Numbers as Microsoft's formats store them, out of bytes that may end anywhere.
#include <cstdint>
#include <string_view>

namespace baijin::mime {

class LittleEndian {
 public:
  explicit LittleEndian(std::string_view bytes) : bytes_(bytes) {}

  // Past the end these give 0 or nothing, and `broken` from then on.
  std::uint32_t number(std::size_t size) {
    const auto bytes = take(size);
    std::uint32_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) {
      value = value << 8 | static_cast<unsigned char>(bytes[i]);
    }
    return value;
  }
  std::string_view take(std::size_t size) {
    if (size > bytes_.size()) {
      broken_ = true;
      bytes_ = {};
      return {};
    }
    const auto taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }
  bool at_end() const { return bytes_.empty(); }
  bool broken() const { return broken_; }

 private:
  std::string_view bytes_;
  bool broken_ = false;
};

}  // namespace baijin::mime
