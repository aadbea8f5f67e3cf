#include "hub/hub.h"
#include "modules/accounts/secrets.h"
#include "modules/accounts/users.h"

namespace baijin::accounts {
namespace {

std::vector<std::string> allowed_on(Reader& reader, const UserView& user) {
  std::vector<std::string> allowed;
  if (!reader.may("users.manage")) return allowed;
  allowed.emplace_back("change");
  if (!user.active) {
    allowed.emplace_back("activate");
    return allowed;
  }
  allowed.emplace_back("deactivate");
  allowed.emplace_back(user.has_password ? "reset_password" : "invite");
  if (user.two_factor) allowed.emplace_back("remove_second_factor");
  return allowed;
}

}  // namespace

std::optional<User> find_login(Reader& reader, std::string_view login) {
  return reader.first<User>(R"(SELECT {fields u} FROM users u
        WHERE {all: whoever signs in is not known yet} u.folded_login = $1)",
                            folded(login));
}

std::optional<User> user_of_contact(Reader& reader, Id<customers::Contact> contact) {
  return reader.first<User>(R"(SELECT {fields u} FROM users u
        WHERE {all: the caller knows the contact} u.contact = $1 AND u.active = TRUE
        ORDER BY u.id)",
                            contact);
}

UserView view_of(Reader& reader, const User& user) {
  UserView view{user.id,
                user.version,
                user.kind,
                user.login,
                user.name,
                user.initials,
                user.email.value,
                user.phone.value,
                user.contact,
                user.region,
                user.locale,
                user.time_zone,
                user.active,
                user.created_at,
                {},
                {},
                {},
                false,
                false,
                {}};
  if (!reader.actor().sees_private_details && user.id != reader.actor().user) {
    view.phone = masked_phone(view.phone);
  }
  view.roles = reader.values<Slug>(R"(SELECT r.key FROM roles r JOIN user_roles u ON u.role = r.id
        WHERE {all: of a user who is seen} u.member = $1 ORDER BY r.id)",
                                   user.id);
  view.teams = reader.values<Id<Team>>(R"(SELECT m.team FROM team_members m
        WHERE {all: of a user who is seen} m.member = $1 ORDER BY m.team)",
                                       user.id);
  view.regions = reader.values<Id<Region>>(R"(SELECT m.region FROM user_regions m
        WHERE {all: of a user who is seen} m.member = $1 ORDER BY m.region)",
                                           user.id);
  auto secrets = secrets_of(reader, user.id);
  view.has_password = !secrets.password_hash.empty();
  view.two_factor = !secrets.totp.empty();
  view.allowed = allowed_on(reader, view);
  return view;
}

UserView get_user(Reader& reader, Id<User> id) { return view_of(reader, reader.get(id)); }

Page<UserView> list_users(Reader& reader, const UserFilter& filter) {
  static const Sorts sorts{"u.id",
                           "name",
                           {{"name", "u.folded_name", Cell::Type::text},
                            {"login", "u.folded_login", Cell::Type::text},
                            {"created_at", "u.created_at"}}};
  Where where;
  where.when(filter.kind, "u.kind = $");
  where.when(filter.active, "u.active = $");
  where.when(filter.region, "u.region = $");
  where.when(filter.contact, "u.contact = $");
  if (filter.login) where.with("u.folded_login = $", folded(filter.login->value));
  std::optional<std::string> pattern;
  if (filter.q) pattern = like_containing(filter.q->value);
  auto found = reader.page<User>(
      R"(SELECT {fields u}, {keys} FROM users u WHERE {visible u}
          AND ($1 IS NULL OR EXISTS (SELECT 1 FROM team_members m
                                     WHERE m.member = u.id AND m.team = $1))
          AND ($2 IS NULL OR EXISTS (SELECT 1 FROM user_roles x JOIN roles r ON r.id = x.role
                                     WHERE x.member = u.id AND r.key = $2))
          AND ($3 IS NULL OR u.folded_name LIKE $3 ESCAPE '!' OR u.initials LIKE $3 ESCAPE '!'
               OR u.folded_login LIKE $3 ESCAPE '!')
          {where} {page})",
      filter.paging, sorts, where, filter.team, filter.role, pattern);
  Page<UserView> page;
  page.next = std::move(found.next);
  page.total = found.total;
  for (const auto& user : found.items) page.items.push_back(view_of(reader, user));
  return page;
}

std::vector<std::string> check_accounts(Reader& reader) {
  std::vector<std::string> problems;
  if (!reader.any("SELECT u.id FROM users u WHERE {all: everybody is checked} u.id > 0 LIMIT 1")) {
    return problems;  // a desk not yet set up
  }
  try {
    must_leave_an_admin(reader);
  } catch (const Error&) {
    problems.emplace_back("nobody active is an administrator; add one with `baijin user add`");
  }
  auto users = reader.list<User>(
      "SELECT {fields u} FROM users u WHERE {all: everybody is checked} u.id > 0");
  for (const auto& user : users) {
    auto name = "user " + std::to_string(user.id.value);
    bool kept = reader.any(
        "SELECT s.member FROM user_secrets s WHERE {all: everybody is checked} s.member = $1",
        user.id);
    if (!kept) {
      problems.push_back(name + " has no row of secrets");
      continue;
    }
    auto secrets = secrets_of(reader, user.id);
    if (!secrets.totp.empty() && !reader.hub().keys().open("totp", secrets.totp)) {
      problems.push_back(name + " has a second factor that this desk's master key does not open");
    }
  }
  return problems;
}

}  // namespace baijin::accounts
