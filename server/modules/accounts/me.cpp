#include "modules/accounts/me.h"

#include "hub/events.h"
#include "hub/hub.h"
#include "hub/keys.h"
#include "modules/accounts/access.h"
#include "modules/accounts/attempts.h"
#include "modules/accounts/links.h"
#include "modules/accounts/secrets.h"
#include "modules/accounts/totp.h"
#include "modules/accounts/users.h"

namespace baijin::accounts {
namespace {

constexpr std::size_t totp_secret_bytes = 20;

User myself(Reader& reader) {
  auto user = reader.find_unseen(reader.actor().user);
  if (!user) throw Error(Kind::unauthenticated, "sign_in");
  return std::move(*user);
}

// The password of the one who asks; gives the hash it matched.
std::string must_know_password(Reader& reader, const User& user, std::string_view password) {
  must_be_in_person(reader);
  attempts::start(reader, user.login.value);
  auto secrets = secrets_of(reader, user.id);
  bool right = !secrets.password_hash.empty() && password_matches(password, secrets.password_hash);
  if (!right) throw Error(Kind::unauthenticated, "wrong_password");
  return secrets.password_hash;
}

// What was checked before the Change must still be so in it.
Secrets still_known(Change& change, const Secret& hash) {
  auto secrets = secrets_of(change, change.actor().user);
  if (secrets.password_hash != hash.value) throw Error(Kind::unauthenticated, "wrong_password");
  return secrets;
}

// All other sessions end, this one goes on under a new secret (U1).
SignedIn come_in_anew(Change& change, const User& user) {
  end_sessions(change, user.id);
  return open_session(change, user);
}

}  // namespace

Me who_am_i(Reader& reader) {
  const auto& actor = reader.actor();
  auto user = myself(reader);
  auto view = view_of(reader, user);
  Me me{user.id,
        user.version,
        user.kind,
        user.login,
        user.name,
        user.email.value,
        user.phone.value,
        user.contact,
        user.region,
        user.locale,
        user.time_zone,
        actor.scope,
        {},
        view.roles,
        view.teams,
        view.two_factor,
        {},
        newest_settled(reader).seq};
  for (const auto& right : reader.hub().registry().rights) {
    if (actor.rights->test(right.number)) me.rights.push_back(right.name);
  }
  if (actor.by_cookie) me.csrf_token = actor.csrf_token;
  return me;
}

Me change_me(Change& change, const MePatch& input) {
  auto user = change.take_unseen(change.actor().user);
  input.locale.into(user.locale);
  input.time_zone.into(user.time_zone);
  check_locale(user.locale.value);
  check_time_zone(user.time_zone.value);
  change.save(user);
  raise_epoch(change);
  change.tell("accounts.user_changed", user);
  return who_am_i(change);
}

void check_password_change(Reader& reader, PasswordChange& input) {
  auto user = myself(reader);
  require_password_strength(input.new_password.value, user.login.value, "new_password");
  input.old_password.value = must_know_password(reader, user, input.old_password.value);
  input.new_password.value = hash_password(input.new_password.value);
}

SignedIn change_password(Change& change, const PasswordChange& input) {
  auto user = myself(change);
  still_known(change, input.old_password);
  write_password(change, user.id, input.new_password.value);
  kill_links(change, user.id);
  attempts::succeed(change, user.login.value);
  change.tell("accounts.password_changed", user);
  return come_in_anew(change, user);
}

void check_confirmation(Reader& reader, PasswordShown& input) {
  input.password.value = must_know_password(reader, myself(reader), input.password.value);
}

SecondFactor begin_second_factor(Change& change, const PasswordShown& input) {
  auto user = myself(change);
  if (!still_known(change, input.password).totp.empty()) throw conflict("second_factor_is_on");
  std::string secret(totp_secret_bytes, '\0');
  change.hub().outside().chance.fill(secret.data(), secret.size());
  change.execute("UPDATE user_secrets SET totp_pending = $2 WHERE member = $1", user.id,
                 seal_totp(change, secret));
  attempts::succeed(change, user.login.value);
  change.tell("accounts.second_factor_begun", user);
  return {base32(secret), totp_link("Baijin", user.login.value, secret)};
}

void check_first_code(Reader& reader, CodeShown& input) {
  must_be_in_person(reader);
  auto user = myself(reader);
  auto secrets = secrets_of(reader, user.id);
  if (secrets.totp_pending.empty()) throw conflict("nothing_to_confirm");
  attempts::start(reader, user.login.value);
  auto secret = open_totp(reader, secrets.totp_pending);
  if (!totp_step(secret, input.code.value, reader.now(), 0)) throw wrong_code();
}

SecondFactorOn confirm_second_factor(Change& change, const CodeShown& input) {
  auto user = myself(change);
  auto secrets = secrets_of(change, user.id);
  if (secrets.totp_pending.empty()) throw conflict("nothing_to_confirm");
  auto step = totp_step(open_totp(change, secrets.totp_pending), input.code.value, change.now(), 0);
  if (!step) throw wrong_code();
  change.execute(R"(UPDATE user_secrets SET totp = totp_pending, totp_pending = '', totp_step = $2
        WHERE member = $1)",
                 user.id, *step);
  attempts::succeed(change, user.login.value);
  change.tell("accounts.second_factor_added", user);
  auto codes = make_recovery_codes(change, user.id);
  return {std::move(codes), come_in_anew(change, user)};
}

SignedIn end_second_factor(Change& change, const PasswordShown& input) {
  auto user = myself(change);
  if (still_known(change, input.password).totp.empty()) throw conflict("no_second_factor");
  remove_totp(change, user.id);
  attempts::succeed(change, user.login.value);
  change.tell("accounts.second_factor_removed", user);
  return come_in_anew(change, user);
}

}  // namespace baijin::accounts
