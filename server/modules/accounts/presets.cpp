// The roles a new desk begins with (requirements §0). Rights that no installed module declares are
// left out; modules that come later add theirs with grant().
#include <algorithm>
#include <array>
#include <string_view>

#include "hub/hub.h"
#include "modules/accounts/roles.h"

namespace baijin::accounts {
namespace {

// Blank-separated rights that many roles share.
constexpr std::string_view reads =
    "users.read customers.read products.read catalogue.read tickets.read files.upload search.use";
constexpr std::string_view works =
    " tickets.create tickets.work tickets.transition private_details.read";
constexpr std::string_view leads =
    " tickets.assign tickets.merge tickets.bulk tickets.delete_draft customers.manage";

struct Preset {
  std::string_view key, name_zh, name_en;
  bool portal;
  Scope scope;
  std::array<std::string_view, 4> rights;  // lists of names
};

constexpr auto presets = std::to_array<Preset>({
    {"contact",
     "客户联系人",
     "Contact",
     true,
     Scope::own,
     {"tickets.read tickets.create tickets.work tickets.transition files.upload search.use "
      "products.read customers.read private_details.read",
      "", "", ""}},
    {"customer_lead",
     "客户主管领导",
     "Customer lead",
     true,
     Scope::own,
     {"tickets.read tickets.create tickets.work tickets.transition files.upload search.use "
      "products.read customers.read private_details.read",
      "", "", ""}},
    {"agent",
     "热线值班工程师",
     "Hotline agent",
     false,
     Scope::team,
     {reads, works, " tickets.assign tickets.delete_draft customers.manage", ""}},
    {"duty_manager",
     "值班经理",
     "Duty manager",
     false,
     Scope::all,
     {reads, works, leads, " teams.manage"}},
    {"dispatcher",
     "派工员",
     "Dispatcher",
     false,
     Scope::region,
     {reads, works, " tickets.assign tickets.merge tickets.bulk tickets.delete_draft", ""}},
    {"engineer",
     "服务工程师",
     "Service engineer",
     false,
     Scope::team,
     {reads, works, " tickets.delete_draft", ""}},
    {"trainer", "培训教员", "Trainer", false, Scope::team, {reads, works, "", ""}},
    {"training_manager",
     "培训管理员",
     "Training manager",
     false,
     Scope::region,
     {reads, works, " tickets.assign", ""}},
    {"supervisor",
     "服务监督员",
     "Service supervisor",
     false,
     Scope::all,
     {reads, works, " tickets.assign audit.read", ""}},
    {"release_manager",
     "发布经理",
     "Release manager",
     false,
     Scope::all,
     {reads, works, " products.manage", ""}},
    {"manager",
     "售后主管",
     "After-sales manager",
     false,
     Scope::all,
     {reads, works, leads,
      " tickets.waive users.manage teams.manage sessions.manage products.manage catalogue.manage"
      " audit.read audit.export system.read organisation.manage customers.export tickets.export"}},
    {"executive", "公司领导", "Executive", false, Scope::all, {reads, "", "", ""}},
    {"admin", "管理员", "Administrator", false, Scope::all, {every_right, "", "", ""}},
});

void take_known(const Registry& registry, std::string_view names, Role& role) {
  while (!names.empty()) {
    auto end = std::min(names.find(' '), names.size());
    auto name = names.substr(0, end);
    if (name == every_right || (!name.empty() && registry.right(name)))
      role.rights.emplace_back(name);
    names.remove_prefix(std::min(end + 1, names.size()));
  }
}

}  // namespace

void add_preset_roles(Change& change) {
  for (const auto& preset : presets) {
    Role role;
    role.key.value = preset.key;
    role.name_zh.value = preset.name_zh;
    role.name_en.value = preset.name_en;
    role.portal = preset.portal;
    role.scope = preset.scope;
    role.builtin = true;
    for (auto names : preset.rights) take_known(change.hub().registry(), names, role);
    change.add(role);
    change.tell("accounts.role_added", role);
  }
}

}  // namespace baijin::accounts
