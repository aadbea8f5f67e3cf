#pragma once
// API tokens for programs: a part of what their owner may do, for a time, told once.
#include <optional>
#include <string>
#include <vector>

#include "modules/accounts/accounts.h"

namespace baijin::accounts {

struct Token;  // a row of api_tokens; seen as TokenView

struct TokenView {
  Id<Token> id;
  Id<User> user;
  std::string user_name;
  Name name;
  std::vector<std::string> scopes;
  Time created_at, expires_at;
  std::optional<Time> seen_at;  // last use, to the minute
};
FIELDS(TokenView, id, user, user_name, name, scopes, created_at, expires_at, seen_at)

struct NewToken {
  Name name;
  std::vector<std::string> scopes;           // rights the owner holds, or "*" for all he holds
  std::optional<Duration> lifetime_seconds;  // usually 90 days, at most 366
};
FIELDS(NewToken, name, scopes, lifetime_seconds)

struct IssuedToken {
  Id<Token> id;
  std::string token;  // shown this once
  Time expires_at;
};
FIELDS(IssuedToken, id, token, expires_at)

struct TokenFilter {
  std::optional<Id<User>> user;  // another's, with tokens.manage
  bool everybody = false;        // all there are, with tokens.manage
};
FIELDS(TokenFilter, user, everybody)

std::vector<TokenView> list_tokens(Reader& reader, const TokenFilter& filter);
IssuedToken create_token(Change& change, const NewToken& input);
void remove_token(Change& change, Id<Token> id);

}  // namespace baijin::accounts
