#pragma once
// The fixture of all security tests: organisations A and B with the contacts a1, a2 (sees A's
// tickets) and b1; agents g1 (team of T1), g2 (team of T2) and g0 (no team); the administrator and
// one person for each role; tickets T1 (A) and T2 (B) with everything that hangs on tickets. Every
// value worth hiding carries a canary that is found nowhere else.
//
// Who may see what is said here once more, in plain words and apart from the program's own rules:
// the tests compare the two.
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "testing/desk.h"

namespace baijin::api {

// Who sees a thing, beyond the right that its routes ask for.
enum class Seen {
  everybody,
  staff,
  organisation,  // staff, and the customers it belongs to
  work,          // staff by scope and team, and the customers it belongs to
  inside,        // staff by scope and team
  owner,         // one person
  owner_or_all,  // one person, and staff who see every row
  nobody,        // a secret
};

struct Thing {
  std::int64_t id = 0;
  Seen seen = Seen::everybody;
  std::string owner;   // of Seen::owner and owner_or_all: a principal's name
  std::string manage;  // of Seen::owner: the right by which others see it, too
};

struct Canary {
  std::string text, what;
  char side = '-';
  Seen seen = Seen::nobody;
  std::string owner;
  std::vector<std::string> rights;  // one of them is needed; none: whoever sees it
};

struct Principal {
  std::string name;
  ActorKind kind = ActorKind::nobody;
  Scope scope = Scope::own;
  char side = '-';  // A: of T1's team or of organisation A
  bool in_team = false;
  std::string token;
  bool valid = true;  // false: what is shown is of nobody any more
  std::set<std::string> rights;
  bool may(const std::string& right) const { return rights.contains(right); }
};

struct Browser {
  std::string cookie, csrf;
};

class Scene {
 public:
  // Built once for each engine and process.
  static const Scene& of(testing::Engine engine);

  // A desk that starts where the scene ended; nothing done to it is seen by others.
  std::unique_ptr<testing::Desk> desk() const;

  const std::vector<Principal>& principals() const { return principals_; }
  const Principal& who(const std::string& name) const;
  const std::vector<Canary>& canaries() const { return canaries_; }
  const Browser& browser(const std::string& name) const { return browsers_.at(name); }
  const std::string& word(const std::string& name) const { return words_.at(name); }

  bool knows(const std::string& kind) const { return things_.contains({kind, 'A'}); }
  const Thing& thing(const std::string& kind, char side) const;
  bool sees(const Principal& who, const std::string& kind, char side) const;
  bool sees(const Principal& who, const Canary& canary) const;
  // "$customer$" is the id of this side's customer, "$other.customer$" of the other's, "$n$" a
  // number that is new every time, "$side$" the letter.
  std::string filled(std::string text, char side) const;

 private:
  explicit Scene(testing::Engine engine);
  bool sees(const Principal& who, Seen seen, char side, const std::string& owner) const;

  std::string canary(std::string what, char side, Seen seen, std::vector<std::string> rights,
                     std::string owner = {});
  void secret(std::string text, std::string what);
  void put(const std::string& kind, char side, std::int64_t id, Seen seen, std::string owner = {},
           std::string manage = {});
  void both(const std::string& kind, std::int64_t id, Seen seen);
  testing::Answer done(Method method, const std::string& path, const std::string& body, char side,
                       const std::string& who = "admin");
  std::int64_t made(const std::string& path, const std::string& body, char side,
                    const std::string& who = "admin");

  std::int64_t add_user(const std::string& name, const std::string& role, std::int64_t contact);
  void add_principal(const std::string& name, ActorKind kind, char side, std::int64_t user,
                     Duration lifetime = days(90), std::vector<std::string> scopes = {"*"});
  void learn_rights();
  void add_people();
  void add_roles_people();
  void add_archive(char side);
  void add_merged(char side);
  void add_portal_people();
  void add_organisation();
  void add_catalogue();
  void add_ticket(char side);
  void add_second_ticket(char side);
  void add_offered_ticket(char side);
  void add_closed_ticket(char side);
  void add_talk(char side);
  void add_remote_image(char side);
  void add_desk_work(char side);
  void add_bulk_run(char side);
  void add_loose_ends(char side);
  std::string add_guest(const std::string& ticket, char side);
  void add_guests();
  void add_mailbox();
  void add_mail(char side);
  void add_stuck_job();
  void sign_in(const std::string& name);

  std::unique_ptr<testing::Desk> desk_;  // while it is built
  std::unique_ptr<testing::Prepared> prepared_;
  std::vector<Principal> principals_;
  std::vector<Canary> canaries_;
  std::map<std::pair<std::string, char>, Thing> things_;
  std::map<std::string, std::int64_t> users_;
  std::map<std::string, Browser> browsers_;
  std::map<std::string, std::string> words_;
  mutable std::int64_t counter_ = 0;
};

// Every row of every table as text; without the tables and columns in which requests keep books.
std::string all_rows(testing::Desk& desk, const std::set<std::string>& without = {});

class SceneTest : public ::testing::TestWithParam<testing::Engine> {
 protected:
  const Scene& scene() { return Scene::of(GetParam()); }
};

}  // namespace baijin::api
