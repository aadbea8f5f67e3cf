#pragma once
// Letters to people with an account: a link to choose a new password by, or to come in by. The link
// is made when the letter is put into the outbox, sealed there, and goes to the address that is
// known for its user (U2).
#include "hub/module.h"

namespace baijin::mail {

void install_door_letters(Module& m);

}  // namespace baijin::mail
