#pragma once
// IP addresses as numbers, and which of them are the public internet (security.md S1).
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace baijin::net {

// One form for both families: 10.0.0.1 and ::ffff:10.0.0.1 are the same address, so that no
// spelling of an address escapes a rule about it.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const IpAddress&) const = default;
  bool is_v4() const;
  bool is_loopback() const;  // 127.0.0.0/8, ::1
  bool is_public() const;
};

// The usual spelling only: four decimal numbers with dots, or RFC 4291 without a zone. Not 0x7f.1,
// not 2130706433, not 0177.0.0.1.
std::optional<IpAddress> parse_ip(std::string_view text);
std::string to_text(const IpAddress& address);

// All addresses that begin alike: 10.1.2.0/24, fd00::/8, or one address alone.
struct AddressBlock {
  IpAddress first;
  int bits = 128;  // of the 16 octets: 10.0.0.0/8 has 104
  bool contains(const IpAddress& address) const;
};
std::optional<AddressBlock> parse_block(std::string_view text);

}  // namespace baijin::net
