// The promise: nobody changes what was written in the log without it being found, not even
// somebody with the database in his hands; and a file that is no longer what it was is found, too.
// SEC-3, R7.
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "cast.h"

namespace baijin::stories {
namespace fs = std::filesystem;
namespace {

// A desk's file in somebody's hands.
class Hands {
 public:
  explicit Hands(const std::string& directory) {
    sqlite3_open((directory + "/baijin.db").c_str(), &database_);
    sqlite3_busy_timeout(database_, 5'000);
  }
  ~Hands() { sqlite3_close(database_); }
  Hands(const Hands&) = delete;
  // False when the database refuses.
  bool run(const std::string& sql) {
    return sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  }
  std::int64_t number(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr);
    bool any = sqlite3_step(statement) == SQLITE_ROW;
    std::int64_t found = any ? sqlite3_column_int64(statement, 0) : -1;
    sqlite3_finalize(statement);
    return found;
  }

 private:
  sqlite3* database_ = nullptr;
};

// The log is sealed every five seconds.
bool sealed_up_to(Hands& hands, std::int64_t event) {
  for (int waited = 0; waited < 15'000; waited += 100) {
    if (hands.number("SELECT max(through_seq) FROM event_seals") >= event) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

TEST(Tamper, SEC_3_a_changed_event_is_found) {
  RunningDesk desk;
  auto admin = desk.admin();
  auto ticket = open_ticket(admin, {{"body", "<p>x</p>"}});
  Hands hands(desk.directory());
  auto event = hands.number("SELECT seq FROM events WHERE kind = 'tickets.opened'");
  ASSERT_GT(event, 0);
  ASSERT_TRUE(sealed_up_to(hands, event)) << "the log was not sealed";
  ASSERT_EQ(desk.stop(), 0);
  auto whole = desk.command({"check"});
  EXPECT_EQ(whole.code, 0) << whole.printed;

  auto change = "UPDATE events SET actor = 'user:99' WHERE seq = " + std::to_string(event);
  EXPECT_FALSE(hands.run(change)) << "the database itself refuses";
  ASSERT_TRUE(hands.run("DROP TRIGGER events_stay"));
  ASSERT_TRUE(hands.run(change));
  auto found = desk.command({"check"});
  EXPECT_EQ(found.code, 1);
  EXPECT_NE(found.printed.find("event"), std::string::npos) << found.printed;
  // It is served all the same, and says so to those who ask.
  desk.start();
  Browser again(desk.address(), admin.token);
  EXPECT_EQ(again.get("/tickets/" + std::to_string(ticket)).status, 200);
}

TEST(Tamper, SEC_3_an_event_taken_out_is_found) {
  RunningDesk desk;
  auto admin = desk.admin();
  open_ticket(admin, {{"body", "<p>x</p>"}});
  Hands hands(desk.directory());
  auto event = hands.number("SELECT seq FROM events WHERE kind = 'tickets.opened'");
  ASSERT_TRUE(sealed_up_to(hands, event)) << "the log was not sealed";
  ASSERT_EQ(desk.stop(), 0);
  ASSERT_TRUE(hands.run("DROP TRIGGER events_remain"));
  ASSERT_TRUE(hands.run("DELETE FROM events WHERE seq = " + std::to_string(event)));
  auto found = desk.command({"check"});
  EXPECT_EQ(found.code, 1) << found.printed;
}

TEST(Tamper, R7_a_damaged_and_a_missing_file_are_found_by_name) {
  RunningDesk desk;
  auto admin = desk.admin();
  std::vector<std::string> hashes;
  for (auto bytes : {"the first file", "the second file"}) {
    auto file = admin.upload("a.txt", bytes);
    hashes.push_back(file.text("sha256"));
    open_ticket(admin, {{"body", "<p>x</p>"}, {"files", {file.id()}}});
  }
  ASSERT_EQ(desk.stop(), 0);
  EXPECT_EQ(desk.command({"check"}).code, 0);
  for (const auto& entry : fs::recursive_directory_iterator(desk.directory() + "/blobs")) {
    auto name = entry.path().filename().string();
    if (name == hashes[0]) {
      fs::permissions(entry.path(), fs::perms::owner_all);
      std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
      file.put('T');
    } else if (name == hashes[1]) {
      fs::remove(entry.path());
    }
  }
  auto found = desk.command({"check"});
  EXPECT_EQ(found.code, 1);
  EXPECT_NE(found.printed.find(hashes[0]), std::string::npos) << found.printed;
  EXPECT_NE(found.printed.find(hashes[1]), std::string::npos)
      << "a missing file is found: " << found.printed;
}

}  // namespace
}  // namespace baijin::stories
