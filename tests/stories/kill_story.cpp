// The promise: whatever the desk has answered for is kept, also when the program is killed at any
// moment, and nothing happens twice when one tries again. R1 (25 rounds), PLT-2.
#include <sqlite3.h>

#include <iostream>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "cast.h"

namespace baijin::stories {
namespace {

constexpr int rounds = 25, clients = 8;
constexpr int ready_again_ms = 2'000;

struct Wish {
  std::string target, body, type, key;
  std::string mark;  // is in what the wish makes and nowhere else
};

// Somebody who asks for one thing after the other and asks again for what got no answer.
class Client {
 public:
  explicit Client(int number) : name_("c" + std::to_string(number) + "-") {}

  // Until the desk is gone: the line may break at any byte.
  void work(const Browser& who, std::int64_t type) {
    try {
      Socket socket(who.address());
      while (true) {
        if (!pending_) pending_ = next_wish(type);
        if (!ask(socket, who)) return;
      }
    } catch (const std::system_error&) {
      return;  // nobody listens any more: the next round goes on with what is pending
    }
  }
  // Only what is pending, from a desk that stays.
  void finish(const Browser& who) {
    Socket socket(who.address());
    if (pending_ && !ask(socket, who)) refused.push_back("no answer to " + pending_->target);
  }

  std::map<std::string, std::string> tickets;   // mark → number
  std::map<std::string, std::int64_t> files;    // mark → id
  std::map<std::string, std::int64_t> replies;  // mark → ticket
  std::vector<std::string> refused;

 private:
  bool ask(Socket& socket, const Browser& who) {
    Headers headers{{"Content-Type", pending_->type}, {"Idempotency-Key", pending_->key}};
    auto bytes = who.written("POST", pending_->target, pending_->body, headers);
    auto answer = socket.send(bytes) ? socket.answer() : Answer{};
    if (answer.status != 0) take(answer);
    return answer.status != 0;
  }
  Wish next_wish(std::int64_t type) {
    auto mark = name_ + std::to_string(++counter_);
    Wish wish{"/api/v1/tickets", "", "application/json", "key-" + mark, mark};
    switch (last_ticket_ == 0 ? 0 : counter_ % 3) {
      case 0:
        wish.body = boost::json::serialize(
            boost::json::object{{"subject", mark}, {"service_type", type}, {"body", "<p>x</p>"}});
        break;
      case 1:
        wish.target += "/" + std::to_string(last_ticket_) + "/messages";
        wish.body = boost::json::serialize(
            boost::json::object{{"kind", "note"}, {"body", "<p>" + mark + "</p>"}});
        break;
      default:
        wish.target = "/api/v1/files?name=" + mark;
        wish.type = "application/octet-stream";
        wish.body = mark + std::string(20'000, 'x');
    }
    return wish;
  }
  void take(const Answer& answer) {
    if (answer.status != 201) {
      refused.push_back(pending_->target + " " + std::to_string(answer.status) + answer.body);
    } else if (pending_->target == "/api/v1/tickets") {
      tickets[pending_->mark] = answer.text("number");
      last_ticket_ = answer.id();
    } else if (pending_->type == "application/json") {
      replies[pending_->mark] = last_ticket_;
    } else {
      files[pending_->mark] = answer.id();
    }
    pending_.reset();
  }

  std::string name_;
  int counter_ = 0;
  std::int64_t last_ticket_ = 0;
  std::optional<Wish> pending_;
};

// Everybody works until the program is killed.
void one_round(RunningDesk& desk, const Browser& admin, std::int64_t type,
               std::vector<Client>& everybody, int live_ms) {
  std::vector<std::thread> threads;
  for (auto& client : everybody) {
    threads.emplace_back([&] { client.work(Browser(desk.address(), admin.token), type); });
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(live_ms));
  desk.kill();
  for (auto& thread : threads) thread.join();
}

// Rows of a query with two columns, from the file of a desk that is not running.
std::vector<std::pair<std::string, std::string>> rows(const std::string& directory,
                                                      const std::string& sql) {
  std::vector<std::pair<std::string, std::string>> all;
  sqlite3* database = nullptr;
  sqlite3_open_v2((directory + "/baijin.db").c_str(), &database, SQLITE_OPEN_READWRITE, nullptr);
  auto add = [](void* into, int, char** values, char**) {
    static_cast<decltype(all)*>(into)->emplace_back(values[0], values[1]);
    return 0;
  };
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), add, &all, nullptr), SQLITE_OK)
      << sqlite3_errmsg(database);
  sqlite3_close(database);
  return all;
}

// What is there is what was answered for, each once.
template <class Kept>
void expect_same(const std::vector<std::pair<std::string, std::string>>& found, const Kept& kept,
                 const std::string& what) {
  std::map<std::string, std::string> once;
  for (const auto& [mark, value] : found) {
    EXPECT_TRUE(once.emplace(mark, value).second) << what << " doubled: " << mark;
  }
  EXPECT_EQ(once, kept) << what;
}

void expect_history(const std::string& directory, const std::vector<Client>& everybody) {
  std::map<std::string, std::string> tickets, files, replies;
  std::set<std::string> numbers;
  for (const auto& client : everybody) {
    tickets.insert(client.tickets.begin(), client.tickets.end());
    for (const auto& [mark, id] : client.files) files[mark] = std::to_string(id);
    for (const auto& [mark, ticket] : client.replies) {
      replies["<p>" + mark + "</p>"] = std::to_string(ticket);
    }
  }
  for (const auto& [mark, number] : tickets) numbers.insert(number);
  EXPECT_EQ(numbers.size(), tickets.size()) << "two tickets have one number";
  expect_same(rows(directory, "SELECT subject, number FROM tickets"), tickets, "tickets");
  expect_same(rows(directory, "SELECT name, id FROM files"), files, "files");
  expect_same(rows(directory, "SELECT body, ticket FROM messages WHERE kind = 'note'"), replies,
              "notes");
  std::cout << tickets.size() << " tickets, " << replies.size() << " notes, " << files.size()
            << " files\n";
}

TEST(Kill, R1_nothing_answered_for_is_lost_or_doubled_in_25_kills) {
  RunningDesk desk({.flags = {"--log-level", "error"}});
  auto admin = desk.admin();
  auto type = service_type(admin, "fault");
  std::vector<Client> everybody;
  for (int i = 0; i < clients; ++i) everybody.emplace_back(i);
  std::mt19937 chance(20261123);
  std::int64_t slowest = 0;
  for (int round = 0; round < rounds; ++round) {
    one_round(desk, admin, type, everybody, static_cast<int>(chance() % 700));
    if (round % 4 == 0) desk.start_and_kill(static_cast<int>(chance() % 60));
    auto begin = std::chrono::steady_clock::now();
    desk.start();
    auto took = std::chrono::steady_clock::now() - begin;
    slowest = std::max<std::int64_t>(
        slowest, std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
  }
  for (auto& client : everybody) {
    client.finish(Browser(desk.address(), admin.token));
    for (const auto& refusal : client.refused) ADD_FAILURE() << refusal;
  }
  EXPECT_EQ(desk.stop(), 0);
  EXPECT_LE(slowest, ready_again_ms) << "ready again";
  std::cout << "ready again in at most " << slowest << " ms\n";
  expect_history(desk.directory(), everybody);
  auto check = desk.command({"check"});
  EXPECT_EQ(check.code, 0) << check.printed;
}

}  // namespace
}  // namespace baijin::stories
