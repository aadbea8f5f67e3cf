// The promise: a backup taken while everybody works is a whole desk: put elsewhere it holds all
// that was answered for before, and nothing in it is different from what it was. SEC-5, R19.
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "cast.h"
#include "peers/postgres.h"

namespace baijin::stories {
namespace fs = std::filesystem;
namespace {

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The canonical export of a desk.
std::string exported(const std::string& directory, const std::vector<std::string>& flags = {}) {
  Folder folder;
  std::vector<std::string> arguments{"export", folder / "out.jsonl", "--data", directory};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  auto outcome = baijin(arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  return content(folder / "out.jsonl");
}

// The first line in which two exports differ, for the reader of a failure.
std::string difference(const std::string& a, const std::string& b) {
  std::size_t at = 0;
  while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
  if (at == a.size() && at == b.size()) return "";
  auto begin = at == 0 ? 0 : a.rfind('\n', at - 1) + 1;
  return a.substr(begin, 400) + "\n  against\n" + b.substr(begin, 400);
}

// Opens tickets with files until told to stop; what it was given an answer for.
class Writer {
 public:
  explicit Writer(const Browser& who)
      : thread_([this, browser = Browser(who)]() mutable {
          auto type = service_type(browser, "fault");
          while (!stop_) {
            auto file = made(browser.upload("f.txt", "file " + std::to_string(count_)));
            made(browser.post("/tickets", {{"subject", "备份"},
                                           {"service_type", type},
                                           {"body", "<p>正文</p>"},
                                           {"files", {file}}}));
            ++count_;
          }
        }) {}
  ~Writer() {
    stop_ = true;
    thread_.join();
  }
  std::int64_t count() const { return count_; }

 private:
  std::atomic<bool> stop_ = false;
  std::atomic<std::int64_t> count_ = 0;
  std::thread thread_;
};

TEST(Backup, SEC_5_R19_taken_under_work_it_holds_all_that_was_there) {
  Folder folder;
  RunningDesk desk;
  auto admin = desk.admin();
  std::vector<std::int64_t> at_least;
  {
    Writer writer(admin);
    for (int i = 0; i < 3; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(400));
      at_least.push_back(writer.count());
      auto backup = desk.command({"backup", folder / ("b" + std::to_string(i))});
      ASSERT_EQ(backup.code, 0) << backup.printed;
    }
  }
  ASSERT_GT(at_least[0], 0);
  for (std::size_t i = 0; i < at_least.size(); ++i) {
    auto number = std::to_string(i);
    auto elsewhere = folder / ("desk" + number);
    auto restored = baijin({"restore", folder / ("b" + number), "--data", elsewhere});
    ASSERT_EQ(restored.code, 0) << restored.printed;
    auto check = baijin({"check", "--data", elsewhere});
    EXPECT_EQ(check.code, 0) << check.printed;
    auto first = exported(elsewhere);
    EXPECT_GT(first.size(), 10'000u);
    EXPECT_EQ(difference(first, exported(elsewhere)), "") << "an export changes nothing";
    RunningDesk again({.directory = elsewhere});
    Browser reader(again.address(), admin.token);
    EXPECT_GE(reader.get("/tickets?count=true&limit=1").number("total"), at_least[i]);
  }
}

TEST(Backup, SEC_5_R19_the_restored_desk_is_the_same_byte_for_byte) {
  Folder folder;
  RunningDesk desk;
  auto admin = desk.admin();
  {
    Writer writer(admin);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
  }
  ASSERT_EQ(desk.stop(), 0);
  auto before = exported(desk.directory());
  ASSERT_EQ(desk.command({"backup", folder / "b"}).code, 0);
  EXPECT_EQ(fs::status(folder / "b").permissions() & fs::perms::others_all, fs::perms::none);
  ASSERT_EQ(baijin({"restore", folder / "b", "--data", folder / "new"}).code, 0);
  EXPECT_EQ(difference(before, exported(folder / "new")), "");
  // Nothing is ever put over a desk, and half a backup is none.
  auto over = desk.command({"restore", folder / "b"});
  EXPECT_EQ(over.code, 1);
  EXPECT_NE(over.printed.find("already holds a desk"), std::string::npos) << over.printed;
  auto bytes = content(folder / "b");
  std::ofstream(folder / "half", std::ios::binary) << bytes.substr(0, bytes.size() / 2);
  EXPECT_EQ(baijin({"restore", folder / "half", "--data", folder / "third"}).code, 1);
}

// What SQLite says of a desk, read into PostgreSQL and said again: the same bytes.
TEST(Backup, R19_both_engines_say_the_same_of_one_desk) {
  if (auto why = peers::no_postgres(); !why.empty()) GTEST_SKIP() << why;
  Folder folder;
  RunningDesk desk;
  auto admin = desk.admin();
  {
    Writer writer(admin);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
  }
  ASSERT_EQ(desk.stop(), 0);
  auto on_sqlite = exported(desk.directory());
  fs::create_directories(folder / "tar/blobs");
  std::ofstream(folder / "tar/rows.jsonl", std::ios::binary) << on_sqlite;
  std::ofstream(folder / "tar/manifest.json") << "{}";
  fs::copy_file(desk.directory() + "/master.key", folder / "tar/master.key");
  peers::Process tar({"/bin/tar", "czf", folder / "b", "-C", folder / "tar", "manifest.json",
                      "master.key", "rows.jsonl"},
                     folder / "log");
  ASSERT_EQ(tar.wait(20'000), 0);
  auto database = peers::postgres().fresh_database();
  auto restored = baijin(
      {"restore", folder / "b", "--data", folder / "new", "--database", database});
  ASSERT_EQ(restored.code, 0) << restored.printed;
  EXPECT_EQ(difference(on_sqlite, exported(folder / "new", {"--database", database})), "");
  RunningDesk served({.directory = folder / "new", .flags = {"--database", database}});
  Browser reader(served.address(), admin.token);
  EXPECT_GT(reader.get("/tickets?count=true&limit=1").number("total"), 0);
  // Its own backup, taken while it is served.
  auto backup = served.command({"backup", folder / "pg", "--database", database});
  ASSERT_EQ(backup.code, 0) << backup.printed;
  auto third = peers::postgres().fresh_database();
  auto back = baijin({"restore", folder / "pg", "--data", folder / "third", "--database", third});
  EXPECT_EQ(back.code, 0) << back.printed;
  auto check = baijin({"check", "--data", folder / "third", "--database", third});
  EXPECT_EQ(check.code, 0) << check.printed;
}

}  // namespace
}  // namespace baijin::stories
