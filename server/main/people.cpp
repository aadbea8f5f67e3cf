#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <stdexcept>

#include "hub/change.h"
#include "main/commands.h"
#include "main/opened.h"
#include "modules/accounts/accounts.h"

namespace baijin {
namespace {

// A line of standard input, for a script's sake without a terminal.
std::string read_password() {
  if (::isatty(STDIN_FILENO) == 1) fmt::print(stderr, "Password (is shown): ");
  std::string password;
  if (!std::getline(std::cin, password)) {
    throw std::runtime_error("the password is read from standard input, and there was none");
  }
  return password;
}

}  // namespace

int add_person(const Config& config, const PersonWish& wish) {
  auto password = wish.password ? *wish.password : read_password();
  accounts::require_password_strength(password, wish.login);
  auto hash = hash_password(password);
  accounts::NewUser person;
  person.login.value = clean_line(wish.login, 1, 120);
  person.name.value = clean_line(wish.name.empty() ? wish.login : wish.name, 1, 120);
  if (!wish.email.empty()) person.email = Email{clean_email(wish.email)};
  person.roles = {Slug{clean_slug(wish.role)}};
  auto desk = open_desk(config, Hold::beside);
  Id<accounts::User> made;
  desk.hub->change(program_actor(),
                   [&](Change& change) { made = accounts::add_user(change, person, hash); });
  fmt::print("{} was added with the role {} (user {}).\n", person.login.value, wish.role,
             made.value);
  return 0;
}

int make_token(const Config& config, const TokenWish& wish) {
  auto desk = open_desk(config, Hold::beside);
  std::string token;
  desk.hub->change(program_actor(), [&](Change& change) {
    auto user = accounts::find_login(change, wish.login);
    if (!user) throw std::runtime_error("nobody signs in as " + wish.login);
    auto scopes = wish.scopes;
    if (scopes.empty()) scopes = {std::string(accounts::every_right)};
    token = accounts::issue_token(change, user->id, Name{clean_line(wish.name, 1, 120)}, scopes,
                                  days(wish.days));
  });
  fmt::print("{}\n", token);
  return 0;
}

}  // namespace baijin
