#pragma once
// One node of a desk for tests with threads: a Hub with its Serve, on a database that other nodes
// may share, with real chance and a real clock that can be put forward at any time.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <thread>

#include "db/dialect.h"
#include "hub/blobs.h"
#include "hub/clockwork.h"
#include "hub/live.h"
#include "hub/test_notes.h"
#include "peers/postgres.h"
#include "testing/desk.h"

namespace baijin {

class MovableClock final : public Clock {
 public:
  Time now() override { return system_clock().now() + microseconds(ahead_us_); }
  std::int64_t steady_ms() override { return system_clock().steady_ms() + ahead_us_ / 1'000; }
  void advance(Duration by) { ahead_us_ += by.us; }

 private:
  std::atomic<std::int64_t> ahead_us_{0};
};

// Opens once; who came before waits.
class Gate {
 public:
  void open() {
    std::lock_guard lock(mutex_);
    open_ = true;
    wake_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    wake_.notify_all();
    wake_.wait(lock, [&] { return open_; });
  }
  void wait_for_visitors(int count) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [&] { return waiting_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  bool open_ = false;
  int waiting_ = 0;
};

struct TestNodeOptions {
  std::string database_url;  // "" is a SQLite file of its own
  std::string key_from;      // directory of a node of the same desk
  db::Faults faults;
  int quick_threads = 4;
  int refusals_a_minute = 0;
  bool secure = false;
};

class TestNode {
 public:
  explicit TestNode(const TestNodeOptions& options) : secure_(options.secure) {
    directory_ = (std::filesystem::temp_directory_path() / "baijin-node-XXXXXX").string();
    if (!::mkdtemp(directory_.data())) throw std::runtime_error("no temporary directory");
    if (!options.key_from.empty()) {
      std::filesystem::copy_file(options.key_from + "/master.key", directory_ + "/master.key");
    }
    blobs_ = blobs_in(directory_ + "/blobs");
    HubOptions made;
    made.directory = directory_;
    made.database_url = options.database_url;
    made.base_url = "http://desk.test";
    made.time_zone = "Europe/Berlin";
    made.quick_threads = options.quick_threads;
    made.slow_threads = 1;
    made.strict = true;
    made.refusals_a_minute = options.refusals_a_minute;
    made.faults = options.faults;
    hub_ = std::make_unique<Hub>(made, toys::modules, Outside{clock_, system_chance(), *blobs_});
    auto& registry = const_cast<Registry&>(hub_->registry());
    registry.identify = [this](Reader&, const Credentials& shown) { return who(shown.bearer); };
    if (options.key_from.empty()) make_tables(options.database_url);
    hub_->open();
    serve_ = std::make_unique<Serve>(*hub_, std::span<const EmbeddedPage>{});
    sign_in("staff", ActorKind::staff, Scope::all, 1);
  }
  ~TestNode() {
    hub_->stop();
    serve_.reset();
    hub_.reset();
    std::filesystem::remove_all(directory_);
  }

  Hub& hub() { return *hub_; }
  Serve& serve() { return *serve_; }
  MovableClock& clock() { return clock_; }
  const std::string& directory() const { return directory_; }

  // The token answers as this actor; with all rights unless some are named.
  void sign_in(const std::string& token, ActorKind kind, Scope scope, std::int64_t number,
               std::optional<std::vector<std::string>> rights = {}) {
    Actor actor;
    actor.kind = kind;
    actor.scope = scope;
    actor.user.value = number;
    actor.contact.value = kind == ActorKind::contact ? number : 0;
    actor.name = "Nr. " + std::to_string(number);
    auto set = std::make_shared<Rights>();
    if (!rights) set->set();
    for (const auto& right : rights.value_or(std::vector<std::string>{})) {
      set->set(hub_->registry().right(right)->number);
    }
    actor.rights = set;
    std::lock_guard lock(mutex_);
    actors_[token] = actor;
  }
  void sign_out(const std::string& token) {
    std::lock_guard lock(mutex_);
    actors_.erase(token);
  }

  using Headers = std::vector<std::pair<std::string, std::string>>;
  std::future<Response> begin(Method method, const std::string& target, std::string body = {},
                              const std::string& token = "staff", Headers headers = {}) {
    Request request;
    auto& head = request.head;
    head.method = method;
    head.target = target.starts_with("//") ? target.substr(1) : "/api/v1" + target;
    auto question = std::min(head.target.find('?'), head.target.size());
    head.path = head.target.substr(0, question);
    if (question < head.target.size()) head.query = head.target.substr(question + 1);
    head.address = "192.0.2.1";
    head.secure = secure_;
    head.headers = std::move(headers);
    if (head.header("host").empty()) head.headers.emplace_back("host", "desk.test");
    if (!token.empty()) head.headers.emplace_back("authorization", "Bearer " + token);
    if (!body.empty()) head.headers.emplace_back("content-type", "application/json");
    request.body = std::move(body);
    auto promise = std::make_shared<std::promise<Response>>();
    serve_->answer(std::move(request),
                   [promise](Response answer) { promise->set_value(std::move(answer)); });
    return promise->get_future();
  }
  Response ask(Method method, const std::string& target, std::string body = {},
               const std::string& token = "staff", Headers headers = {}) {
    return begin(method, target, std::move(body), token, std::move(headers)).get();
  }
  std::int64_t note(const std::string& title, int customer = 1) {
    auto answer = ask(
        Method::post, "/notes",
        "{\"title\":\"" + title + "\",\"customer\":" + std::to_string(customer) + "}");
    if (answer.status != 201) throw std::runtime_error(answer.body);
    return parse_json(answer.body).at("id").as_int64();
  }
  std::int64_t count(db::Sql sql) {
    std::int64_t number = 0;
    hub_->read(program_actor(),
               [&](Reader& reader) { number = reader.value<std::int64_t>(sql).value_or(0); });
    return number;
  }
  std::vector<std::string> texts(db::Sql sql) {
    std::vector<std::string> all;
    hub_->read(program_actor(), [&](Reader& reader) { all = reader.values<std::string>(sql); });
    return all;
  }

 private:
  Actor who(const std::string& token) {
    std::lock_guard lock(mutex_);
    auto found = actors_.find(token);
    return found == actors_.end() ? nobody() : found->second;
  }
  void make_tables(const std::string& url) {
    auto database = db::Database::open(
        {.url = url.empty() ? "sqlite:" + directory_ + "/baijin.db" : url});
    database->write_now([&](db::Connection& connection) {
      connection.script(db::migration_text(toys::tables, connection.engine()));
    });
  }

  std::string directory_;
  bool secure_;
  MovableClock clock_;
  std::unique_ptr<Blobs> blobs_;
  std::unique_ptr<Hub> hub_;
  std::unique_ptr<Serve> serve_;
  std::mutex mutex_;
  std::map<std::string, Actor> actors_;
};

inline std::string reason_of(const Response& answer) {
  return std::string(parse_json(answer.body).at("reason").as_string());
}
inline std::string header_of(const Response& answer, std::string_view name) {
  for (const auto& [key, value] : answer.headers) {
    if (key == name) return value;
  }
  return {};
}

// Waits for what threads bring about; false when it does not come.
inline bool comes_true(const std::function<bool()>& condition, int most_ms = 10'000) {
  for (int waited = 0; waited < most_ms; waited += 5) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return condition();
}

// One node of its own on each engine; `second()` is another of the same desk (PostgreSQL).
class Nodes : public ::testing::TestWithParam<testing::Engine> {
 protected:
  void SetUp() override {
    toys::knobs().in_reaction = nullptr;
    toys::knobs().in_errand = nullptr;
    toys::knobs().in_nap = nullptr;
    toys::knobs().in_command = nullptr;
    toys::knobs().calls_outside = 0;
    if (GetParam() == testing::Engine::postgres) {
      if (auto why = peers::no_postgres(); !why.empty()) GTEST_SKIP() << why;
      options_.database_url = peers::postgres().fresh_database();
    }
  }
  TestNode& first() {
    if (!first_) first_ = std::make_unique<TestNode>(options_);
    return *first_;
  }
  TestNode& second() {
    if (!second_) {
      auto options = options_;
      options.key_from = first().directory();
      second_ = std::make_unique<TestNode>(options);
    }
    return *second_;
  }
  void TearDown() override {
    second_.reset();
    first_.reset();
  }

  TestNodeOptions options_;
  std::unique_ptr<TestNode> first_, second_;
};

}  // namespace baijin
