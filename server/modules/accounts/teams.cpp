#include "modules/accounts/teams.h"

#include "modules/accounts/access.h"

namespace baijin::accounts {
namespace {

TeamView view_of(Reader& reader, const Team& team) {
  TeamView view{team.id, team.version, team.name, team.region, team.active, {}};
  view.members = reader.list<TeamMemberView>(R"(SELECT u.id, u.name, m.lead FROM team_members m
        JOIN users u ON u.id = m.member WHERE {all: of a team that is seen} m.team = $1
        ORDER BY m.lead DESC, u.folded_name, u.id)",
                                             team.id);
  return view;
}

void must_know(Reader& reader, const std::optional<Id<Region>>& region) {
  if (region && !reader.find(*region)) throw invalid("unknown_region", "region");
}

}  // namespace

std::vector<TeamView> list_teams(Reader& reader) {
  auto teams = reader.list<Team>(
      "SELECT {fields t} FROM teams t WHERE {visible t} ORDER BY t.name, t.id");
  std::vector<TeamView> views;
  for (const auto& team : teams) views.push_back(view_of(reader, team));
  return views;
}

TeamView get_team(Reader& reader, Id<Team> id) { return view_of(reader, reader.get(id)); }

std::optional<Team> find_team(Reader& reader, std::string_view name) {
  return reader.first<Team>(
      "SELECT {fields t} FROM teams t WHERE {all: teams are no secret among staff} t.name = $1",
      name);
}

Id<Team> make_team(Change& change, const Name& name, std::optional<Id<Region>> region) {
  Team team;
  team.name = name;
  team.region = region;
  change.add(team);
  change.tell("accounts.team_added", team);
  return team.id;
}

TeamView create_team(Change& change, const NewTeam& input) {
  must_know(change, input.region);
  return get_team(change, make_team(change, input.name, input.region));
}

TeamView change_team(Change& change, Id<Team> id, const TeamPatch& input) {
  auto team = change.take(id);
  input.name.into(team.name);
  input.region.into(team.region);
  input.active.into(team.active);
  must_know(change, team.region);
  change.save(team);
  raise_epoch(change);
  change.tell("accounts.team_changed", team);
  return view_of(change, team);
}

void remove_team(Change& change, Id<Team> id) {
  auto team = change.take(id);
  change.execute("DELETE FROM team_members WHERE team = $1", id);
  change.remove(team);
  raise_epoch(change);
  change.tell("accounts.team_removed", team, {{"name", team.name.value}});
}

void join_team(Change& change, Id<Team> team, Id<User> member, bool lead) {
  change.execute(R"(INSERT INTO team_members (team, member, lead) VALUES ($1, $2, $3)
        ON CONFLICT (team, member) DO UPDATE SET lead = excluded.lead)",
                 team, member, lead);
  raise_epoch(change);
  change.tell_about("accounts.team_changed", {"team", team.value}, {},
                    {{"joined", "user:" + std::to_string(member.value)}});
}

TeamView put_members(Change& change, Id<Team> id, const Members& input) {
  auto team = change.take(id);
  change.execute("DELETE FROM team_members WHERE team = $1", id);
  boost::json::array now;
  for (const auto& member : input.members) {
    auto user = change.find(member.user);
    if (!user) throw invalid("unknown_user", "members");
    if (user->kind != UserKind::staff) throw invalid("only_staff", "members");
    change.execute(R"(INSERT INTO team_members (team, member, lead) VALUES ($1, $2, $3)
          ON CONFLICT (team, member) DO UPDATE SET lead = excluded.lead)",
                   id, member.user, member.lead);
    now.emplace_back("user:" + std::to_string(member.user.value));
  }
  raise_epoch(change);
  change.tell("accounts.team_changed", team, {{"members", std::move(now)}});
  return view_of(change, team);
}

std::vector<Region> list_regions(Reader& reader) {
  return reader.list<Region>(
      "SELECT {fields r} FROM regions r WHERE {visible r} ORDER BY r.name, r.id");
}

Region get_region(Reader& reader, Id<Region> id) { return reader.get(id); }

Id<Region> make_region(Change& change, const Name& name) {
  return create_region(change, {name}).id;
}

Region create_region(Change& change, const NewRegion& input) {
  Region region;
  region.name = input.name;
  change.add(region);
  change.tell("accounts.region_added", region);
  return region;
}

Region change_region(Change& change, Id<Region> id, const RegionPatch& input) {
  auto region = change.take(id);
  input.name.into(region.name);
  change.save(region);
  change.tell("accounts.region_changed", region);
  return region;
}

void remove_region(Change& change, Id<Region> id) {
  auto region = change.take(id);
  change.remove(region);
  change.tell("accounts.region_removed", region, {{"name", region.name.value}});
}

}  // namespace baijin::accounts
