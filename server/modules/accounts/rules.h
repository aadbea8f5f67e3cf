#pragma once
// Who may hand out what, as pure rules.
#include <string>
#include <string_view>

#include "modules/accounts/accounts.h"

namespace baijin::accounts::rules {

// Whether somebody with these may give (or manage one who has) those: no more than one holds.
bool covers(const Rights& mine, Scope my_scope, const Rights& theirs, Scope their_scope);

// Rights that roles of the portal may hold: what the row rules narrow to a customer's own.
bool is_portal_right(std::string_view right);

// invalid "wrong_kind_of_role": staff hold staff's roles, customers' people those of the portal.
void must_fit(const Role& role, UserKind kind);

}  // namespace baijin::accounts::rules
