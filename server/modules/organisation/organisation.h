#pragma once
// The organisation that runs the desk, as people meet it: its name and logo on every page, when and
// where somebody answers, whether strangers may ask. Whoever sets up a new desk is led through the
// first steps, each of which says by itself whether it is done.
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "hub/reader.h"

namespace baijin {

class Module;

namespace accounts {
struct Team;
}
namespace files {
struct File;
}

namespace organisation {

// One row, id 1. Where it is and what it speaks is the kernel's (hub/desk_place.h).
struct Organisation {
  Id<Organisation> id;
  Version version;
  Name name_zh, name_en;
  std::optional<Phone> support_phone;
  std::optional<Email> support_email;
  std::optional<Text<1, 200>> hours_zh, hours_en;  // when somebody answers
  std::optional<Id<files::File>> logo;             // a picture
  bool guest_requests = false;                     // people without an account may ask (INT-8)
  std::optional<Id<accounts::Team>> guest_team;    // who gets their requests
  bool guest_puzzle = false;                       // their browsers solve a puzzle first (M7)
  std::vector<Slug> steps_done;                    // first steps that somebody ticked
};
FIELDS(Organisation, id, version, name_zh, name_en, support_phone, support_email, hours_zh,
       hours_en, logo, guest_requests, guest_team, guest_puzzle, steps_done)
TABLE(Organisation, "organisation", "organisation")

// Whoever asks: who runs the desk is no secret.
Organisation the_organisation(Reader& reader);

// What a new desk needs before it works; called by install(). `done` looks whether it is there, for
// whoever asks; steps that nobody can look up are ticked by hand. The first of a key counts.
using StepDone = std::function<bool(Reader&)>;
void add_first_step(Module& module, std::string_view key, StepDone done);

void install(Module& m);

}  // namespace organisation
}  // namespace baijin
