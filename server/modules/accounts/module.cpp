#include "hub/module.h"

#include "modules/accounts/access.h"
#include "modules/accounts/me.h"
#include "modules/accounts/memory.h"
#include "modules/accounts/my_settings.h"
#include "modules/accounts/roles.h"
#include "modules/accounts/setup.h"
#include "modules/accounts/teams.h"
#include "modules/accounts/tokens.h"
#include "modules/accounts/users.h"

namespace baijin::accounts {
namespace {

void install_rights(Module& m) {
  m.right("users.read", "See users, teams, regions and roles");
  m.right("users.manage", "Add, change and lock out users who hold no more than oneself");
  m.right("roles.manage", "Change what roles may do, within what one may do oneself");
  m.right("teams.manage", "Change teams and regions");
  m.right("tokens.manage", "See and revoke other people's API tokens");
  m.right("sessions.manage", "See and end other people's sessions, set how long they last");
  m.right("private_details.read", "See telephone numbers in full");
}

void install_events(Module& m) {
  for (auto kind : {"accounts.user_added", "accounts.user_changed", "accounts.user_deactivated",
                    "accounts.user_activated", "accounts.user_invited"}) {
    m.event<User>(kind, "users.read");
  }
  for (auto kind :
       {"accounts.signed_in", "accounts.signed_out", "accounts.sign_in_failed",
        "accounts.session_ended", "accounts.session_limits_changed", "accounts.password_changed",
        "accounts.password_reset_asked", "accounts.password_reset_offered",
        "accounts.second_factor_begun", "accounts.second_factor_added",
        "accounts.second_factor_removed", "accounts.token_issued", "accounts.token_removed",
        "accounts.setup_offered", "accounts.set_up", "accounts.sign_in_link_asked",
        "accounts.sign_in_link_offered"}) {
    m.event<User>(kind, "users.manage");
  }
  for (auto kind : {"accounts.role_added", "accounts.role_changed", "accounts.role_removed"}) {
    m.event<Role>(kind, "users.read");
  }
  for (auto kind : {"accounts.team_added", "accounts.team_changed", "accounts.team_removed"}) {
    m.event<Team>(kind, "users.read");
  }
  m.event<SettingsSheet>("accounts.settings_kept", "");
  for (auto kind :
       {"accounts.region_added", "accounts.region_changed", "accounts.region_removed"}) {
    m.event<Region>(kind, "users.read");
  }
}

void install_doors(Module& m) {
  m.post("/sessions", "anyone", sign_in).first(check_sign_in).slow().about("Sign in.");
  m.del("/sessions/current", "signed_in", sign_out).about("Sign out.");
  m.get("/sessions", "signed_in", list_sessions)
      .about("One's own sessions; everybody's with sessions.manage.");
  m.del("/sessions/{id}", "signed_in", end_session)
      .about("End a session: one's own, or another's with sessions.manage.");
  m.get("/session-limits", "sessions.manage", get_limits).about("How long sessions last.");
  m.put("/session-limits", "sessions.manage", set_limits).about("Set how long sessions last.");
  m.post("/setup", "anyone", set_up)
      .first(check_setup)
      .slow()
      .about("Set up a new desk with its one-time link.");
  m.post("/password-resets", "anyone", ask_for_reset)
      .about("Ask for a new password; the answer is the same for names there are not.");
  m.post("/password-resets/redeem", "anyone", redeem)
      .first(check_redemption)
      .slow()
      .about("Choose a password with the link of an invitation or a reset.");
  m.post("/sign-in-links", "anyone", ask_for_sign_in_link)
      .about(
          "Ask for a link by mail to come in by, as a customer's person; the answer is always "
          "the same.");
  m.post("/sessions/by-link", "anyone", sign_in_by_link)
      .first(check_link)
      .about("Come in by a mailed link; it works once.");
  m.get("/tokens", "signed_in", list_tokens).about("API tokens, one's own or another's.");
  m.post("/tokens", "signed_in", create_token).about("Issue an API token; it is shown once.");
  m.del("/tokens/{id}", "signed_in", remove_token).about("Revoke an API token.");
}

void install_me(Module& m) {
  m.get("/me", "signed_in", who_am_i).about("Who am I and what may I do.");
  m.patch("/me", "signed_in", change_me).about("Change one's language and time zone.");
  m.get("/me/settings", "signed_in", get_my_settings).about("How one likes the pages to be.");
  m.put("/me/settings", "signed_in", put_my_settings)
      .about("Keep how one likes the pages to be, as a whole.");
  m.post("/me/password", "signed_in", change_password)
      .first(check_password_change)
      .slow()
      .about("Change one's password; other sessions end.");
  m.post("/me/totp", "signed_in", begin_second_factor)
      .first(check_confirmation)
      .slow()
      .about("Show a secret for an authenticator app.");
  m.post("/me/totp/confirm", "signed_in", confirm_second_factor)
      .first(check_first_code)
      .about("Turn the second factor on with a first code.");
  m.del("/me/totp", "signed_in", end_second_factor)
      .first(check_confirmation)
      .slow()
      .about("Turn the second factor off.");
}

void install_users(Module& m) {
  m.get("/users", "users.read", list_users).about("People who can sign in.");
  m.get("/users/{id}", "users.read", get_user).about("One of them.");
  m.create("/users", "users.manage", create_user).about("Add somebody, without a password yet.");
  m.patch("/users/{id}", "users.manage", change_user)
      .about("Change somebody; a change of roles ends the user's sessions.");
  m.post("/users/{id}/invitation", "users.manage", invite_user)
      .about("A link to choose the first password; it is shown once.");
  m.post("/users/{id}/password-reset", "users.manage", reset_password)
      .about("A link to choose a new password; it is shown once.");
  m.post("/users/{id}/deactivation", "users.manage", deactivate_user).about("Lock somebody out.");
  m.post("/users/{id}/activation", "users.manage", activate_user).about("Let somebody in again.");
  m.del("/users/{id}/totp", "users.manage", remove_second_factor)
      .about("Take a lost second factor off somebody's account.");
  m.get("/users/{id}/sessions", "sessions.manage", list_sessions_of).about("Somebody's sessions.");
  m.del("/users/{id}/sessions", "sessions.manage", end_sessions_of).about("End them all.");
}

void install_groups(Module& m) {
  m.get("/rights", "signed_in", list_rights).about("All rights there are.");
  m.get("/roles", "users.read", list_roles).about("Roles with their rights.");
  m.get("/roles/{id}", "users.read", get_role).about("One role.");
  m.create("/roles", "roles.manage", create_role).about("Add a role.");
  m.patch("/roles/{id}", "roles.manage", change_role).about("Change a role.");
  m.del("/roles/{id}", "roles.manage", remove_role).about("Remove a role nobody has.");
  m.get("/teams", "users.read", list_teams).about("Teams with their members.");
  m.get("/teams/{id}", "users.read", get_team).about("One team.");
  m.create("/teams", "teams.manage", create_team).about("Add a team.");
  m.patch("/teams/{id}", "teams.manage", change_team).about("Change a team.");
  m.del("/teams/{id}", "teams.manage", remove_team).about("Remove a team nothing refers to.");
  m.put("/teams/{id}/members", "teams.manage", put_members).about("Say who belongs to a team.");
  m.get("/regions", "users.read", list_regions).about("Regions.");
  m.get("/regions/{id}", "users.read", get_region).about("One region.");
  m.create("/regions", "teams.manage", create_region).about("Add a region.");
  m.patch("/regions/{id}", "teams.manage", change_region).about("Rename a region.");
  m.del("/regions/{id}", "teams.manage", remove_region).about("Remove a region nobody is in.");
}

}  // namespace

void install(Module& m) {
  m.record<User>(seen_by_staff("{t}.id = $user"), "users.read");
  m.record<Region>(seen_by_staff(), "users.read");
  m.record<Team>(seen_by_staff(), "users.read");
  m.record<Role>(seen_by_staff(), "users.read");
  constexpr std::string_view own = "{t}.member = $user";
  m.record<SettingsSheet>({own, own, own, own, "", "", ""});
  install_rights(m);
  install_events(m);
  install_doors(m);
  install_me(m);
  install_users(m);
  install_groups(m);
  m.every("accounts.write_presence", minutes(1), write_presence);
  m.daily("accounts.sweep", 3 * 60 + 10, sweep);
  m.check(check_accounts);
  m.preset(add_preset_roles);
  m.identify([memory = Memory::make_for(m.registry())](Reader& reader, const Credentials& shown) {
    return identify(*memory, reader, shown);
  });
}

}  // namespace baijin::accounts
