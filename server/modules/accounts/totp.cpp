#include "modules/accounts/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

#include "hub/keys.h"
#include "hub/query_text.h"

namespace baijin::accounts {

std::string totp_code(std::string_view secret, std::int64_t step, int digits) {
  std::array<unsigned char, 8> counter{};
  auto rest = static_cast<std::uint64_t>(step);
  for (auto place = counter.rbegin(); place != counter.rend(); ++place, rest >>= 8) {
    *place = static_cast<unsigned char>(rest & 0xff);
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned int length = 0;
  if (!HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(),
            counter.size(), mac.data(), &length) ||
      length != 20) {
    throw std::runtime_error("HMAC-SHA1 is not available");
  }
  std::size_t at = mac[19] & 0x0f;
  std::uint32_t number = (mac[at] & 0x7fu) << 24 | std::uint32_t{mac[at + 1]} << 16 |
                         std::uint32_t{mac[at + 2]} << 8 | std::uint32_t{mac[at + 3]};
  std::string code(static_cast<std::size_t>(digits), '0');
  for (auto place = code.rbegin(); place != code.rend(); ++place, number /= 10) {
    *place = static_cast<char>('0' + number % 10);
  }
  return code;
}

std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, Time now,
                                      std::int64_t used_step) {
  auto present = now.us / 1'000'000 / totp_seconds;
  std::optional<std::int64_t> found;
  for (auto step = present - 1; step <= present + 1; ++step) {
    bool same = same_secret(totp_code(secret, step), code);
    if (same && step > used_step && !found) found = step;
  }
  return found;
}

std::string base32(std::string_view bytes) {
  static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t held = 0;
  int bits = 0;
  for (char c : bytes) {
    held = held << 8 | static_cast<unsigned char>(c);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += letters[held >> bits & 31];
    }
  }
  if (bits > 0) text += letters[held << (5 - bits) & 31];
  return text;
}

std::string totp_link(std::string_view issuer, std::string_view login, std::string_view secret) {
  auto from = percent_encoded(issuer);
  return "otpauth://totp/" + from + ":" + percent_encoded(login) + "?secret=" + base32(secret) +
         "&issuer=" + from;
}

}  // namespace baijin::accounts
