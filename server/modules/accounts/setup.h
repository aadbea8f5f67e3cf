#pragma once
// How people get their first password, and the desk its first administrator.
#include <optional>
#include <string>

#include "modules/accounts/sessions.h"

namespace baijin::accounts {

struct Setup {
  std::optional<Secret> token;
  Name organisation;
  Login login;
  Name name;
  std::optional<Email> email;
  Secret password;  // after check_setup: its hash
};
FIELDS(Setup, token, organisation, login, name, email, password)

struct ResetRequest {
  Login login;
};
FIELDS(ResetRequest, login)

struct Redemption {
  std::optional<Secret> token;
  Secret password;  // after check_redemption: its hash
};
FIELDS(Redemption, token, password)

// not_found for a link that does not hold, also when the desk has been set up; too_many.
void check_setup(Reader& reader, Setup& input);
SignedIn set_up(Change& change, const Setup& input);

// Both say the same whether there is such a user or not. A link to come in by is for customers
// without a second factor only; staff have their password.
void ask_for_reset(Change& change, const ResetRequest& input);
void ask_for_sign_in_link(Change& change, const ResetRequest& input);
// An invitation's or a reset's link is exchanged for a password. not_found; too_many.
void check_redemption(Reader& reader, Redemption& input);
void redeem(Change& change, const Redemption& input);

struct LinkToken {
  std::optional<Secret> token;
};
FIELDS(LinkToken, token)

// Comes in by a mailed link, once: not_found for one that does not hold; too_many.
void check_link(Reader& reader, LinkToken& input);
SignedIn sign_in_by_link(Change& change, const LinkToken& input);

}  // namespace baijin::accounts
