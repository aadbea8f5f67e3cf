// The walk: every route there is, asked by everybody with their own, foreign and invented ids. What
// they may expect follows from the route's right and the scene; exceptions.txt holds the rest.
// SEC-2, Z1, Z2; checklist 1, 2, 3, 6.
#include "api/samples.h"
#include "api/sound.h"

namespace baijin::api {
namespace {

using testing::Answer;
using testing::Desk;

enum class Verdict { unauthenticated, missing_right, not_found, passes };

bool all_seen(const Scene& scene, const Principal& who, const Sample& sample, char side) {
  for (const auto& kind : sample.kinds) {
    if (!scene.sees(who, kind, side)) return false;
  }
  return true;
}

bool differ(const Scene& scene, const Sample& sample) {
  for (const auto& kind : sample.kinds) {
    if (scene.thing(kind, 'A').id != scene.thing(kind, 'B').id) return true;
  }
  return false;
}

char side_of(const Principal& who) { return who.side == 'B' ? 'B' : 'A'; }

Verdict expected(const Scene& scene, const Route& route, const Sample& sample, const Principal& who,
                 Aim aim) {
  if (route.right == "anyone") return Verdict::passes;
  if (!who.valid) return Verdict::unauthenticated;
  if (route.right != "signed_in" && !who.may(route.right)) return Verdict::missing_right;
  if (aim == Aim::missing || aim == Aim::mixed) return Verdict::not_found;
  char side = side_of(who), other = side == 'A' ? 'B' : 'A';
  return all_seen(scene, who, sample, aim == Aim::own ? side : other) ? Verdict::passes
                                                                      : Verdict::not_found;
}

std::vector<Aim> aims_of(const Scene& scene, const Sample& sample) {
  std::vector<Aim> aims{Aim::own};
  if (sample.kinds.empty()) return aims;
  if (differ(scene, sample)) aims.push_back(Aim::foreign);
  aims.push_back(Aim::missing);
  if (sample.kinds.size() > 1 && differ(scene, sample)) aims.push_back(Aim::mixed);
  return aims;
}

bool is_one_of(int status, const std::vector<int>& statuses) {
  return std::find(statuses.begin(), statuses.end(), status) != statuses.end();
}

// One route on one desk.
class Passage {
 public:
  Passage(const Scene& scene, Desk& desk, const Route& route, const Sample& sample)
      : scene_(scene), desk_(desk), route_(route), sample_(sample) {}

  void refuse() {
    std::string before;
    if (route_.writes) before = all_rows(desk_, {"sign_in_attempts"});
    for (const auto& who : scene_.principals()) {
      for (auto aim : aims_of(scene_, sample_)) {
        if (expected(scene_, route_, sample_, who, aim) != Verdict::passes) ask(who, aim);
      }
      compare_foreign_and_missing(who);
    }
    if (!route_.writes) return;
    EXPECT_TRUE(all_rows(desk_, {"sign_in_attempts"}) == before)
        << name_of(route_) << ": somebody was refused and yet something has changed";
  }
  // The administrator last, so that others find what they may change.
  void let_pass() {
    for (bool admins_turn : {false, true}) {
      for (const auto& who : scene_.principals()) {
        if ((who.name == "admin") != admins_turn) continue;
        for (auto aim : aims_of(scene_, sample_)) {
          if (expected(scene_, route_, sample_, who, aim) == Verdict::passes) ask(who, aim);
        }
      }
    }
    bool excused = Samples::all().exception(route_, scene_.who("admin"), Aim::own).has_value();
    EXPECT_TRUE(succeeded_ || excused)
        << name_of(route_) << ": nobody succeeded; its line in samples.txt must be one that works. "
        << last_;
  }

 private:
  void ask(const Principal& who, Aim aim) {
    auto answer = desk_.ask(asked(scene_, route_, sample_, side_of(who), aim, who.token));
    auto about = name_of(route_) + " as " + who.name + ", " + name_of(aim) +
                 " id: " + std::to_string(answer.status) + " " +
                 (answer.status < 300 ? "" : answer.body.substr(0, 300));
    EXPECT_EQ(unsound(answer), "") << about;
    judge(who, aim, answer, about);
    if (answer.status < 300) succeeded_ = true;
    last_ = answer.body.substr(0, 300);
    seen_[{who.name, aim}] = shape_of(answer);
  }
  void judge(const Principal& who, Aim aim, const Answer& answer, const std::string& about) {
    auto verdict = expected(scene_, route_, sample_, who, aim);
    bool of_the_gate = verdict == Verdict::unauthenticated || verdict == Verdict::missing_right;
    auto allowed = Samples::all().exception(route_, who, aim);
    if (allowed && !of_the_gate) {
      EXPECT_TRUE(is_one_of(answer.status, *allowed)) << about << " (see exceptions.txt)";
      return;
    }
    switch (verdict) {
      case Verdict::unauthenticated: EXPECT_EQ(answer.status, 401) << about; break;
      case Verdict::missing_right:
        EXPECT_EQ(answer.status, 403) << about;
        EXPECT_NE(answer.body.find("\"missing_right\""), std::string::npos) << about;
        break;
      case Verdict::not_found: EXPECT_EQ(answer.status, 404) << about; break;
      case Verdict::passes:
        bool gone = answer.status == 404 && succeeded_ && route_.method == Method::del;
        EXPECT_TRUE(answer.status < 300 || is_one_of(answer.status, {400, 409}) || gone) << about;
    }
  }
  // Checklist 3: what one may not see does not exist, to the last byte.
  void compare_foreign_and_missing(const Principal& who) {
    auto foreign = seen_.find({who.name, Aim::foreign}),
         missing = seen_.find({who.name, Aim::missing});
    if (foreign == seen_.end() || missing == seen_.end()) return;
    EXPECT_EQ(foreign->second, missing->second) << name_of(route_) << " as " << who.name;
  }

  const Scene& scene_;
  Desk& desk_;
  const Route& route_;
  const Sample& sample_;
  bool succeeded_ = false;
  std::string last_;
  std::map<std::pair<std::string, Aim>, std::string> seen_;
};

class Walk : public SceneTest {};
BAIJIN_ON_BOTH_ENGINES(Walk)

TEST_P(Walk, Z2_every_route_and_thing_is_known) {
  auto desk = scene().desk();
  std::set<const Sample*> used;
  for (const auto& route : desk->hub().registry().routes) {
    const auto* sample = Samples::all().of(*route);
    ASSERT_NE(sample, nullptr)
        << "\nThe route " << name_of(*route) << " is new. Add a line for it to\n"
        << "tests/api/samples.txt:\n  " << name_of(*route) << " | kinds of its ids | a body or -\n"
        << "and what its ids name to tests/api/scene_work.cpp if the scene does not have it yet.";
    used.insert(sample);
    for (const auto& kind : sample->kinds) EXPECT_TRUE(scene().knows(kind)) << kind;
    auto ids = static_cast<std::size_t>(std::count(route->path.begin(), route->path.end(), '{'));
    EXPECT_EQ(sample->kinds.size(), ids) << name_of(*route);
  }
  for (const auto& sample : Samples::all().list()) {
    EXPECT_TRUE(used.contains(&sample))
        << "there is no route " << sample.method << " " << sample.path;
  }
}

TEST_P(Walk, SEC2_reads_show_what_one_may_see_and_nothing_else) {
  auto desk = scene().desk();
  for (const auto& route : desk->hub().registry().routes) {
    const auto* sample = Samples::all().of(*route);
    if (route->writes || !sample) continue;
    Passage passage(scene(), *desk, *route, *sample);
    passage.refuse();
    passage.let_pass();
  }
}

// Each on a desk of its own: what one route changes must not excuse another.
TEST_P(Walk, SEC2_writes_change_what_one_may_change_and_nothing_else) {
  auto first = scene().desk();
  for (const auto& known : first->hub().registry().routes) {
    const auto* sample = Samples::all().of(*known);
    if (!known->writes || !sample) continue;
    auto desk = scene().desk();
    auto name = name_of(*known);
    for (const auto& route : desk->hub().registry().routes) {
      if (name_of(*route) != name) continue;
      Passage passage(scene(), *desk, *route, *sample);
      passage.refuse();
      passage.let_pass();
    }
  }
  for (const auto& line : Samples::all().unused()) {
    ADD_FAILURE() << "exceptions.txt holds a line that nothing needs: " << line;
  }
}

}  // namespace
}  // namespace baijin::api
