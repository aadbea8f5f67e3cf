#pragma once
// What everybody does for himself: who am I, language, password, second factor.
#include <optional>
#include <string>
#include <vector>

#include "modules/accounts/sessions.h"

namespace baijin::accounts {

struct Me {
  Id<User> id;
  Version version;
  UserKind kind = UserKind::staff;
  Login login;
  Name name;
  std::string email, phone;
  std::optional<Id<customers::Contact>> contact;
  std::optional<Id<Region>> region;
  Locale locale;
  ZoneName time_zone;
  Scope scope = Scope::own;
  std::vector<std::string> rights;
  std::vector<Slug> roles;
  std::vector<Id<Team>> teams;
  bool two_factor = false;
  std::optional<std::string> csrf_token;  // for sessions; tokens need none
  std::int64_t seq = 0;  // of the newest event: a live line asks for what came after it
};
FIELDS(Me, id, version, kind, login, name, email, phone, contact, region, locale, time_zone, scope,
       rights, roles, teams, two_factor, csrf_token, seq)

struct MePatch {
  Given<Locale> locale;
  Given<ZoneName> time_zone;
};
FIELDS(MePatch, locale, time_zone)

struct PasswordChange {
  Secret old_password;  // after check_password_change: the hash it matched
  Secret new_password;  // after check_password_change: its hash
};
FIELDS(PasswordChange, old_password, new_password)

struct PasswordShown {
  Secret password;  // after check_confirmation: the hash it matched
};
FIELDS(PasswordShown, password)

struct SecondFactor {
  std::string secret;  // base 32, to be typed
  std::string link;    // otpauth://, for the QR code
};
FIELDS(SecondFactor, secret, link)

struct CodeShown {
  Secret code;
};
FIELDS(CodeShown, code)

struct SecondFactorOn {
  std::vector<std::string> recovery_codes;  // shown this once
  SignedIn session;
};
FIELDS(SecondFactorOn, recovery_codes, session)

Me who_am_i(Reader& reader);
Me change_me(Change& change, const MePatch& input);

// unauthenticated "wrong_password"; invalid "password_too_short" | "password_too_common".
void check_password_change(Reader& reader, PasswordChange& input);
SignedIn change_password(Change& change, const PasswordChange& input);

// Shows a secret for an authenticator app; nothing counts before it is confirmed with a code.
void check_confirmation(Reader& reader, PasswordShown& input);
SecondFactor begin_second_factor(Change& change, const PasswordShown& input);
// unauthenticated "wrong_code"; conflict "nothing_to_confirm".
void check_first_code(Reader& reader, CodeShown& input);
SecondFactorOn confirm_second_factor(Change& change, const CodeShown& input);
SignedIn end_second_factor(Change& change, const PasswordShown& input);

}  // namespace baijin::accounts
