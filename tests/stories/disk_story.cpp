// The promise: a full or read-only disk stops what writes, with a clear answer, and nothing else;
// when there is room again work goes on by itself. A damaged database is told of and left as it is.
// R5, R6, R7.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "cast.h"

namespace baijin::stories {
namespace fs = std::filesystem;
namespace {

const std::string unshare = "/usr/bin/unshare", nsenter = "/usr/bin/nsenter";

// A program to its end; its exit code.
int run(const std::vector<std::string>& arguments, std::string* printed = nullptr) {
  Folder folder;
  peers::Process process(arguments, folder / "log");
  auto code = process.wait(60'000);
  std::ifstream log(folder / "log");
  if (printed) printed->assign(std::istreambuf_iterator<char>(log), {});
  return code;
}

bool may_mount() {
  return fs::exists(unshare) && fs::exists(nsenter) &&
         run({unshare, "-m", "/bin/sh", "-c", "mount -t tmpfs tmpfs /mnt"}) == 0;
}

// The program with a disk of its own below its directory.
DeskWish on_small_disk(const std::string& directory) {
  fs::create_directories(directory);
  DeskWish wish;
  wish.directory = directory;
  wish.within = {
      unshare,  "-m", "/bin/sh", "-c", "mount -t tmpfs -o size=24m tmpfs \"$0\" && exec \"$@\"",
      directory};
  return wish;
}

// Fills the disk that only the program sees; the path by which others reach it.
std::string fill(const RunningDesk& desk) {
  auto path = "/proc/" + std::to_string(desk.pid()) + "/root" + desk.directory() + "/filler";
  std::ofstream file(path, std::ios::binary);
  std::string part(4'096, 'x');
  while (file.write(part.data(), static_cast<std::streamsize>(part.size())).flush()) {
  }
  return path;
}

std::int64_t ms_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               begin)
      .count();
}

bool means_no_room(int status) { return status == 507 || status == 503; }

TEST(Disk, R5_a_full_disk_refuses_writes_only_and_work_goes_on_when_there_is_room) {
  if (!may_mount()) GTEST_SKIP() << "needs the right to mount in a namespace of its own (root)";
  Folder folder;
  RunningDesk desk(on_small_disk(folder / "desk"));
  auto admin = desk.admin();
  auto type = service_type(admin, "fault");
  std::vector<std::int64_t> kept;
  auto ask = [&] {
    return admin.post(
        "/tickets",
        {{"subject", "磁盘"}, {"service_type", type}, {"body", std::string(20'000, 'x')}});
  };
  for (int i = 0; i < 5; ++i) kept.push_back(made(ask()));
  auto filler = fill(desk);

  int refusals = 0;
  for (int i = 0; i < 500 && refusals < 20; ++i) {
    auto begin = std::chrono::steady_clock::now();
    auto answer = ask();
    EXPECT_LE(ms_since(begin), 1'500) << "an answer within a second";
    if (answer.status == 201) kept.push_back(answer.id());
    else ASSERT_TRUE(means_no_room(answer.status)) << answer.status << answer.body;
    if (answer.status != 201) ++refusals;
  }
  EXPECT_EQ(refusals, 20) << "the disk did not get full";
  auto upload = admin.upload("big.bin", std::string(2 << 20, 'x'));
  EXPECT_TRUE(means_no_room(upload.status)) << upload.status << upload.body;
  for (auto ticket : kept) {
    EXPECT_EQ(admin.get("/tickets/" + std::to_string(ticket)).status, 200);
  }
  EXPECT_EQ(admin.ask("GET", "/healthz").status, 200);

  fs::remove(filler);
  auto freed = std::chrono::steady_clock::now();
  auto answer = ask();
  while (answer.status != 201 && ms_since(freed) < 10'000) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    answer = ask();
  }
  ASSERT_EQ(answer.status, 201) << answer.body;
  kept.push_back(answer.id());
  EXPECT_EQ(admin.upload("big.bin", std::string(2 << 20, 'x')).status, 201);
  EXPECT_EQ(admin.get("/tickets?count=true&limit=1").number("total"),
            static_cast<std::int64_t>(kept.size()))
      << "what was refused is not there";
  std::string printed;
  EXPECT_EQ(run({nsenter, "-t", std::to_string(desk.pid()), "-m", program(), "check", "--data",
                 desk.directory()},
                &printed),
            0)
      << printed;
  EXPECT_EQ(desk.stop(), 0);
}

TEST(Disk, R6_a_read_only_disk_is_told_of_and_the_desk_can_still_be_read) {
  if (!may_mount()) GTEST_SKIP() << "needs the right to mount in a namespace of its own (root)";
  RunningDesk desk;
  auto admin = desk.admin();
  open_ticket(admin, {});
  ASSERT_EQ(desk.stop(), 0);
  auto read_only = [&](std::vector<std::string> command, std::string* printed) {
    std::vector<std::string> all{
        unshare,
        "-m",
        "/bin/sh",
        "-c",
        "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"",
        desk.directory(),
        program()};
    all.insert(all.end(), command.begin(), command.end());
    return run(all, printed);
  };
  std::string printed;
  EXPECT_EQ(read_only({"serve", "--listen", "127.0.0.1:0", "--data", desk.directory()}, &printed),
            1)
      << printed;
  EXPECT_NE(printed.find("baijin: "), std::string::npos) << printed;
  desk.start();
  EXPECT_EQ(Browser(desk.address(), admin.token).get("/tickets?count=true").number("total"), 1);
}

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> names_in(const std::string& directory) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST(Disk, R7_a_damaged_database_is_told_of_and_left_as_it_is) {
  RunningDesk desk;
  auto admin = desk.admin();
  open_ticket(admin, {});
  ASSERT_EQ(desk.stop(), 0);
  auto path = desk.directory() + "/baijin.db";
  const auto whole = content(path);
  auto damaged = [&](std::size_t at, std::size_t size) {
    auto bytes = whole;
    for (std::size_t i = at; i < at + size; ++i) bytes[i] = static_cast<char>(bytes[i] ^ 0x5a);
    return bytes;
  };
  const std::vector<std::pair<std::string, std::string>> cases{
      {"its head", damaged(0, 64)},
      {"a page in the middle", damaged(whole.size() / 2, 8'192)},
      {"cut in half", whole.substr(0, whole.size() / 2)},
      {"something else", std::string(100'000, 'x')}};
  for (const auto& [what, bytes] : cases) {
    std::ofstream(path, std::ios::binary) << bytes;
    auto names = names_in(desk.directory());
    for (auto command : {"serve", "check"}) {
      std::vector<std::string> arguments{command};
      if (arguments[0] == "serve") arguments.insert(arguments.end(), {"--listen", "127.0.0.1:0"});
      auto outcome = desk.command(arguments, 10'000);
      EXPECT_EQ(outcome.code, 1) << what << ", " << command << ": " << outcome.printed;
      EXPECT_NE(outcome.printed.find("baijin.db"), std::string::npos) << what << outcome.printed;
      EXPECT_TRUE(content(path) == bytes) << what << ": " << command << " changed it";
      EXPECT_EQ(names_in(desk.directory()), names) << what << ", " << command;
    }
  }
  std::ofstream(path, std::ios::binary) << whole;
  desk.start();
  EXPECT_EQ(Browser(desk.address(), admin.token).get("/tickets?count=true").number("total"), 1);
}

}  // namespace
}  // namespace baijin::stories
