#include "modules/accounts/access.h"

#include <algorithm>

#include "hub/hub.h"
#include "hub/keys.h"
#include "modules/accounts/memory.h"

namespace baijin::accounts {
namespace {

constexpr std::size_t token_length = 43;  // 256 bits in base64url

// What one read says about shown credentials; nothing but the epoch when they are unknown.
struct Shown {
  std::int64_t epoch = 0;
  Duration idle;
  std::optional<Id<User>> member;
  std::optional<Time> seen_at;
  std::optional<Time> expires_at;
  std::optional<std::string> scopes;  // tokens only
};
FIELDS(Shown, epoch, idle, member, seen_at, expires_at, scopes)

Actor actor_of(Reader& reader, const User& user) {
  const auto& registry = reader.hub().registry();
  Actor actor;
  actor.kind = user.kind == UserKind::contact ? ActorKind::contact : ActorKind::staff;
  actor.user = user.id;
  if (user.contact) actor.contact = *user.contact;
  actor.name = user.name.value;
  actor.locale = user.locale.value;
  auto rights = std::make_shared<Rights>();
  for (const auto& role : roles_of(reader, user.id)) {
    *rights |= rights_of(registry, role.rights);
    actor.scope = std::max(actor.scope, role.scope);
  }
  actor.rights = rights;
  actor.sees_private_details = rights->test(registry.right("private_details.read")->number);
  return actor;
}

// A token carries no more than its scopes, and never more than its owner holds now.
void narrow(Actor& actor, const Registry& registry, const std::string& scopes) {
  auto names = from_json<std::vector<std::string>>(parse_json(scopes));
  auto rights = std::make_shared<Rights>(rights_of(registry, names) & *actor.rights);
  actor.sees_private_details = rights->test(registry.right("private_details.read")->number);
  actor.rights = rights;
}

std::optional<Shown> read_session(Reader& reader, const std::string& hash) {
  return reader.first<Shown>(R"(SELECT e.epoch, e.idle, s.member, s.seen_at, s.expires_at,
        NULL AS scopes FROM access_epoch e LEFT JOIN sessions s ON s.hash = $1
        WHERE {all: who it is is what is asked} e.id = 1)",
                             hash);
}

std::optional<Shown> read_token(Reader& reader, const std::string& hash) {
  return reader.first<Shown>(R"(SELECT e.epoch, e.idle, t.member, t.seen_at, t.expires_at, t.scopes
        FROM access_epoch e LEFT JOIN api_tokens t ON t.hash = $1
        WHERE {all: who it is is what is asked} e.id = 1)",
                             hash);
}

bool has_run_out(const Memory& memory, Time now, const Shown& shown, const std::string& hash) {
  if (!shown.member || !shown.expires_at || *shown.expires_at <= now) return true;
  if (shown.scopes) return false;  // tokens run out at their time only
  auto seen = std::max(shown.seen_at.value_or(Time{}), memory.last_seen(hash).value_or(Time{}));
  return now - seen >= shown.idle;
}

Actor build(Reader& reader, const Shown& shown, const std::string& hash) {
  auto user = reader.find_unseen(*shown.member);
  if (!user || !user->active) return nobody();
  auto actor = actor_of(reader, *user);
  actor.session = hash;
  if (shown.scopes) {
    narrow(actor, reader.hub().registry(), *shown.scopes);
  } else {
    actor.by_cookie = true;
    actor.csrf_token = reader.hub().keys().mac("csrf", hash);
  }
  return actor;
}

}  // namespace

Actor identify(Memory& memory, Reader& reader, const Credentials& credentials) {
  bool by_token = !credentials.bearer.empty();
  std::string_view secret = by_token ? credentials.bearer : credentials.session;
  if (by_token) {
    if (!secret.starts_with(token_prefix)) return nobody();
    secret.remove_prefix(token_prefix.size());
  }
  if (secret.size() != token_length) return nobody();
  auto hash = Keys::hash_of_token(secret);
  auto shown = by_token ? read_token(reader, hash) : read_session(reader, hash);
  if (!shown || has_run_out(memory, reader.now(), *shown, hash)) return nobody();
  auto key = (by_token ? "t" : "s") + hash;
  auto actor = memory.find(key, shown->epoch);
  if (!actor) {
    actor = build(reader, *shown, hash);
    memory.keep(key, shown->epoch, *actor);
  }
  bool a_request = !reader.request().number.empty();
  if (a_request && actor->kind != ActorKind::nobody) memory.saw(hash, reader.now());
  return std::move(*actor);
}

void raise_epoch(Change& change) {
  change.keep_books("UPDATE access_epoch SET epoch = epoch + 1 WHERE id = 1");
}

void end_sessions(Change& change, Id<User> member, std::string_view except_hash) {
  change.execute("DELETE FROM sessions WHERE member = $1 AND hash <> $2", member, except_hash);
  raise_epoch(change);
}

Rights rights_of(const Registry& registry, std::span<const std::string> names) {
  Rights rights;
  for (const auto& name : names) {
    if (name == every_right) {
      for (const auto& right : registry.rights) rights.set(right.number);
    } else if (const auto* right = registry.right(name)) {
      rights.set(right->number);
    }
  }
  return rights;
}

std::vector<Role> roles_of(Reader& reader, Id<User> member) {
  return reader.list<Role>(R"(SELECT {fields r} FROM roles r JOIN user_roles u ON u.role = r.id
        WHERE u.member = $1 {all: roles are no secret among staff} ORDER BY r.id)",
                           member);
}

Actor holder(Reader& reader, const User& user) { return actor_of(reader, user); }

Actor actor_for(Reader& reader, Id<User> id) {
  auto user = reader.find_unseen(id);
  if (!user || !user->active) return nobody();
  return actor_of(reader, *user);
}

std::vector<Id<User>> holders_of(Reader& reader, std::string_view right) {
  auto all = reader.list<User>(R"(SELECT {fields u} FROM users u
      WHERE u.kind = 'staff' AND u.active = TRUE {all: the program asks} ORDER BY u.id)");
  const auto number = reader.hub().registry().right(right)->number;
  std::vector<Id<User>> holders;
  for (const auto& user : all) {
    std::vector<std::string> names;
    for (const auto& role : roles_of(reader, user.id)) {
      names.insert(names.end(), role.rights.begin(), role.rights.end());
    }
    if (rights_of(reader.hub().registry(), names).test(number)) holders.push_back(user.id);
  }
  return holders;
}

void write_presence(Change& change) {
  auto memory = Memory::of(change.hub().registry());
  if (!memory) return;
  auto marks = memory->marks();
  for (const auto& [hash, at] : marks) {
    auto changed = change.keep_books(
        "UPDATE sessions SET seen_at = $2 WHERE hash = $1 AND seen_at < $2", hash, at);
    if (changed > 0) continue;
    change.keep_books(R"(UPDATE api_tokens SET seen_at = $2
          WHERE hash = $1 AND (seen_at IS NULL OR seen_at < $2))",
                      hash, at);
  }
  change.after_commit([memory, marks] { memory->written(marks); });
}

void sweep(Change& change) {
  auto now = change.now();
  change.keep_books("DELETE FROM sessions WHERE expires_at <= $1", now);
  change.keep_books("DELETE FROM one_time_links WHERE expires_at <= $1", now);
  change.keep_books("DELETE FROM sign_in_attempts WHERE last_at <= $1", now - days(1));
  change.keep_books("DELETE FROM api_tokens WHERE expires_at <= $1", now - days(90));
}

}  // namespace baijin::accounts
