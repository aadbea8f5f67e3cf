#pragma once
// One-time links: set up the desk, accept an invitation, choose a new password, come in. 256 bits,
// kept as a hash, good once and for a short time; all of a user's die with a change of password or
// address.
#include <optional>
#include <string>
#include <string_view>

#include "modules/accounts/accounts.h"

namespace baijin::accounts {

enum class Purpose { setup, invitation, password_reset, sign_in };
BOOST_DESCRIBE_ENUM(Purpose, setup, invitation, password_reset, sign_in)

struct OneTimeLink {
  std::int64_t id = 0;
  Purpose purpose = Purpose::setup;
  std::optional<Id<User>> member;
  Time expires_at;
};
FIELDS(OneTimeLink, id, purpose, member, expires_at)

struct LinkView {
  std::string link;  // shown this once; the secret stands behind '#', which browsers do not send
  Time expires_at;
};
FIELDS(LinkView, link, expires_at)

LinkView make_link(Change& change, Purpose purpose, std::optional<Id<User>> member);
// The link whose secret this is, if it still holds.
std::optional<OneTimeLink> find_link(Reader& reader, std::string_view secret);
void kill_links(Change& change, Id<User> member);
void kill_setup_links(Change& change);

}  // namespace baijin::accounts
