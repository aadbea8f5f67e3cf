#pragma once
// Teams and regions: what the row scopes "team" and "region" mean.
#include <optional>
#include <vector>

#include "modules/accounts/accounts.h"

namespace baijin::accounts {

struct TeamMember {
  Id<User> user;
  bool lead = false;
};
FIELDS(TeamMember, user, lead)

struct TeamMemberView {
  Id<User> user;
  Name name;
  bool lead = false;
};
FIELDS(TeamMemberView, user, name, lead)

struct TeamView {
  Id<Team> id;
  Version version;
  Name name;
  std::optional<Id<Region>> region;
  bool active = true;
  std::vector<TeamMemberView> members;
};
FIELDS(TeamView, id, version, name, region, active, members)

struct NewTeam {
  Name name;
  std::optional<Id<Region>> region;
};
FIELDS(NewTeam, name, region)

struct TeamPatch {
  Given<Name> name;
  Given<std::optional<Id<Region>>> region;
  Given<bool> active;
};
FIELDS(TeamPatch, name, region, active)

struct Members {
  std::vector<TeamMember> members;
};
FIELDS(Members, members)

struct NewRegion {
  Name name;
};
FIELDS(NewRegion, name)

struct RegionPatch {
  Given<Name> name;
};
FIELDS(RegionPatch, name)

std::vector<TeamView> list_teams(Reader& reader);
TeamView get_team(Reader& reader, Id<Team> id);
TeamView create_team(Change& change, const NewTeam& input);
TeamView change_team(Change& change, Id<Team> id, const TeamPatch& input);
void remove_team(Change& change, Id<Team> id);
// Puts these in place of those there were. invalid "unknown_user" | "only_staff".
TeamView put_members(Change& change, Id<Team> id, const Members& input);

std::vector<Region> list_regions(Reader& reader);
Region get_region(Reader& reader, Id<Region> id);
Region create_region(Change& change, const NewRegion& input);
Region change_region(Change& change, Id<Region> id, const RegionPatch& input);
void remove_region(Change& change, Id<Region> id);

}  // namespace baijin::accounts
