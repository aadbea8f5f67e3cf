#include "modules/accounts/setup.h"

#include "hub/keys.h"
#include "modules/accounts/access.h"
#include "modules/accounts/attempts.h"
#include "modules/accounts/links.h"
#include "modules/accounts/secrets.h"

namespace baijin::accounts {
namespace {

constexpr std::string_view any_link = "a link";  // what guesses at links are counted under

bool anybody_there(Reader& reader) {
  return reader.any(
      "SELECT u.id FROM users u WHERE {all: only whether there is one} u.id > 0 LIMIT 1");
}

std::string_view shown(const std::optional<Secret>& token) {
  return token ? std::string_view(token->value) : std::string_view();
}

OneTimeLink setup_link(Reader& reader, const std::optional<Secret>& token) {
  auto link = find_link(reader, shown(token));
  if (!link || link->purpose != Purpose::setup || anybody_there(reader)) throw not_found();
  return std::move(*link);
}

OneTimeLink link_of_person(Reader& reader, const std::optional<Secret>& token, bool to_come_in) {
  auto link = find_link(reader, shown(token));
  if (!link || link->purpose == Purpose::setup || !link->member) throw not_found();
  if ((link->purpose == Purpose::sign_in) != to_come_in) throw not_found();
  auto user = reader.find_unseen(*link->member);
  if (!user || !user->active) throw not_found();
  return std::move(*link);
}

OneTimeLink personal_link(Reader& reader, const std::optional<Secret>& token) {
  return link_of_person(reader, token, false);
}

bool may_come_in_by_link(Reader& reader, const User& user) {
  return user.active && user.kind == UserKind::contact && secrets_of(reader, user.id).totp.empty();
}

}  // namespace

std::string make_setup_link(Change& change) {
  if (anybody_there(change)) throw conflict("already_set_up");
  auto link = make_link(change, Purpose::setup, {}).link;
  // There is nobody yet; the link is about the one who will be first.
  change.tell_about("accounts.setup_offered", {"user", 1}, {});
  return link;
}

void check_setup(Reader& reader, Setup& input) {
  require_password_strength(input.password.value, input.login.value);
  attempts::start(reader, any_link);
  setup_link(reader, input.token);
  input.password.value = hash_password(input.password.value);
}

SignedIn set_up(Change& change, const Setup& input) {
  setup_link(change, input.token);
  kill_setup_links(change);
  NewUser first;
  first.login = input.login;
  first.name = input.name;
  first.email = input.email;
  first.roles = {Slug{"admin"}};
  auto id = add_user(change, first, input.password.value);
  attempts::succeed(change, any_link);
  auto user = change.find_unseen(id);
  change.tell("accounts.set_up", *user, {{"organisation", input.organisation.value}});
  return open_session(change, *user);
}

void ask_for_reset(Change& change, const ResetRequest& input) {
  attempts::count(change, "reset " + input.login.value);
  auto user = find_login(change, input.login.value);
  if (user && user->active) {
    change.tell("accounts.password_reset_asked", *user);
  } else {
    attempts::write_as_much(change);
  }
}

void ask_for_sign_in_link(Change& change, const ResetRequest& input) {
  attempts::count(change, "link " + input.login.value);
  auto user = find_login(change, input.login.value);
  if (user && may_come_in_by_link(change, *user)) {
    change.tell("accounts.sign_in_link_asked", *user);
  } else {
    attempts::write_as_much(change);
  }
}

void check_link(Reader& reader, LinkToken& input) {
  attempts::start(reader, any_link);
  link_of_person(reader, input.token, true);
}

SignedIn sign_in_by_link(Change& change, const LinkToken& input) {
  auto link = link_of_person(change, input.token, true);
  auto user = change.find_unseen(*link.member);
  if (!user || !may_come_in_by_link(change, *user)) throw not_found();
  kill_links(change, user->id);
  attempts::succeed(change, any_link);
  change.tell_about("accounts.signed_in", {"user", user->id.value}, {},
                    {{"address", change.request().address}, {"by", "link"}});
  change.request().status = 201;
  return open_session(change, *user);
}

void check_redemption(Reader& reader, Redemption& input) {
  require_password_strength(input.password.value, "");
  attempts::start(reader, any_link);
  personal_link(reader, input.token);
  input.password.value = hash_password(input.password.value);
}

void redeem(Change& change, const Redemption& input) {
  auto link = personal_link(change, input.token);
  set_password(change, *link.member, input.password.value);
  attempts::succeed(change, any_link);
}

}  // namespace baijin::accounts
