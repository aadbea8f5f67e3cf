#pragma once
// People, what they may do and how they show who they are. A user belongs to the vendor (staff) or
// to a customer (contact: the portal). Roles are sets of rights with a row scope; teams and regions
// say which rows "team" and "region" mean. Nobody hands out more than he holds himself, and the
// last administrator stays. Whatever changes who may do what raises the access epoch, so that a
// right or session that was taken away is gone with the next request on every node.
#include <boost/describe.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "hub/change.h"
#include "hub/reader.h"

namespace baijin {

class Module;

namespace accounts {

struct Region {
  Id<Region> id;
  Version version;
  Name name;
};
FIELDS(Region, id, version, name)
TABLE(Region, "region", "regions")

enum class UserKind { staff, contact };
BOOST_DESCRIBE_ENUM(UserKind, staff, contact)

using Login = Text<1, 120>;
using Locale = Text<2, 20>;
using ZoneName = Text<1, 60>;

struct User {
  Id<User> id;
  Version version;
  UserKind kind = UserKind::staff;
  Login login;
  std::string folded_login;  // unique: "Li.Wei" and "li.wei" are the same
  Name name;
  std::string folded_name;
  std::string initials;                           // "ln" of 李娜
  Email email;                                    // "" when none is known
  Phone phone;                                    // "" when none is known
  std::optional<Id<customers::Contact>> contact;  // portal users: who of the customer they are
  std::optional<Id<Region>> region;
  Locale locale{"zh-CN"};
  ZoneName time_zone{"Asia/Shanghai"};
  bool active = true;
  Time created_at;
};
FIELDS(User, id, version, kind, login, folded_login, name, folded_name, initials, email, phone,
       contact, region, locale, time_zone, active, created_at)
TABLE(User, "user", "users")

struct Team {
  Id<Team> id;
  Version version;
  Name name;
  std::optional<Id<Region>> region;
  bool active = true;
};
FIELDS(Team, id, version, name, region, active)
TABLE(Team, "team", "teams")

// The right "*" stands for every right there is, also those of later versions.
inline constexpr std::string_view every_right = "*";

struct Role {
  Id<Role> id;
  Version version;
  Slug key;
  Name name_zh, name_en;
  bool portal = false;  // for customers' people; the others are for staff
  Scope scope = Scope::own;
  std::vector<std::string> rights;
  bool builtin = false;  // comes with the program: may be changed, not removed
};
FIELDS(Role, id, version, key, name_zh, name_en, portal, scope, rights, builtin)
TABLE(Role, "role", "roles")

struct NewUser {
  UserKind kind = UserKind::staff;
  Login login;
  Name name;
  std::optional<Email> email;
  std::optional<Phone> phone;
  std::optional<Id<customers::Contact>> contact;
  std::optional<Id<Region>> region;
  std::optional<Locale> locale;
  std::optional<ZoneName> time_zone;
  std::vector<Slug> roles;  // keys
  std::vector<Id<Region>> regions;
};
FIELDS(NewUser, kind, login, name, email, phone, contact, region, locale, time_zone, roles, regions)

void install(Module& m);

// ── for the program, the demo and other modules; they ask for no right ───────────────────────

// A user with roles; an empty hash is nobody's password: an invitation must follow. conflict
// "login_taken"; invalid "unknown_role" | "wrong_kind_of_role" | "unknown_locale" |
// "unknown_time_zone".
Id<User> add_user(Change& change, const NewUser& input, std::string_view password_hash);
// Whoever signs in with this name, active or not, whatever the case of its letters.
std::optional<User> find_login(Reader& reader, std::string_view login);
std::optional<User> user_of_contact(Reader& reader, Id<customers::Contact> contact);
std::optional<Team> find_team(Reader& reader, std::string_view name);
Id<Team> make_team(Change& change, const Name& name, std::optional<Id<Region>> region);
Id<Region> make_region(Change& change, const Name& name);
void join_team(Change& change, Id<Team> team, Id<User> member, bool lead);

// What the user may do now: to judge by today's rights what was asked for earlier (Z8). nobody()
// for one who is not active.
Actor actor_for(Reader& reader, Id<User> user);
// Active members of staff who hold the right now, the oldest first: whom the program tells what
// somebody with it has to look after.
std::vector<Id<User>> holders_of(Reader& reader, std::string_view right);

// An API token "bj_…", told this once; `scopes` are rights or "*" for all that its owner holds.
// invalid "unknown_right".
std::string issue_token(Change& change, Id<User> user, const Name& name,
                        std::span<const std::string> scopes, Duration lifetime);

// Links with a secret that works once; made of the desk's own base URL only (U2).
std::string make_setup_link(Change& change);                      // first start; 60 minutes
std::string make_invitation_link(Change& change, Id<User> user);  // 7 days
std::string make_reset_link(Change& change, Id<User> user);       // 60 minutes
std::string make_sign_in_link(Change& change, Id<User> user);     // 15 minutes, customers only

// invalid "password_too_short" | "password_too_common", about the field `field`.
void require_password_strength(std::string_view password, std::string_view login,
                               std::string_view field = "password");
// Sets a password as the program: ends the user's sessions and links.
void set_password(Change& change, Id<User> user, std::string_view password_hash);

// The portal users of a contact lose their way in (the contact left or was erased).
void end_access_of(Change& change, Id<customers::Contact> contact);

// What anybody may ask for and only so often from one network: `free` times in a quarter of an
// hour, then with pauses that grow: too_many "too_many_attempts". Apart from sign-in, so that who
// asks much may still come in.
void count_asking(Change& change, std::string_view what, std::int64_t free = 5);

// Adds rights to a built-in role: for presets of modules that bring new rights.
void grant(Change& change, std::string_view role, std::span<const std::string_view> rights);

// What people and the desk may speak, and where they may be: invalid "unknown_locale" |
// "unknown_time_zone".
void check_locale(std::string_view locale);
void check_time_zone(std::string_view zone);

// "138****1234": what those see who may not see private details (SEC-6).
std::string masked_phone(std::string_view phone);

}  // namespace accounts
}  // namespace baijin
