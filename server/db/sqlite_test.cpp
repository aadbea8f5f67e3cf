// What only SQLite's file can suffer, and what only it can do.
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <latch>
#include <sstream>
#include <thread>

#include "db/test_databases.h"

namespace baijin::db {
namespace {

constexpr Sql insert = "INSERT INTO numbers VALUES ($1, $2)";
constexpr Sql count = "SELECT count(*) FROM numbers";

class SqliteFile : public testing::Test {
 protected:
  std::unique_ptr<Database> open(const std::string& path) {
    return Database::open({.url = "sqlite:" + path});
  }
  std::unique_ptr<Database> open_with_numbers(const std::string& path) {
    auto database = open(path);
    database->write_now([](Connection& connection) {
      connection.script("CREATE TABLE IF NOT EXISTS numbers(n BIGINT PRIMARY KEY, text TEXT)");
    });
    return database;
  }
  std::string add(Database& database, int n, const std::string& text = "x") {
    return reason_of([&] {
      database.write_now([&](Connection& connection) { run(connection, insert, n, text); });
    });
  }
  static std::string bytes_of(const std::string& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
  }
  static void write_bytes(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
  }

  TestDirectory directory_;
};

TEST_F(SqliteFile, only_its_owner_can_read_it) {
  const auto database = open(directory_ / "new.db");
  const auto mode = std::filesystem::status(directory_ / "new.db").permissions();
  EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(SqliteFile, r7_broken_files_are_refused_and_left_as_they_are) {
  {
    const auto database = open_with_numbers(directory_ / "good.db");
    for (int i = 0; i < 200; ++i) EXPECT_EQ(add(*database, i, std::string(500, 'x')), "");
  }
  const std::string good = bytes_of(directory_ / "good.db");
  struct Broken {
    const char* name;
    std::string bytes;
  };
  std::string no_tables = good;
  no_tables.replace(100, 8, "\xff\xff\xff\xff\xff\xff\xff\xff");
  std::string middle = good;
  middle.replace(good.size() / 2 / 4096 * 4096, 512, std::string(512, '\xa5'));
  const Broken table[] = {
      {"text",
       "This is a letter, not a database; it is longer than a hundred bytes, so that "
       "nobody can say that it was refused for being short."},
      {"short", "SQLite"},
      {"cut", good.substr(0, good.size() / 2)},
      {"no list of tables", no_tables},
      {"damaged page", middle},
  };
  for (const auto& [name, bytes] : table) {
    const std::string path = directory_ / "broken.db";
    write_bytes(path, bytes);
    EXPECT_EQ(reason_of([&] { open(path); }), "runtime_error") << name;
    EXPECT_EQ(bytes_of(path), bytes) << name;
    EXPECT_FALSE(std::filesystem::exists(path + "-wal")) << name;
    EXPECT_FALSE(std::filesystem::exists(path + "-journal")) << name;
    std::filesystem::remove(path);
  }
  EXPECT_EQ(number(*open(directory_ / "good.db"), count), 200);
}

TEST_F(SqliteFile, a_place_where_no_file_can_be_is_told_clearly) {
  EXPECT_EQ(reason_of([&] { open(directory_ / "missing/new.db"); }), "runtime_error");
  EXPECT_EQ(reason_of([&] { Database::open({.url = "mysql://x"}); }), "runtime_error");
}

TEST_F(SqliteFile, strange_names_are_only_names) {
  const std::string path = directory_ / "a?mode=memory#b%20 c.db";
  { EXPECT_EQ(add(*open_with_numbers(path), 1), ""); }
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_EQ(number(*open(path), count), 1);
}

TEST_F(SqliteFile, plt_3_words_are_cut_as_everywhere_and_found_with_their_places) {
  const auto database = open(directory_ / "words.db");
  database->write_now([](Connection& connection) {
    connection.script("CREATE VIRTUAL TABLE notes USING fts5(body, tokenize='baijin')");
    run(connection, "INSERT INTO notes(rowid, body) VALUES (1, $1)", "控制台软件崩溃，重启无效");
    run(connection, "INSERT INTO notes(rowid, body) VALUES (2, $1)", "Router E-1042 rebooted");
  });
  constexpr Sql find = "SELECT coalesce(sum(rowid), 0) FROM notes WHERE notes MATCH $1";
  EXPECT_EQ(number(*database, find, "\"软件 件崩 崩溃\""), 1);
  EXPECT_EQ(number(*database, find, "\"软件 崩溃\""), 0);
  EXPECT_EQ(number(*database, find, "\"1042\""), 2);
  EXPECT_EQ(number(*database, find, "\"rout\"*"), 2);
  std::string marked;
  database->read([&](Connection& connection) {
    connection.run("SELECT highlight(notes, 0, '[', ']') FROM notes WHERE notes MATCH '\"崩溃\"'",
                   {}, [&](const Row& row) {
                     Cell text;
                     row.read(0, text);
                     marked = text.text;
                   });
  });
  EXPECT_EQ(marked, "控制台软件[崩溃]，重启无效");
}

TEST_F(SqliteFile, r19_a_copy_is_of_one_moment_while_others_write) {
  const auto database = open_with_numbers(directory_ / "live.db");
  for (int i = 0; i < 500; ++i) add(*database, i, std::string(4000, 'x'));
  std::atomic<bool> stop{false};
  std::atomic<int> written{500};
  std::jthread writer([&] {
    // Always two rows together: a copy of one moment has an even number of them.
    while (!stop) {
      database->write_now([&](Connection& connection) {
        run(connection, insert, written.load(), "a");
        run(connection, insert, written.load() + 1, "b");
      });
      written += 2;
    }
  });
  double last = 0;
  const int at_start = written;
  database->copy_to(directory_ / "copy.db", [&](double part) {
    EXPECT_GE(part, last);
    last = part;
  });
  stop = true;
  writer.join();
  EXPECT_EQ(last, 1);
  const auto copy = Database::open(
      {.url = "sqlite:" + (directory_ / "copy.db"), .read_only = true});
  EXPECT_EQ(copy->integrity(), "");
  EXPECT_GE(number(*copy, count), at_start);
  EXPECT_EQ(number(*copy, count) % 2, 0);
  EXPECT_FALSE(std::filesystem::exists(directory_ / "copy.db.part"));
}

TEST_F(SqliteFile, the_log_is_begun_anew_under_steady_writing) {
  const auto database = open_with_numbers(directory_ / "log.db");
  const std::string text(3'000, 'x');
  std::atomic<int> next{0};
  std::atomic<bool> stop{false};
  std::uintmax_t longest = 0;
  std::jthread watcher([&] {
    while (!stop) {
      longest = std::max(longest, std::filesystem::file_size(directory_ / "log.db-wal"));
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  });
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 250; ++i) {
        const int first = next.fetch_add(40);
        database->write_now([&](Connection& connection) {
          for (int n = first; n < first + 40; ++n) run(connection, insert, n, text);
        });
      }
    });
  }
  threads.clear();
  stop = true;
  watcher.join();
  EXPECT_EQ(number(*database, count), 40'000);
  EXPECT_LT(longest, 80u << 20);  // 40,000 rows are over 160 MB
}

TEST_F(SqliteFile, integrity_names_what_is_wrong) {
  {
    const auto database = open(directory_ / "orphans.db");
    database->write_now([](Connection& connection) {
      connection.script(
          "CREATE TABLE parents(id BIGINT PRIMARY KEY);"
          "CREATE TABLE children(parent BIGINT REFERENCES parents(id))");
    });
    EXPECT_EQ(database->integrity(), "");
  }
  const auto shell = "sqlite3 '" + (directory_ / "orphans.db") +
                     "' 'INSERT INTO children VALUES (7)' 2>/dev/null";
  if (std::system(shell.c_str()) != 0) GTEST_SKIP() << "The sqlite3 shell is not installed.";
  EXPECT_NE(open(directory_ / "orphans.db")->integrity().find("children"), std::string::npos);
}

// Runs one test of this program in a process of its own, told `value` by the variable `name`, with
// file 3 being `output` unless that is -1. `prepare` runs before; the test is not run if it fails.
pid_t run_apart(const char* test, const char* name, const std::string& value, int output,
                bool (*prepare)() = nullptr) {
  const std::string filter = std::string("--gtest_filter=") + test;
  const pid_t child = ::fork();
  if (child != 0) return child;
  if (prepare != nullptr && !prepare()) ::_exit(77);
  if (output >= 0) ::dup2(output, 3);
  ::dup2(2, 1);  // this program's output must not contain another's
  ::setenv(name, value.c_str(), 1);
  ::execl("/proc/self/exe", "db_tests", filter.c_str(), nullptr);
  ::_exit(127);
}

constexpr const char* disk_variable = "BAIJIN_TEST_DISK";

bool own_mounts() {
  return ::unshare(CLONE_NEWNS) == 0 &&
         ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

TEST_F(SqliteFile, r5_a_full_disk_refuses_changes_keeps_reading_and_recovers) {
  const std::string disk = directory_ / "disk";
  std::filesystem::create_directory(disk);
  const pid_t child = run_apart("SqliteFile.child_that_fills_its_disk", disk_variable, disk, -1,
                                own_mounts);
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "Mounting is not permitted here.";
  EXPECT_EQ(WEXITSTATUS(status), 0) << "what failed stands on standard error";
}

TEST_F(SqliteFile, child_that_fills_its_disk) {
  const char* disk = std::getenv(disk_variable);
  if (disk == nullptr) GTEST_SKIP() << "Started by the test before only.";
  ASSERT_EQ(::mount("none", disk, "tmpfs", 0, "size=4m"), 0);
  const auto database = open_with_numbers(std::string(disk) + "/test.db");
  const std::string text(100'000, 'x');
  int kept = 0;
  std::string reason;
  while (kept < 100 && (reason = add(*database, kept, text)).empty()) ++kept;
  ASSERT_EQ(reason, "disk_full");
  ASSERT_GT(kept, 0);
  // Again and together: each one is told so, soon.
  const auto start = std::chrono::steady_clock::now();
  std::latch all_told(20);
  std::atomic<int> full{0};
  for (int i = 0; i < 20; ++i) {
    database->write([&, i](Connection& connection) { run(connection, insert, 1000 + i, text); },
                    [&](std::exception_ptr wrong) {
                      full += reason_of([&] {
                                if (wrong) std::rethrow_exception(wrong);
                              }) == "disk_full";
                      all_told.count_down();
                    });
  }
  all_told.wait();
  EXPECT_EQ(full, 20);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
  EXPECT_EQ(number(*database, count), kept);
  EXPECT_EQ(database->integrity(), "");
  ASSERT_EQ(::mount("none", disk, "tmpfs", MS_REMOUNT, "size=32m"), 0);
  EXPECT_EQ(add(*database, 5000, text), "");
  EXPECT_EQ(database->integrity(), "");
}

// The immutable attribute refuses writing even through files that are open already.
bool set_immutable(const std::string& path, bool immutable) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  int flags = 0;
  bool is_set = file >= 0 && ::ioctl(file, FS_IOC_GETFLAGS, &flags) == 0;
  flags = immutable ? flags | FS_IMMUTABLE_FL : flags & ~FS_IMMUTABLE_FL;
  is_set = is_set && ::ioctl(file, FS_IOC_SETFLAGS, &flags) == 0;
  if (file >= 0) ::close(file);
  return is_set;
}

TEST_F(SqliteFile, r6_a_read_only_disk_refuses_changes_keeps_reading_and_recovers) {
  const auto database = open_with_numbers(directory_ / "test.db");
  ASSERT_EQ(add(*database, 1), "");
  if (!set_immutable(directory_ / "test.db-wal", true)) {
    GTEST_SKIP() << "This file system or account cannot make files immutable.";
  }
  EXPECT_EQ(add(*database, 2), "read_only");
  EXPECT_EQ(add(*database, 3), "read_only");
  EXPECT_EQ(number(*database, count), 1);
  EXPECT_TRUE(set_immutable(directory_ / "test.db-wal", false));
  EXPECT_EQ(add(*database, 4), "");
  EXPECT_EQ(database->integrity(), "");
}

// R1. The child writes from eight threads and says each number after it was acknowledged.
constexpr const char* crash_variable = "BAIJIN_TEST_CRASH_FILE";

TEST(SqliteCrash, child_that_is_killed) {
  const char* path = std::getenv(crash_variable);
  if (path == nullptr) GTEST_SKIP() << "Started by the next test only.";
  const auto database = Database::open({.url = std::string("sqlite:") + path});
  database->write_now([](Connection& connection) {
    connection.script("CREATE TABLE IF NOT EXISTS numbers(n BIGINT PRIMARY KEY, text TEXT)");
  });
  std::atomic<int> next{static_cast<int>(number(*database,
                                                "SELECT coalesce(max(n), 0) + 1 "
                                                "FROM numbers"))};
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&] {
      for (;;) {
        const int n = next++;
        database->write_now(
            [n](Connection& connection) { run(connection, insert, n, std::string(2'000, 'x')); });
        if (::write(3, &n, sizeof n) != sizeof n) ::_exit(1);
      }
    });
  }
}

std::vector<int> acknowledged_until_killed(const std::string& path, int after_ms) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = run_apart("SqliteCrash.child_that_is_killed", crash_variable, path, ends[1]);
  ::close(ends[1]);
  std::jthread killer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(after_ms));
    ::kill(child, SIGKILL);
  });
  std::vector<int> acknowledged;
  for (int n; ::read(ends[0], &n, sizeof n) == sizeof n;) acknowledged.push_back(n);
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  return acknowledged;
}

TEST(SqliteCrash, r1_kill_9_loses_no_acknowledged_change) {
  const TestDirectory directory;
  const std::string path = directory / "crash.db";
  std::size_t all = 0;
  for (int round = 0; round < 12; ++round) {
    const auto acknowledged = acknowledged_until_killed(path, 60 + round * 37 % 200);
    all += acknowledged.size();
    const auto database = Database::open({.url = "sqlite:" + path});
    EXPECT_EQ(database->integrity(), "");
    if (acknowledged.empty()) continue;  // killed while it started
    int lost = 0;
    database->read([&](Connection& connection) {
      for (const int n : acknowledged) {
        lost += number(connection, "SELECT count(*) FROM numbers WHERE n = $1", n) != 1;
      }
    });
    EXPECT_EQ(lost, 0) << "round " << round;
  }
  EXPECT_GT(all, 100u);
}

}  // namespace
}  // namespace baijin::db
