#pragma once
// One-time codes of an authenticator app: RFC 6238 with HMAC-SHA1, six digits, thirty seconds.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace baijin::accounts {

inline constexpr int totp_seconds = 30;
inline constexpr int totp_digits = 6;

std::string totp_code(std::string_view secret, std::int64_t step, int digits = totp_digits);
// The step whose code this is: the present one, the one before or the one after, never one that is
// not past `used_step` (a code works once). Compares in constant time.
std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, Time now,
                                      std::int64_t used_step);
// RFC 4648 base 32 without padding, as authenticator apps take it.
std::string base32(std::string_view bytes);
// otpauth://totp/… for the QR code; every name is percent-encoded.
std::string totp_link(std::string_view issuer, std::string_view login, std::string_view secret);

}  // namespace baijin::accounts
