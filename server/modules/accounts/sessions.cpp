#include "modules/accounts/sessions.h"

#include "hub/hub.h"
#include "hub/keys.h"
#include "modules/accounts/access.h"
#include "modules/accounts/attempts.h"
#include "modules/accounts/secrets.h"
#include "modules/accounts/users.h"

namespace baijin::accounts {
namespace {

// __Host- makes browsers refuse the cookie from anywhere but this very host over TLS; on plain
// http (loopback) it would never be sent.
void set_cookie(Change& change, std::string_view value, Duration lifetime) {
  bool secure = change.request().secure;
  std::string cookie = secure ? "__Host-baijin=" : "baijin=";
  cookie.append(value).append("; Path=/; Max-Age=");
  cookie += std::to_string(lifetime.whole_seconds());
  cookie += secure ? "; Secure; HttpOnly; SameSite=Lax" : "; HttpOnly; SameSite=Lax";
  change.request().answer_headers.emplace_back("Set-Cookie", std::move(cookie));
}

// A failed sign-in of somebody there is is told; for others as much is
// written, so that both take the same time.
void tell_failure(Reader& reader, const std::optional<User>& user, std::string_view why) {
  const auto& asked = reader.request();
  reader.hub().change(program_actor(), [&](Change& change) {
    change.request().number = asked.number;
    if (user) {
      change.tell("accounts.sign_in_failed", *user, {{"why", why}, {"address", asked.address}});
    } else {
      attempts::write_as_much(change);
    }
  });
}

[[noreturn]] void refuse(Reader& reader, const std::optional<User>& user, const Error& error) {
  tell_failure(reader, user, error.reason);
  throw error;
}

struct LimitsRow {
  Duration absolute, idle;
};
FIELDS(LimitsRow, absolute, idle)

LimitsRow limits(Reader& reader) {
  auto row = reader.first<LimitsRow>(
      "SELECT e.absolute, e.idle FROM access_epoch e WHERE {all: settings of the desk} e.id = 1");
  return row.value_or(LimitsRow{hours(12), minutes(30)});
}

std::vector<SessionView> sessions_of(Reader& reader, Id<User> member) {
  return reader.list<SessionView>(R"(SELECT s.id, s.member, u.name,
          s.created_at, s.seen_at, s.expires_at, s.address, s.user_agent, (s.hash = $2) AS current
        FROM sessions s JOIN users u ON u.id = s.member
        WHERE {all: the member is checked} s.member = $1 AND s.expires_at > $3
        ORDER BY s.seen_at DESC, s.id DESC)",
                                  member, reader.actor().session, reader.now());
}

std::vector<SessionView> everybodys_sessions(Reader& reader) {
  reader.must("sessions.manage");
  return reader.list<SessionView>(R"(SELECT s.id, s.member, u.name,
          s.created_at, s.seen_at, s.expires_at, s.address, s.user_agent, (s.hash = $1) AS current
        FROM sessions s JOIN users u ON u.id = s.member WHERE {visible u} AND s.expires_at > $2
        ORDER BY s.seen_at DESC, s.id DESC LIMIT 500)",
                                  reader.actor().session, reader.now());
}

}  // namespace

void check_sign_in(Reader& reader, SignIn& input) {
  attempts::start(reader, input.login.value);
  auto user = find_login(reader, input.login.value);
  std::optional<Secrets> secrets;
  if (user && user->active) secrets = secrets_of(reader, user->id);
  bool has_password = secrets && !secrets->password_hash.empty();
  // Asked for always: it is made when first asked for, and that must not tell anything either.
  const auto& nobodys = nobodys_password_hash();
  const auto& hash = has_password ? secrets->password_hash : nobodys;
  bool right = password_matches(input.password.value, hash);
  if (!right || !has_password) refuse(reader, user, wrong_sign_in());
  if (!secrets->totp.empty()) {
    if (!input.code) {
      attempts::take_back(reader, input.login.value);
      throw Error(Kind::unauthenticated, "code_required");
    }
    if (!match_code(reader, *secrets, input.code->value)) refuse(reader, user, wrong_code());
  }
  input.password.value = hash;
}

SignedIn sign_in(Change& change, const SignIn& input) {
  auto user = find_login(change, input.login.value);
  if (!user || !user->active) throw wrong_sign_in();
  auto secrets = secrets_of(change, user->id);
  // What was checked must still be so: the password may have been changed meanwhile.
  if (secrets.password_hash != input.password.value) throw wrong_sign_in();
  if (!secrets.totp.empty()) {
    if (!input.code) throw Error(Kind::unauthenticated, "code_required");
    use_code(change, secrets, input.code->value);
  }
  attempts::succeed(change, input.login.value);
  change.tell_about("accounts.signed_in", {"user", user->id.value}, {},
                    {{"address", change.request().address}});
  change.request().status = 201;
  return open_session(change, *user);
}

SignedIn open_session(Change& change, const User& user) {
  if (change.actor().by_cookie) {
    change.execute("DELETE FROM sessions WHERE hash = $1", change.actor().session);
    raise_epoch(change);
  }
  auto& keys = change.hub().keys();
  auto secret = keys.random_token();
  auto hash = Keys::hash_of_token(secret);
  auto lifetime = limits(change).absolute;
  auto expires_at = change.now() + lifetime;
  const auto& request = change.request();
  auto id = change.execute_returning(
      R"(INSERT INTO sessions (member, hash, created_at, seen_at, expires_at, address, user_agent)
         VALUES ($1, $2, $3, $3, $4, $5, $6) RETURNING id)",
      user.id, hash, change.now(), expires_at, request.address, request.user_agent);
  set_cookie(change, secret, lifetime);
  if (change.request().status == 201) {
    change.request().answer_headers.emplace_back("Location",
                                                 "/api/v1/sessions/" + std::to_string(id));
  }
  return {
      {user.id, user.kind, user.login, user.name, user.locale}, keys.mac("csrf", hash), expires_at};
}

void sign_out(Change& change) {
  must_be_in_person(change);
  change.execute("DELETE FROM sessions WHERE hash = $1", change.actor().session);
  raise_epoch(change);
  set_cookie(change, "", {});
  change.tell_about("accounts.signed_out", {"user", change.actor().user.value}, {});
}

std::vector<SessionView> list_sessions(Reader& reader, const SessionFilter& filter) {
  if (filter.everybody) return everybodys_sessions(reader);
  return sessions_of(reader, reader.actor().user);
}

std::vector<SessionView> list_sessions_of(Reader& reader, Id<User> member) {
  return sessions_of(reader, reader.get(member).id);
}

void end_session(Change& change, Id<Session> id) {
  must_be_in_person(change);
  auto member = change.value<Id<User>>(
      "SELECT s.member FROM sessions s WHERE {all: the member is checked} s.id = $1", id);
  if (!member) throw not_found();
  if (*member != change.actor().user) {
    if (!change.may("sessions.manage")) throw not_found();
    must_not_outrank(change, change.get(*member));
  }
  change.execute("DELETE FROM sessions WHERE id = $1", id);
  raise_epoch(change);
  change.tell_about("accounts.session_ended", {"user", member->value}, {});
}

void end_sessions_of(Change& change, Id<User> member) {
  must_not_outrank(change, change.get(member));
  end_sessions(change, member);
  change.tell_about("accounts.session_ended", {"user", member.value}, {}, {{"all", true}});
}

SessionLimits get_limits(Reader& reader) {
  auto row = limits(reader);
  return {row.absolute, row.idle};
}

SessionLimits set_limits(Change& change, const SessionLimits& input) {
  auto within = [](Duration value, Duration least, Duration most) {
    return value >= least && value <= most;
  };
  if (!within(input.absolute_seconds, minutes(5), days(30))) {
    throw invalid("out_of_range", "absolute_seconds");
  }
  if (!within(input.idle_seconds, minutes(1), input.absolute_seconds)) {
    throw invalid("out_of_range", "idle_seconds");
  }
  change.execute("UPDATE access_epoch SET absolute = $1, idle = $2 WHERE id = 1",
                 input.absolute_seconds, input.idle_seconds);
  change.tell_about("accounts.session_limits_changed", {"user", change.actor().user.value}, {},
                    {{"absolute_seconds", input.absolute_seconds.whole_seconds()},
                     {"idle_seconds", input.idle_seconds.whole_seconds()}});
  return input;
}

void must_be_in_person(const Reader& reader) {
  if (!reader.actor().by_cookie) throw forbidden("session_needed");
}

}  // namespace baijin::accounts
