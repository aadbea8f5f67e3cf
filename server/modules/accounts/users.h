#pragma once
// Users as their administrators see and change them.
#include <optional>
#include <string>
#include <vector>

#include "modules/accounts/accounts.h"
#include "modules/accounts/links.h"

namespace baijin::accounts {

struct UserPatch {
  Given<Login> login;
  Given<Name> name;
  Given<std::optional<Email>> email;
  Given<std::optional<Phone>> phone;
  Given<std::optional<Id<Region>>> region;
  Given<Locale> locale;
  Given<ZoneName> time_zone;
  Given<std::vector<Slug>> roles;
  Given<std::vector<Id<Region>>> regions;
};
FIELDS(UserPatch, login, name, email, phone, region, locale, time_zone, roles, regions)

struct UserFilter {
  std::optional<UserKind> kind;
  std::optional<bool> active;
  std::optional<Id<Region>> region;
  std::optional<Id<customers::Contact>> contact;
  std::optional<Id<Team>> team;
  std::optional<Slug> role;
  std::optional<Login> login;
  std::optional<Text<1, 120>> q;  // a part of the name, the sign-in name or the initials
  Paging paging;
};
FIELDS(UserFilter, kind, active, region, contact, team, role, login, q, paging)

// Without the columns that only help to search.
struct UserView {
  Id<User> id;
  Version version;
  UserKind kind = UserKind::staff;
  Login login;
  Name name;
  std::string initials;
  std::string email, phone;
  std::optional<Id<customers::Contact>> contact;
  std::optional<Id<Region>> region;
  Locale locale;
  ZoneName time_zone;
  bool active = true;
  Time created_at;
  std::vector<Slug> roles;
  std::vector<Id<Team>> teams;
  std::vector<Id<Region>> regions;
  bool has_password = false, two_factor = false;
  std::vector<std::string> allowed;
};
FIELDS(UserView, id, version, kind, login, name, initials, email, phone, contact, region, locale,
       time_zone, active, created_at, roles, teams, regions, has_password, two_factor, allowed)

Page<UserView> list_users(Reader& reader, const UserFilter& filter);
UserView get_user(Reader& reader, Id<User> id);
UserView create_user(Change& change, const NewUser& input);
UserView change_user(Change& change, Id<User> id, const UserPatch& input);
UserView deactivate_user(Change& change, Id<User> id);
UserView activate_user(Change& change, Id<User> id);
LinkView invite_user(Change& change, Id<User> id);
LinkView reset_password(Change& change, Id<User> id);
void remove_second_factor(Change& change, Id<User> id);

UserView view_of(Reader& reader, const User& user);
// For `baijin check`: what is wrong with the accounts, in sentences.
std::vector<std::string> check_accounts(Reader& reader);

// ── who may touch whom ───────────────────────────────────────────────────────────────────────

// forbidden "outranked" when the user holds what the actor does not: his password link or his
// session would be a way to it.
void must_not_outrank(Reader& reader, const User& user);
// forbidden "more_than_own": nobody gives what he does not hold.
void must_cover(Reader& reader, const Role& role);
// conflict "last_admin" when nobody active would be left who holds every right.
void must_leave_an_admin(Reader& reader);

// Puts roles in place of those there were; invalid "unknown_role" | "wrong_kind_of_role".
void put_roles(Change& change, const User& user, const std::vector<Slug>& keys);
void put_regions(Change& change, Id<User> member, const std::vector<Id<Region>>& regions);

}  // namespace baijin::accounts
