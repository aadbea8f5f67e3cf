#pragma once
// A whole desk in the test's process: real modules, a real database (SQLite on the disk, or
// a PostgreSQL of the test's own), a clock that moves when told. Requests go through Serve as over
// the net, without sockets.
//
//   class Tickets : public testing::DeskTest {};            // one test, both engines
//   BAIJIN_ON_BOTH_ENGINES(Tickets)
//   TEST_P(Tickets, are_numbered) {
//     auto& desk = open({{"accounts", accounts::install}, …});
//     auto agent = desk.sign_in(desk.staff(Scope::team, {"tickets.read"}));
//     auto answer = desk.post("/tickets", R"({"subject":"打不开"})", agent);
//     EXPECT_EQ(answer.status, 201) << answer.body;
//     desk.advance(days(3));                               // the clock moves, what is due runs
//   }
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/change.h"
#include "hub/hub.h"
#include "hub/module.h"
#include "hub/serve.h"
#include "testing/far_web.h"
#include "testing/post_office.h"

namespace baijin::testing {

class FakeClock final : public Clock {
 public:
  Time now() override { return now_; }
  std::int64_t steady_ms() override { return now_.us / 1'000; }
  void set(Time time) { now_ = time; }
  void advance(Duration by) { now_ = now_ + by; }

 private:
  Time now_ = *parse_time("2026-11-23T06:00:00Z");
};

// The same bytes in every run of a test.
class SeededChance final : public Chance {
 public:
  explicit SeededChance(std::uint64_t seed) : state_(seed) {}
  void fill(void* bytes, std::size_t size) override;

 private:
  std::uint64_t state_;
};

struct Answer {
  int status = 0;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string header(std::string_view name) const;
  boost::json::value json() const { return parse_json(body); }
  // The text, number … at a path of names and indexes: at("items.0.number"). Throws when absent.
  boost::json::value at(std::string_view path) const;
  std::int64_t id() const { return at("id").to_number<std::int64_t>(); }
  std::string text(std::string_view path) const { return std::string(at(path).as_string()); }
  std::string reason() const { return text("reason"); }
};

struct Asked {
  Method method = Method::get;
  std::string target;  // below /api/v1, or absolute when it begins with "//": "//healthz"
  std::string body;
  std::string token;  // as from sign_in() or a real API token; "" is nobody
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string upload;                                        // bytes of a streamed upload
  bool uploads = false;
};

// What a closed desk left behind, to be copied by desks that start where it ended. Goes away with
// its owner.
class Prepared {
 public:
  Prepared(std::string directory, std::string database_url, Time at);
  Prepared(const Prepared&) = delete;
  ~Prepared();
  const std::string directory, database_url;
  const Time at;
};

class Desk {
 public:
  // `database_url` "" is a new SQLite file. `tables` makes tables of the test's own first (as in a
  // migration: {id} …). Desks of one `seed` have the same keys.
  Desk(const std::vector<ModuleEntry>& modules, const std::string& database_url,
       std::string_view tables = {}, std::uint64_t seed = 20261123);
  // A new desk on SQLite that is being filled (db/filling.h).
  struct Filling {};
  Desk(const std::vector<ModuleEntry>& modules, Filling);
  // A copy of a prepared desk, at the time it was put away.
  Desk(const std::vector<ModuleEntry>& modules, const Prepared& prepared);
  ~Desk();
  // Closes the desk and keeps its directory and database.
  static std::unique_ptr<Prepared> put_away(std::unique_ptr<Desk> desk);

  Hub& hub() { return *hub_; }
  Serve& serve() { return *serve_; }
  FakeClock& clock() { return clock_; }
  PostOffice& post_office() { return post_office_; }
  FarWeb& far_web() { return far_web_; }
  const std::string& directory() const { return directory_; }
  // Moves the clock and lets reactions and due jobs run.
  void advance(Duration by);
  void settle();  // reactions and what is due now

  // Actors of the test's making; no row of the accounts module stands behind them unless `user` is
  // the id of one.
  Actor staff(Scope scope, const std::vector<std::string>& rights, std::int64_t user = 9'000);
  Actor staff_with_all_rights(Scope scope = Scope::all, std::int64_t user = 9'001);
  Actor contact(std::int64_t contact, const std::vector<std::string>& rights,
                std::int64_t user = 9'100);
  // A token that answers as this actor.
  std::string sign_in(const Actor& actor);

  Answer ask(Asked asked);
  Answer get(std::string target, std::string token = {});
  Answer post(std::string target, std::string body, std::string token = {});
  Answer patch(std::string target, std::string body, std::string token = {});
  Answer put(std::string target, std::string body, std::string token = {});
  Answer del(std::string target, std::string token = {});
  Answer upload(std::string target, std::string bytes, std::string token);

  // As the program itself.
  void change(const std::function<void(Change&)>& work) { hub_->change(program_actor(), work); }
  void read(const std::function<void(Reader&)>& work) { hub_->read(program_actor(), work); }
  // The kinds of all events so far, in order; those of one subject ("ticket:1") when named.
  std::vector<std::string> events(std::string_view subject = {});
  // Every row of the named tables as text: for "nothing has changed" (Z4, Z10).
  std::string rows_of(const std::vector<std::string>& tables);

 private:
  void start(const std::vector<ModuleEntry>& modules, std::string_view tables);
  struct Newest {
    std::int64_t seq = 0;
    bool settled = false;
  };
  Newest newest_event();

  std::string directory_, database_url_;
  FakeClock clock_;
  SeededChance chance_;
  PostOffice post_office_;
  FarWeb far_web_;
  bool copied_ = false, filling_ = false;
  std::unique_ptr<Blobs> blobs_;
  std::unique_ptr<Hub> hub_;
  std::unique_ptr<Serve> serve_;
  std::map<std::string, Actor> actors_;
};

enum class Engine { sqlite, postgres };

class DeskTest : public ::testing::TestWithParam<Engine> {
 protected:
  Desk& open(const std::vector<ModuleEntry>& modules, std::string_view tables = {});
  std::unique_ptr<Desk> desk_;
};

std::string engine_name(const ::testing::TestParamInfo<Engine>& info);

}  // namespace baijin::testing

#define BAIJIN_ON_BOTH_ENGINES(Suite)                                                            \
  INSTANTIATE_TEST_SUITE_P(                                                                      \
      Engines, Suite,                                                                            \
      ::testing::Values(::baijin::testing::Engine::sqlite, ::baijin::testing::Engine::postgres), \
      ::baijin::testing::engine_name);
