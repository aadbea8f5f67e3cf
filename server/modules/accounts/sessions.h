#pragma once
// Coming in and going out. A session's secret is in the cookie only; its hash is in the table. It
// changes with every sign-in, password change and second factor (U1), and when somebody's roles
// change his sessions end.
#include <optional>
#include <string>
#include <vector>

#include "modules/accounts/accounts.h"

namespace baijin::accounts {

struct Session;  // a row of sessions; seen as SessionView

struct SignIn {
  Login login;
  Secret password;  // after check_sign_in: the hash it matched
  std::optional<Secret> code;
};
FIELDS(SignIn, login, password, code)

struct SignedInUser {
  Id<User> id;
  UserKind kind = UserKind::staff;
  Login login;
  Name name;
  Locale locale;
};
FIELDS(SignedInUser, id, kind, login, name, locale)

struct SignedIn {
  SignedInUser user;
  std::string csrf_token;
  Time expires_at;
};
FIELDS(SignedIn, user, csrf_token, expires_at)

struct SessionView {
  Id<Session> id;
  Id<User> user;
  std::string user_name;
  Time created_at, seen_at, expires_at;
  std::string address, user_agent;
  bool current = false;
};
FIELDS(SessionView, id, user, user_name, created_at, seen_at, expires_at, address, user_agent,
       current)

struct SessionFilter {
  bool everybody = false;  // the 500 that were used last, with sessions.manage
};
FIELDS(SessionFilter, everybody)

struct SessionLimits {
  Duration absolute_seconds, idle_seconds;
};
FIELDS(SessionLimits, absolute_seconds, idle_seconds)

// Before the Change: looks at password and code, in the same time for names there are and are not.
// unauthenticated "wrong_login_or_password" | "code_required" | "wrong_code"; too_many.
void check_sign_in(Reader& reader, SignIn& input);
SignedIn sign_in(Change& change, const SignIn& input);
void sign_out(Change& change);
std::vector<SessionView> list_sessions(Reader& reader, const SessionFilter& filter);
std::vector<SessionView> list_sessions_of(Reader& reader, Id<User> member);
void end_session(Change& change, Id<Session> id);
void end_sessions_of(Change& change, Id<User> member);
SessionLimits get_limits(Reader& reader);
SessionLimits set_limits(Change& change, const SessionLimits& input);

// A new session in the place of the one that was shown; the cookie goes with the answer.
SignedIn open_session(Change& change, const User& user);
// forbidden "session_needed" for tokens: what guards an account is changed by its owner in
// person only.
void must_be_in_person(const Reader& reader);

}  // namespace baijin::accounts
