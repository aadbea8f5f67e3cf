#include "modules/accounts/roles.h"

#include <algorithm>

#include "hub/hub.h"
#include "modules/accounts/access.h"
#include "modules/accounts/rules.h"
#include "modules/accounts/users.h"

namespace baijin::accounts {
namespace {

// Known rights, each once, in order.
void tidy_rights(Reader& reader, Role& role) {
  std::sort(role.rights.begin(), role.rights.end());
  role.rights.erase(std::unique(role.rights.begin(), role.rights.end()), role.rights.end());
  for (const auto& right : role.rights) {
    if (right != every_right && !reader.hub().registry().right(right)) {
      throw invalid("unknown_right", "rights");
    }
    if (role.portal && !rules::is_portal_right(right))
      throw invalid("not_for_the_portal", "rights");
  }
}

}  // namespace

std::vector<RightView> list_rights(Reader& reader) {
  std::vector<RightView> rights;
  for (const auto& right : reader.hub().registry().rights) {
    rights.push_back({right.name, right.description});
  }
  return rights;
}

std::vector<Role> list_roles(Reader& reader) {
  return reader.list<Role>("SELECT {fields r} FROM roles r WHERE {visible r} ORDER BY r.id");
}

Role get_role(Reader& reader, Id<Role> id) { return reader.get(id); }

Role create_role(Change& change, const NewRole& input) {
  Role role;
  role.key = input.key;
  role.name_zh = input.name_zh;
  role.name_en = input.name_en;
  role.portal = input.portal;
  role.scope = input.scope;
  role.rights = input.rights;
  tidy_rights(change, role);
  must_cover(change, role);
  change.add(role);
  change.tell("accounts.role_added", role);
  return role;
}

Role change_role(Change& change, Id<Role> id, const RolePatch& input) {
  auto role = change.take(id);
  must_cover(change, role);  // what one does not hold one does not take from others either
  input.name_zh.into(role.name_zh);
  input.name_en.into(role.name_en);
  input.scope.into(role.scope);
  input.rights.into(role.rights);
  tidy_rights(change, role);
  must_cover(change, role);
  change.save(role);
  must_leave_an_admin(change);
  raise_epoch(change);
  change.tell("accounts.role_changed", role);
  return role;
}

void remove_role(Change& change, Id<Role> id) {
  auto role = change.take(id);
  if (role.builtin) throw conflict("builtin_role");
  must_cover(change, role);
  change.remove(role);
  raise_epoch(change);
  change.tell("accounts.role_removed", role, {{"key", role.key.value}});
}

void grant(Change& change, std::string_view key, std::span<const std::string_view> rights) {
  auto id = change.value<Id<Role>>(
      "SELECT r.id FROM roles r WHERE {all: presets of modules} r.key = $1", key);
  if (!id) return;  // the desk did without this role
  auto role = change.take_unseen(*id);
  for (auto right : rights) role.rights.emplace_back(right);
  tidy_rights(change, role);
  change.save(role);
  raise_epoch(change);
  change.tell("accounts.role_changed", role);
}

}  // namespace baijin::accounts
