#include "api/scene.h"

#include <stdexcept>

#include "db/tables.h"
#include "main/modules.h"
#include "peers/postgres.h"

namespace baijin::api {

using testing::Answer;
using testing::Desk;
using testing::Engine;

const Scene& Scene::of(Engine engine) {
  if (engine == Engine::sqlite) {
    static const Scene scene(Engine::sqlite);
    return scene;
  }
  static const Scene scene(Engine::postgres);
  return scene;
}

std::unique_ptr<Desk> Scene::desk() const {
  return std::make_unique<Desk>(all_modules(), *prepared_);
}

const Principal& Scene::who(const std::string& name) const {
  for (const auto& principal : principals_) {
    if (principal.name == name) return principal;
  }
  throw std::logic_error("nobody is called " + name);
}

const Thing& Scene::thing(const std::string& kind, char side) const {
  auto found = things_.find({kind, side});
  if (found == things_.end()) throw std::logic_error("the scene has no " + kind + " of " + side);
  return found->second;
}

bool Scene::sees(const Principal& who, Seen seen, char side, const std::string& owner) const {
  bool staff = who.kind == ActorKind::staff;
  bool customer = who.kind == ActorKind::contact;
  bool by_scope = staff && (who.scope == Scope::all || (who.in_team && who.side == side));
  switch (seen) {
    case Seen::everybody: return true;
    case Seen::staff: return staff;
    case Seen::organisation: return staff || (customer && who.side == side);
    case Seen::work: return by_scope || (customer && who.side == side);
    case Seen::inside: return by_scope;
    case Seen::owner: return who.name == owner;
    case Seen::owner_or_all: return who.name == owner || (staff && who.scope == Scope::all);
    case Seen::nobody: return false;
  }
  return false;
}

bool Scene::sees(const Principal& who, const std::string& kind, char side) const {
  const auto& asked = thing(kind, side);
  if (!asked.manage.empty() && who.may(asked.manage)) return true;
  return sees(who, asked.seen, side, asked.owner);
}

bool Scene::sees(const Principal& who, const Canary& canary) const {
  if (!who.valid || who.kind == ActorKind::nobody) return false;
  bool holds = canary.rights.empty();
  for (const auto& right : canary.rights) holds = holds || who.may(right);
  return holds && sees(who, canary.seen, canary.side, canary.owner);
}

std::string Scene::filled(std::string text, char side) const {
  char other = side == 'A' ? 'B' : 'A';
  for (auto at = text.find('$'); at != text.npos; at = text.find('$', at)) {
    auto end = text.find('$', at + 1);
    if (end == text.npos) throw std::logic_error("a lonely $ in " + text);
    auto name = text.substr(at + 1, end - at - 1);
    std::string value;
    if (name == "n") value = std::to_string(++counter_);
    else if (name == "side") value = std::string(1, side);
    else if (name.starts_with("other.")) value = std::to_string(thing(name.substr(6), other).id);
    else if (words_.contains(name)) value = words_.at(name);
    else value = std::to_string(thing(name, side).id);
    text.replace(at, end + 1 - at, value);
    at += value.size();
  }
  return text;
}

std::string Scene::canary(std::string what, char side, Seen seen, std::vector<std::string> rights,
                          std::string owner) {
  auto text = "CNRY-" + std::string(1, side) + "-" + what + "-" +
              std::to_string(7'000 + ++counter_);
  canaries_.push_back({text, std::move(what), side, seen, std::move(owner), std::move(rights)});
  return text;
}

void Scene::secret(std::string text, std::string what) {
  if (text.size() < 8) throw std::logic_error("too short to be a secret: " + what);
  canaries_.push_back({std::move(text), std::move(what), '-', Seen::nobody, {}, {}});
}

void Scene::put(const std::string& kind, char side, std::int64_t id, Seen seen, std::string owner,
                std::string manage) {
  things_[{kind, side}] = {id, seen, std::move(owner), std::move(manage)};
}

void Scene::both(const std::string& kind, std::int64_t id, Seen seen) {
  put(kind, 'A', id, seen);
  put(kind, 'B', id, seen);
}

Answer Scene::done(Method method, const std::string& path, const std::string& body, char side,
                   const std::string& name) {
  auto answer = desk_->ask(
      {method, filled(path, side), filled(body, side), who(name).token, {}, "", false});
  if (answer.status >= 300) {
    throw std::runtime_error("the scene could not be built: " + path + " " + filled(body, side) +
                             "\n" + answer.body);
  }
  return answer;
}

std::int64_t Scene::made(const std::string& path, const std::string& body, char side,
                         const std::string& name) {
  return done(Method::post, path, body, side, name).id();
}

std::string all_rows(Desk& desk, const std::set<std::string>& without) {
  std::string text;
  desk.read([&](Reader& reader) {
    for (const auto& table : db::tables(reader.connection())) {
      if (without.contains(table.name)) continue;
      text += "== " + table.name + "\n";
      db::read_rows(reader.connection(), table, [&](const std::vector<Cell>& cells) {
        for (const auto& cell : cells) {
          if (cell.null) text += "-";
          else if (cell.type == Cell::Type::text) text += cell.text;
          else if (cell.type == Cell::Type::real) text += std::to_string(cell.as_real());
          else text += std::to_string(cell.as_integer());
          text += "|";
        }
        text += "\n";
      });
    }
  });
  return text;
}

}  // namespace baijin::api
