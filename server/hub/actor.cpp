#include "hub/actor.h"

namespace baijin {

std::string Actor::text() const {
  switch (kind) {
    case ActorKind::nobody: return "nobody";
    case ActorKind::program: return "program";
    case ActorKind::staff:
    case ActorKind::contact: break;
  }
  return "user:" + std::to_string(user.value);
}

Actor nobody() {
  Actor actor;
  actor.rights = std::make_shared<Rights>();
  actor.sees_private_details = false;
  return actor;
}

Actor program_actor() {
  Actor actor;
  actor.kind = ActorKind::program;
  actor.name = "Baijin";
  actor.scope = Scope::all;
  auto rights = std::make_shared<Rights>();
  rights->set();
  actor.rights = rights;
  return actor;
}

}  // namespace baijin
