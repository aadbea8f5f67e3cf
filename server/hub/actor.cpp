#include "hub/actor.h"

namespace baijin {

std::string Actor::text() const {
  switch (kind) {
    case ActorKind::nobody: return "nobody";
    case ActorKind::program: return "program";
    case ActorKind::staff:
    case ActorKind::contact: break;
  }
  if (!user && contact) return "contact:" + std::to_string(contact.value);
  return "user:" + std::to_string(user.value);
}

Actor nobody() {
  static const auto none = std::make_shared<const Rights>();
  Actor actor;
  actor.rights = none;
  actor.sees_private_details = false;
  return actor;
}

Actor program_actor() {
  static const auto all = std::make_shared<const Rights>(Rights().set());
  Actor actor;
  actor.kind = ActorKind::program;
  actor.name = "Baijin";
  actor.scope = Scope::all;
  actor.rights = all;
  return actor;
}

}  // namespace baijin
