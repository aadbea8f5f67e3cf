#include "modules/accounts/links.h"

#include "hub/hub.h"
#include "hub/keys.h"

namespace baijin::accounts {
namespace {

constexpr std::size_t secret_length = 43;  // 256 bits in base64url

Duration lifetime(Purpose purpose) {
  if (purpose == Purpose::sign_in) return minutes(15);
  return purpose == Purpose::invitation ? days(7) : minutes(60);
}

// Customers have doors of their own.
std::string page_of(Purpose purpose, bool of_portal) {
  std::string portal = of_portal ? "/portal" : "";
  switch (purpose) {
    case Purpose::setup: return "/setup#";
    case Purpose::invitation: return portal + "/invitation#";
    case Purpose::sign_in: return "/portal/come-in#";
    case Purpose::password_reset: break;
  }
  return portal + "/password-reset#";
}

}  // namespace

LinkView make_link(Change& change, Purpose purpose, std::optional<Id<User>> member) {
  if (member) kill_links(change, *member);
  else kill_setup_links(change);
  auto secret = change.hub().keys().random_token();
  LinkView made;
  made.expires_at = change.now() + lifetime(purpose);
  change.execute(R"(INSERT INTO one_time_links (purpose, member, hash, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5))",
                 name_of(purpose), member, Keys::hash_of_token(secret), change.now(),
                 made.expires_at);
  std::string_view base = change.hub().options().base_url;
  if (base.ends_with('/')) base.remove_suffix(1);
  auto user = member ? change.find_unseen(*member) : std::nullopt;
  bool of_portal = user && user->kind == UserKind::contact;
  made.link = std::string(base) + page_of(purpose, of_portal) + secret;
  return made;
}

std::optional<OneTimeLink> find_link(Reader& reader, std::string_view secret) {
  if (secret.size() != secret_length) return {};
  return reader.first<OneTimeLink>(R"(SELECT l.id, l.purpose, l.member, l.expires_at
        FROM one_time_links l WHERE {all: whoever holds the secret} l.hash = $1
          AND l.expires_at > $2)",
                                   Keys::hash_of_token(secret), reader.now());
}

void kill_links(Change& change, Id<User> member) {
  change.execute("DELETE FROM one_time_links WHERE member = $1", member);
}

void kill_setup_links(Change& change) {
  change.execute("DELETE FROM one_time_links WHERE purpose = $1", name_of(Purpose::setup));
}

}  // namespace baijin::accounts
