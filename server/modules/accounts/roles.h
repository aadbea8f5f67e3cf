#pragma once
// Roles: sets of rights with a row scope, editable by those who hold what they contain.
#include <optional>
#include <string>
#include <vector>

#include "modules/accounts/accounts.h"

namespace baijin::accounts {

struct NewRole {
  Slug key;
  Name name_zh, name_en;
  bool portal = false;
  Scope scope = Scope::own;
  std::vector<std::string> rights;
};
FIELDS(NewRole, key, name_zh, name_en, portal, scope, rights)

struct RolePatch {
  Given<Name> name_zh, name_en;
  Given<Scope> scope;
  Given<std::vector<std::string>> rights;
};
FIELDS(RolePatch, name_zh, name_en, scope, rights)

struct RightView {
  std::string name, description;
};
FIELDS(RightView, name, description)

std::vector<RightView> list_rights(Reader& reader);
std::vector<Role> list_roles(Reader& reader);
Role get_role(Reader& reader, Id<Role> id);
// forbidden "more_than_own"; invalid "unknown_right" | "not_for_the_portal"; conflict "last_admin".
Role create_role(Change& change, const NewRole& input);
Role change_role(Change& change, Id<Role> id, const RolePatch& input);
// conflict "builtin_role" | "still_in_use".
void remove_role(Change& change, Id<Role> id);

void add_preset_roles(Change& change);

}  // namespace baijin::accounts
