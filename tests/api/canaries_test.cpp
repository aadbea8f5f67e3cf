// The canary matrix: every reading route, search word, export and live event as everybody, and of
// all bytes that come back only those canaries the reader may read. Z1, Z3, CM; checklist 3-7, 36.
#include "api/samples.h"
#include "api/sound.h"
#include "base/text.h"
#include "hub/live.h"
#include "hub/query_text.h"

namespace baijin::api {
namespace {

using testing::Answer;
using testing::Desk;

std::string all_bytes(const Answer& answer) {
  auto bytes = answer.body;
  for (const auto& [name, value] : answer.headers) bytes += "\n" + name + ": " + value;
  return bytes;
}

class Canaries : public SceneTest {
 protected:
  void SetUp() override { desk = scene().desk(); }

  // Folded, since what is searched by is stored folded.
  void scan(const Principal& who, const std::string& where, const std::string& bytes) {
    for (const auto& canary : scene().canaries()) {
      if (bytes.find(canary.text) == bytes.npos && bytes.find(folded(canary.text)) == bytes.npos) {
        continue;
      }
      if (is_excused(who, canary)) continue;
      EXPECT_TRUE(may_read(who, canary)) << who.name << " received the " << canary.what << " of "
                                         << canary.side << " from " << where;
      found_by_[canary.text].insert(who.name);
    }
  }
  // The same text may be a canary for two reasons (a mail is its owner's and the staff's).
  bool may_read(const Principal& who, const Canary& canary) {
    for (const auto& other : scene().canaries()) {
      if (other.text == canary.text && scene().sees(who, other)) return true;
    }
    return false;
  }
  // Auditors who see every row see names in the log.
  static bool is_excused(const Principal& who, const Canary& canary) {
    return canary.seen != Seen::nobody && who.may("audit.read") && who.scope == Scope::all;
  }
  void read_all(const Principal& who, const Route& route, const Sample& sample) {
    std::vector<Aim> aims{Aim::own};
    if (!sample.kinds.empty()) aims = {Aim::own, Aim::foreign, Aim::missing};
    for (auto aim : aims) {
      auto answer = desk->ask(
          asked(scene(), route, sample, who.side == 'B' ? 'B' : 'A', aim, who.token));
      scan(who, name_of(route) + " (" + name_of(aim) + ")", all_bytes(answer));
    }
  }

  void read_one(const Principal& who, const Sample& sample) {
    for (char side : {'A', 'B'}) {
      auto path = target(scene(), sample, side, Aim::own);
      scan(who, path, all_bytes(desk->get(path, who.token)));
    }
  }

  std::unique_ptr<Desk> desk;
  std::map<std::string, std::set<std::string>> found_by_;
};
BAIJIN_ON_BOTH_ENGINES(Canaries)

TEST_P(Canaries, Z1_nobody_receives_what_he_may_not_read) {
  for (const auto& route : desk->hub().registry().routes) {
    const auto* sample = Samples::all().of(*route);
    bool preview = route->path.ends_with("/previews");
    if ((route->writes && !preview) || !sample) continue;
    for (const auto& who : scene().principals()) read_all(who, *route, *sample);
  }
  for (const std::string path : {"/files/{id}", "/files/{id}/meta"}) {
    for (const std::string kind : {"inside_file", "upload"}) {
      Sample sample{"GET", path, {kind}, "", ""};
      for (const auto& who : scene().principals()) read_one(who, sample);
    }
  }
  for (const auto& canary : scene().canaries()) {
    if (canary.seen == Seen::nobody) continue;
    EXPECT_FALSE(found_by_[canary.text].empty())
        << "nobody found the " << canary.what << " of " << canary.side << ": the crawl is blind";
  }
}

// Lists and their totals by every filter that names something foreign: nothing, and no count.
TEST_P(Canaries, Z1_counts_are_of_visible_rows_only) {
  auto total = [&](const std::string& list, const std::string& who) {
    auto answer = desk->get(list + (list.find('?') == list.npos ? "?" : "&") + "count=true",
                            scene().who(who).token);
    EXPECT_EQ(answer.status, 200) << list << answer.body;
    return answer.at("total").to_number<std::int64_t>();
  };
  auto of_b = std::to_string(scene().thing("customer", 'B').id);
  EXPECT_EQ(total("/tickets", "g0"), 0);
  EXPECT_EQ(total("/tickets?customer=" + of_b, "g1"), 0);
  EXPECT_EQ(total("/tickets?customer=" + of_b, "a1"), 0);
  EXPECT_EQ(total("/tickets?customer=" + of_b, "a2"), 0);
  EXPECT_GT(total("/tickets?customer=" + of_b, "g2"), 0);
  EXPECT_EQ(total("/customers", "b1"), 1);
  EXPECT_EQ(total("/contacts", "a1"), 1);
  EXPECT_EQ(total("/assets", "a1"), 1);
  EXPECT_EQ(total("/sites?customer=" + of_b, "a1"), 0);
}

// Every word of T2, and how it begins, found by nobody who may not see T2.
TEST_P(Canaries, Z3_search_knows_nothing_of_what_one_may_not_see) {
  std::vector<std::string> words = {"zinnwaldite", "zinnwald", "z", "zi", "B"};
  for (const auto& canary : scene().canaries()) {
    if (canary.side == 'B') words.push_back(canary.text);
  }
  auto ticket = desk->get("/tickets/" + std::to_string(scene().thing("ticket", 'B').id),
                          scene().who("admin").token);
  words.push_back(ticket.text("number"));
  words.push_back(ticket.text("number").substr(5));
  for (auto name : {"a1", "a2", "g0", "g1"}) {
    const auto& who = scene().who(name);
    for (const auto& word : words) {
      for (auto path : {"/search?count=true&q=", "/tickets?count=true&q="}) {
        auto answer = desk->get(path + percent_encoded(word), who.token);
        EXPECT_EQ(unsound(answer), "") << path << word;
        if (answer.status != 200) continue;
        scan(who, path + word, all_bytes(answer));
        if (word != "zinnwaldite") continue;
        EXPECT_EQ(answer.at("items").as_array().size(), 0u) << name << " " << path;
        EXPECT_EQ(answer.at("total").to_number<std::int64_t>(), 0) << name << " " << path;
      }
    }
  }
  auto found = desk->get("/search?q=zinnwaldite", scene().who("b1").token);
  EXPECT_GT(found.at("items").as_array().size(), 0u);
}

TEST_P(Canaries, Z9_a_number_alone_opens_nothing) {
  auto number = desk->get("/tickets/" + std::to_string(scene().thing("ticket", 'B').id),
                          scene().who("admin").token)
                    .text("number");
  for (auto name : {"a1", "a2", "g0", "g1"}) {
    auto answer = desk->get("/tickets?number=" + number, scene().who(name).token);
    EXPECT_EQ(answer.at("items").as_array().size(), 0u) << name;
    EXPECT_EQ(desk->get("/tickets/" + number, scene().who(name).token).status, 404) << name;
  }
}

// What a live line was told.
class Line final : public LiveLine {
 public:
  void send(std::shared_ptr<const std::string> text) override { told += *text + "\n"; }
  void close(int, std::string_view) override { closed = true; }
  std::string told;
  bool closed = false;
};

// Z8, W2: judged object by object when it is sent, and asked of nobody who is nobody.
TEST_P(Canaries, W2_live_events_reach_only_who_sees_their_subject) {
  std::map<std::string, std::shared_ptr<Line>> lines;
  std::vector<std::unique_ptr<LiveListener>> listeners;
  auto& live = desk->hub().live();
  for (const auto& who : scene().principals()) {
    auto line = lines[who.name] = std::make_shared<Line>();
    listeners.push_back(live.connect({"", who.token, "192.0.2.1"}, line));
    listeners.back()->received(R"({"after":0})");
  }
  live.push();
  for (char side : {'A', 'B'}) {
    auto path = "/tickets/" + std::to_string(scene().thing("ticket", side).id) + "/messages";
    desk->post(path, R"({"kind":"reply","undo_seconds":0,"body":"<p>x</p>"})",
               scene().who("admin").token);
    desk->post(path, R"({"kind":"note","body":"<p>x</p>"})", scene().who("admin").token);
  }
  desk->settle();
  live.push();
  for (const auto& who : scene().principals()) {
    const auto& line = *lines[who.name];
    if (!who.valid) {
      EXPECT_TRUE(line.closed && line.told.empty()) << who.name;
      continue;
    }
    scan(who, "live", line.told);
    for (char side : {'A', 'B'}) {
      auto ticket = "\"ticket:" + std::to_string(scene().thing("ticket", side).id) + "\"";
      bool told = line.told.find(ticket) != line.told.npos;
      bool may = who.may("tickets.read") && scene().sees(who, "ticket", side);
      EXPECT_EQ(told, may) << who.name << " and " << ticket;
    }
    if (who.kind == ActorKind::contact) {
      EXPECT_EQ(line.told.find("tickets.noted"), std::string::npos) << who.name;
    }
  }
  for (auto& listener : listeners) listener->closed();
}

TEST_P(Canaries, W2_nothing_foreign_can_be_watched) {
  auto& live = desk->hub().live();
  auto of_b = std::to_string(scene().thing("ticket", 'B').id);
  for (const std::string& subject :
       {"ticket:" + of_b, std::string("ticket:%"), std::string("*"), std::string("../ticket:1"),
        std::string("ticket:999999"), std::string("user_secrets:1"), std::string()}) {
    for (auto name : {"g0", "g1", "a1"}) {
      auto line = std::make_shared<Line>();
      auto listener = live.connect({"", scene().who(name).token, "192.0.2.1"}, line);
      listener->received("{\"watch\":\"" + subject + "\"}");
      live.push();
      EXPECT_TRUE(line->closed) << name << " watches " << subject;
      listener->closed();
    }
  }
}

// Z8: what was taken away is gone with the next event.
TEST_P(Canaries, Z8_a_locked_out_listener_hears_nothing_more) {
  auto line = std::make_shared<Line>();
  auto listener = desk->hub().live().connect({"", scene().who("g1").token, "192.0.2.1"}, line);
  desk->hub().live().push();
  EXPECT_FALSE(line->closed);
  auto user = std::to_string(scene().thing("user", 'A').id);
  auto admin = scene().who("admin").token;
  EXPECT_EQ(desk->post("/users/" + user + "/deactivation", "", admin).status, 200);
  auto ticket = std::to_string(scene().thing("ticket", 'A').id);
  EXPECT_EQ(desk->patch("/tickets/" + ticket, R"({"subject":"unheard"})", admin).status, 200);
  desk->clock().advance(milliseconds(500));  // who listens is asked for that often
  desk->hub().live().push();
  EXPECT_TRUE(line->closed);
  EXPECT_EQ(line->told, "");
  EXPECT_EQ(desk->get("/me", scene().who("g1").token).status, 401);
  listener->closed();
}

// Nothing that signs anybody in stands in the database in plain text.
TEST_P(Canaries, U8_no_secret_stands_in_a_row) {
  auto rows = all_rows(*desk);
  for (const auto& canary : scene().canaries()) {
    if (canary.seen == Seen::nobody) {
      EXPECT_EQ(rows.find(canary.text), std::string::npos) << canary.what;
    }
  }
}

}  // namespace
}  // namespace baijin::api
