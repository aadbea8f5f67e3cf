#pragma once
// Passwords, second factors and recovery codes of users. Nothing here is ever answered.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/accounts/accounts.h"

namespace baijin::accounts {

struct Secrets {
  Id<User> member;
  std::string password_hash;  // argon2id; "" while there is no password yet
  Time password_changed_at;
  std::string totp;            // sealed; "" when there is no second factor
  std::string totp_pending;    // sealed; shown, not yet confirmed
  std::int64_t totp_step = 0;  // the last step whose code was used
};
FIELDS(Secrets, member, password_hash, password_changed_at, totp, totp_pending, totp_step)

Secrets secrets_of(Reader& reader, Id<User> member);
void write_password(Change& change, Id<User> member, std::string_view hash);

// Which code was shown: of a step of the clock, or a recovery code.
struct CodeMatch {
  std::optional<std::int64_t> step;
  std::optional<std::int64_t> recovery;
};
std::optional<CodeMatch> match_code(Reader& reader, const Secrets& secrets, std::string_view code);
// Uses it up; unauthenticated "wrong_code" when it was used meanwhile.
void use_code(Change& change, const Secrets& secrets, std::string_view code);

std::string seal_totp(Reader& reader, std::string_view secret);
std::string open_totp(Reader& reader, std::string_view sealed);
// Ten fresh ones in place of those there were; told this once.
std::vector<std::string> make_recovery_codes(Change& change, Id<User> member);
void remove_totp(Change& change, Id<User> member);

Error wrong_sign_in();  // the same for a wrong name and a wrong password
Error wrong_code();

}  // namespace baijin::accounts
