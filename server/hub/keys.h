#pragma once
// Everything secret goes through here: libsodium only, constant-time comparisons (checklist 53–55).
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "hub/outside.h"

namespace baijin {

class Keys {
 public:
  // `master` is 32 bytes.
  explicit Keys(std::array<unsigned char, 32> master, Chance& chance);
  // Reads DIR/master.key (64 hex digits, mode 0600). Makes it when `may_create`; else throws
  // std::runtime_error that says what to do: a database with secrets must not start without it.
  static Keys from_file(const std::string& path, bool may_create, Chance& chance);

  // 256 random bits as 43 characters of base64url: sessions, tokens, links.
  std::string random_token() const;
  std::string random_text(int characters) const;  // unambiguous letters and digits, for people

  // A token is stored as its hash only.
  static std::string hash_of_token(std::string_view token);

  // 128-bit MAC in base64url, under a key derived for `purpose`.
  std::string mac(std::string_view purpose, std::string_view text) const;
  bool mac_matches(std::string_view purpose, std::string_view text, std::string_view mac) const;
  // 32 bytes of key for `purpose`, for rooms that make their own marks (mime/reference.h).
  std::string key_for(std::string_view purpose) const;
  // A 64-bit keyed permutation seed for `purpose` (ticket numbers).
  std::uint64_t number_for(std::string_view purpose) const;

  // Secrets at rest: XSalsa20-Poly1305 with a random nonce, base64. open() gives nothing when the
  // text was changed or sealed for another purpose.
  std::string seal(std::string_view purpose, std::string_view secret) const;
  std::optional<std::string> open(std::string_view purpose, std::string_view sealed) const;

 private:
  std::array<unsigned char, 32> derive(std::string_view purpose) const;
  std::array<unsigned char, 32> master_;
  Chance& chance_;
};

// argon2id, t = 3, 64 MiB in production (U9: ≥ 50 ms); tests make it cheap with set_password_cost.
std::string hash_password(std::string_view password);
bool password_matches(std::string_view password, std::string_view hash);
// A hash nobody's password has: verified for unknown logins so that time tells nothing (U3).
const std::string& nobodys_password_hash();
void set_password_cost(unsigned long long operations, std::size_t memory_bytes);

bool same_secret(std::string_view a, std::string_view b);  // constant time
std::string sha256_hex(std::string_view bytes);

}  // namespace baijin
