#include "modules/accounts/users.h"

#include "base/pinyin.h"

#include "hub/desk_place.h"
#include "hub/hub.h"
#include "modules/accounts/access.h"
#include "modules/accounts/rules.h"
#include "modules/accounts/secrets.h"
#include "modules/search/search.h"

namespace baijin::accounts {
namespace {

// Staff are found by name, sign-in name and address; customers' people are found as contacts.
void put_into_search(Change& change, const User& user) {
  Ref subject{"user", user.id.value};
  if (user.kind != UserKind::staff || !user.active) return search::drop(change, subject);
  search::Entry entry;
  entry.subject = subject;
  entry.staff_only = true;
  entry.at = user.created_at;
  entry.title = user.name.value;
  entry.text = user.login.value + "\n" + user.email.value;
  search::put(change, entry);
}

void must_be_free(Reader& reader, const User& user) {
  auto other = find_login(reader, user.login.value);
  if (other && other->id != user.id) throw conflict("login_taken");
}

void fold(User& user) {
  user.folded_login = folded(user.login.value);
  user.folded_name = folded(user.name.value);
  user.initials = initials(user.name.value);
}

void check(const User& user) {
  check_locale(user.locale.value);
  check_time_zone(user.time_zone.value);
}

std::optional<Role> role_of_key(Reader& reader, const Slug& key) {
  return reader.first<Role>(
      "SELECT {fields r} FROM roles r WHERE {all: roles are no secret among staff} r.key = $1",
      key);
}

User take_managed(Change& change, Id<User> id) {
  auto user = change.take(id);
  must_not_outrank(change, user);
  return user;
}

void apply(const UserPatch& input, User& user) {
  input.login.into(user.login);
  input.name.into(user.name);
  if (input.email.given) user.email = input.email.value.value_or(Email{});
  if (input.phone.given) user.phone = input.phone.value.value_or(Phone{});
  input.region.into(user.region);
  input.locale.into(user.locale);
  input.time_zone.into(user.time_zone);
  fold(user);
  check(user);
}

void change_roles(Change& change, const User& user, const std::vector<Slug>& keys) {
  for (const auto& key : keys) {
    auto role = role_of_key(change, key);
    if (!role) throw invalid("unknown_role", "roles");
    must_cover(change, *role);
  }
  put_roles(change, user, keys);
  must_leave_an_admin(change);
}

}  // namespace

Id<User> add_user(Change& change, const NewUser& input, std::string_view password_hash) {
  User user;
  user.kind = input.kind;
  user.login = input.login;
  user.name = input.name;
  user.email = input.email.value_or(Email{});
  user.phone = input.phone.value_or(Phone{});
  user.contact = input.contact;
  user.region = input.region;
  auto place = desk_place(change);
  user.locale = input.locale.value_or(Locale{place.locale});
  user.time_zone = input.time_zone.value_or(ZoneName{place.time_zone});
  user.created_at = change.now();
  fold(user);
  check(user);
  must_be_free(change, user);
  change.add(user);
  change.execute(R"(INSERT INTO user_secrets (member, password_hash, password_changed_at, totp,
          totp_pending, totp_step) VALUES ($1, $2, $3, '', '', 0))",
                 user.id, password_hash, change.now());
  put_roles(change, user, input.roles);
  put_regions(change, user.id, input.regions);
  put_into_search(change, user);
  change.tell("accounts.user_added", user);
  return user.id;
}

UserView create_user(Change& change, const NewUser& input) {
  if ((input.kind == UserKind::contact) != input.contact.has_value()) {
    throw invalid(input.contact ? "only_for_portal_users" : "required", "contact");
  }
  if (input.contact) change.must_see({"contact", input.contact->value});
  for (const auto& key : input.roles) {
    auto role = role_of_key(change, key);
    if (!role) throw invalid("unknown_role", "roles");
    must_cover(change, *role);
  }
  return get_user(change, add_user(change, input, ""));
}

UserView change_user(Change& change, Id<User> id, const UserPatch& input) {
  auto user = take_managed(change, id);
  auto before = user;
  apply(input, user);
  must_be_free(change, user);
  change.save(user);
  boost::json::object more;
  if (input.roles.given) {
    change_roles(change, user, input.roles.value);
    // Whose privileges change comes in anew (U1); who changes his own goes on in this session.
    end_sessions(change, user.id, change.actor().by_cookie ? change.actor().session : "");
    more["roles"] = true;
  }
  if (input.regions.given) {
    put_regions(change, user.id, input.regions.value);
    more["regions"] = true;
  }
  // A link that was sent to the old address must not work any more (U2).
  if (before.email != user.email) kill_links(change, user.id);
  raise_epoch(change);
  put_into_search(change, user);
  change.tell("accounts.user_changed", user, std::move(more));
  return get_user(change, id);
}

UserView deactivate_user(Change& change, Id<User> id) {
  auto user = take_managed(change, id);
  if (!user.active) throw conflict("already_inactive");
  user.active = false;
  change.save(user);
  must_leave_an_admin(change);
  end_sessions(change, id);
  kill_links(change, id);
  change.execute("DELETE FROM api_tokens WHERE member = $1", id);
  put_into_search(change, user);
  change.tell("accounts.user_deactivated", user);
  return view_of(change, user);
}

UserView activate_user(Change& change, Id<User> id) {
  auto user = take_managed(change, id);
  if (user.active) throw conflict("already_active");
  user.active = true;
  change.save(user);
  raise_epoch(change);
  put_into_search(change, user);
  change.tell("accounts.user_activated", user);
  return view_of(change, user);
}

LinkView invite_user(Change& change, Id<User> id) {
  auto user = take_managed(change, id);
  if (!user.active) throw conflict("already_inactive");
  if (!secrets_of(change, id).password_hash.empty()) throw conflict("has_a_password");
  auto link = make_link(change, Purpose::invitation, id);
  change.tell("accounts.user_invited", user);
  return link;
}

LinkView reset_password(Change& change, Id<User> id) {
  auto user = take_managed(change, id);
  if (!user.active) throw conflict("already_inactive");
  auto link = make_link(change, Purpose::password_reset, id);
  change.tell("accounts.password_reset_offered", user);
  return link;
}

void remove_second_factor(Change& change, Id<User> id) {
  auto user = take_managed(change, id);
  if (secrets_of(change, id).totp.empty()) throw conflict("no_second_factor");
  remove_totp(change, id);
  end_sessions(change, id);
  change.tell("accounts.second_factor_removed", user);
}

std::string make_invitation_link(Change& change, Id<User> id) {
  auto link = make_link(change, Purpose::invitation, id).link;
  change.tell_about("accounts.user_invited", {"user", id.value}, {});
  return link;
}

std::string make_sign_in_link(Change& change, Id<User> id) {
  auto link = make_link(change, Purpose::sign_in, id).link;
  change.tell_about("accounts.sign_in_link_offered", {"user", id.value}, {});
  return link;
}

std::string make_reset_link(Change& change, Id<User> id) {
  auto link = make_link(change, Purpose::password_reset, id).link;
  change.tell_about("accounts.password_reset_offered", {"user", id.value}, {});
  return link;
}

void set_password(Change& change, Id<User> id, std::string_view password_hash) {
  write_password(change, id, password_hash);
  kill_links(change, id);
  end_sessions(change, id);
  change.tell_about("accounts.password_changed", {"user", id.value}, {});
}

void end_access_of(Change& change, Id<customers::Contact> contact) {
  auto users = change.values<Id<User>>(R"(SELECT u.id FROM users u
        WHERE {all: the contact is gone, whoever says so} u.contact = $1 AND u.active = TRUE)",
                                       contact);
  for (auto id : users) {
    auto user = change.take_unseen(id);
    user.active = false;
    change.save(user);
    end_sessions(change, id);
    kill_links(change, id);
    change.execute("DELETE FROM api_tokens WHERE member = $1", id);
    change.tell("accounts.user_deactivated", user);
  }
}

void must_not_outrank(Reader& reader, const User& user) {
  const auto& actor = reader.actor();
  if (actor.kind == ActorKind::program || user.id == actor.user) return;
  auto other = holder(reader, user);
  if (!rules::covers(*actor.rights, actor.scope, *other.rights, other.scope)) {
    throw forbidden("outranked");
  }
}

void must_cover(Reader& reader, const Role& role) {
  const auto& actor = reader.actor();
  if (actor.kind == ActorKind::program) return;
  auto rights = rights_of(reader.hub().registry(), role.rights);
  if (!rules::covers(*actor.rights, actor.scope, rights, role.scope)) {
    throw forbidden("more_than_own");
  }
}

void must_leave_an_admin(Reader& reader) {
  auto holders = reader.list<Role>(R"(SELECT {fields r} FROM roles r
        WHERE {all: the rule is about everybody} r.portal = FALSE AND EXISTS (
          SELECT 1 FROM user_roles x JOIN users u ON u.id = x.member
          WHERE x.role = r.id AND u.active = TRUE))");
  for (const auto& role : holders) {
    for (const auto& right : role.rights) {
      if (right == every_right) return;
    }
  }
  throw conflict("last_admin");
}

void put_roles(Change& change, const User& user, const std::vector<Slug>& keys) {
  change.execute("DELETE FROM user_roles WHERE member = $1", user.id);
  for (const auto& key : keys) {
    auto role = role_of_key(change, key);
    if (!role) throw invalid("unknown_role", "roles");
    rules::must_fit(*role, user.kind);
    change.execute(
        "INSERT INTO user_roles (member, role) VALUES ($1, $2) ON CONFLICT (member, role) DO "
        "NOTHING",
        user.id, role->id);
  }
}

void put_regions(Change& change, Id<User> member, const std::vector<Id<Region>>& regions) {
  change.execute("DELETE FROM user_regions WHERE member = $1", member);
  for (auto region : regions) {
    if (!change.find_unseen(region)) throw invalid("unknown_region", "regions");
    change.execute(R"(INSERT INTO user_regions (member, region) VALUES ($1, $2)
          ON CONFLICT (member, region) DO NOTHING)",
                   member, region);
  }
}

}  // namespace baijin::accounts
