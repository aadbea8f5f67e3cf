#include "modules/accounts/tokens.h"

#include "hub/hub.h"
#include "hub/keys.h"
#include "modules/accounts/access.h"
#include "modules/accounts/sessions.h"
#include "modules/accounts/users.h"

namespace baijin::accounts {
namespace {

constexpr Duration usual_lifetime = days(90), longest_lifetime = days(366);

IssuedToken issue(Change& change, Id<User> owner, const Name& name,
                  std::span<const std::string> scopes, Duration lifetime) {
  for (const auto& scope : scopes) {
    if (scope != every_right && !change.hub().registry().right(scope)) {
      throw invalid("unknown_right", "scopes");
    }
  }
  auto secret = change.hub().keys().random_token();
  std::vector<std::string> list(scopes.begin(), scopes.end());
  IssuedToken issued;
  issued.token = std::string(token_prefix) + secret;
  issued.expires_at = change.now() + lifetime;
  issued.id.value = change.execute_returning(
      R"(INSERT INTO api_tokens (member, name, hash, scopes, created_at, expires_at, seen_at)
         VALUES ($1, $2, $3, $4, $5, $6, NULL) RETURNING id)",
      owner, name, Keys::hash_of_token(secret), list, change.now(), issued.expires_at);
  change.tell_about("accounts.token_issued", {"user", owner.value}, {},
                    {{"name", name.value}, {"scopes", to_json(list)}});
  return issued;
}

}  // namespace

std::string issue_token(Change& change, Id<User> user, const Name& name,
                        std::span<const std::string> scopes, Duration lifetime) {
  return issue(change, user, name, scopes, lifetime).token;
}

std::vector<TokenView> list_tokens(Reader& reader, const TokenFilter& filter) {
  if (filter.everybody) {
    reader.must("tokens.manage");
    return reader.list<TokenView>(R"(SELECT t.id, t.member, u.name, t.name, t.scopes,
          t.created_at, t.expires_at, t.seen_at
        FROM api_tokens t JOIN users u ON u.id = t.member WHERE {visible u} ORDER BY t.id DESC)");
  }
  auto owner = filter.user.value_or(reader.actor().user);
  if (owner != reader.actor().user) {
    reader.must("tokens.manage");
    if (!reader.find(owner)) throw not_found();
  }
  return reader.list<TokenView>(R"(SELECT t.id, t.member, u.name, t.name, t.scopes, t.created_at,
          t.expires_at, t.seen_at
        FROM api_tokens t JOIN users u ON u.id = t.member
        WHERE {all: the owner is checked} t.member = $1 ORDER BY t.id DESC)",
                                owner);
}

IssuedToken create_token(Change& change, const NewToken& input) {
  must_be_in_person(change);  // a token must not make itself immortal
  if (input.scopes.empty()) throw invalid("required", "scopes");
  for (const auto& scope : input.scopes) {
    const auto* right = change.hub().registry().right(scope);
    if (right && !change.may(scope)) throw forbidden("more_than_own");
  }
  auto lifetime = input.lifetime_seconds.value_or(usual_lifetime);
  if (lifetime < minutes(1) || lifetime > longest_lifetime) {
    throw invalid("out_of_range", "lifetime_seconds");
  }
  auto issued = issue(change, change.actor().user, input.name, input.scopes, lifetime);
  change.request().status = 201;
  change.request().answer_headers.emplace_back("Location",
                                               "/api/v1/tokens/" + std::to_string(issued.id.value));
  return issued;
}

void remove_token(Change& change, Id<Token> id) {
  auto owner = change.value<Id<User>>(
      "SELECT t.member FROM api_tokens t WHERE {all: the owner is checked} t.id = $1", id);
  if (!owner) throw not_found();
  if (*owner != change.actor().user) {
    if (!change.may("tokens.manage")) throw not_found();
    must_not_outrank(change, change.get(*owner));
  }
  change.execute("DELETE FROM api_tokens WHERE id = $1", id);
  raise_epoch(change);
  change.tell_about("accounts.token_removed", {"user", owner->value}, {});
}

}  // namespace baijin::accounts
