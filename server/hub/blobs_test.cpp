#include "hub/blobs.h"

#include <gmock/gmock.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/error.h"
#include "hub/keys.h"

namespace baijin {
namespace {

namespace fs = std::filesystem;

class StoredBlobs : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ = (fs::temp_directory_path() / "baijin-blobs-XXXXXX").string();
    ASSERT_NE(::mkdtemp(directory_.data()), nullptr);
    blobs_ = blobs_in(directory_);
  }
  void TearDown() override { fs::remove_all(directory_); }
  std::string incoming(const std::string& name, const std::string& bytes) {
    auto path = blobs_->incoming_directory() + "/" + name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  static std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::vector<std::string> all() {
    std::vector<std::string> hashes;
    blobs_->each([&](std::string_view hash) { hashes.emplace_back(hash); });
    return hashes;
  }

  std::string directory_;
  std::unique_ptr<Blobs> blobs_;
};

TEST_F(StoredBlobs, are_named_by_what_they_hold) {
  for (std::string bytes : {std::string(), std::string("你好"), std::string(300'000, '\xff')}) {
    auto hash = blobs_->store(bytes);
    EXPECT_EQ(hash, sha256_hex(bytes));
    EXPECT_EQ(content(blobs_->path_of(hash)), bytes);
    EXPECT_EQ(blobs_->store(bytes), hash);
    EXPECT_TRUE(blobs_->intact(hash));
  }
  EXPECT_EQ(all().size(), 3u);
  EXPECT_TRUE(fs::is_empty(blobs_->incoming_directory()));
}

TEST_F(StoredBlobs, are_taken_over_from_an_upload) {
  auto hash = sha256_hex("upload");
  blobs_->adopt(incoming("a", "upload"), hash);
  blobs_->adopt(incoming("b", "upload"), hash);  // the same content once more
  EXPECT_EQ(content(blobs_->path_of(hash)), "upload");
  EXPECT_TRUE(fs::is_empty(blobs_->incoming_directory()));
  EXPECT_THROW(blobs_->adopt(blobs_->incoming_directory() + "/none", sha256_hex("x")), Error);
}

TEST_F(StoredBlobs, show_when_they_rot_R7) {
  auto hash = blobs_->store(std::string(200'000, 'a'));
  auto path = blobs_->path_of(hash);
  for (std::streamoff place : {0, 65'536, 199'999}) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(place).put('b');
    file.close();
    EXPECT_FALSE(blobs_->intact(hash)) << place;
    std::fstream healed(path, std::ios::in | std::ios::out | std::ios::binary);
    healed.seekp(place).put('a');
    healed.close();
    EXPECT_TRUE(blobs_->intact(hash)) << place;
  }
  fs::resize_file(path, 100);
  EXPECT_FALSE(blobs_->intact(hash));
}

TEST_F(StoredBlobs, are_gone_when_removed) {
  auto hash = blobs_->store("a");
  blobs_->remove(hash);
  EXPECT_FALSE(blobs_->has(hash));
  EXPECT_FALSE(blobs_->intact(hash));
  blobs_->remove(hash);  // twice does no harm
}

TEST_F(StoredBlobs, have_no_other_names_than_hashes) {
  for (const auto& name :
       std::vector<std::string>{"", "../../etc/passwd", "ab/../cd", std::string(64, 'g'),
                                std::string(64, 'A'), std::string(63, 'a'), std::string(65, 'a')}) {
    EXPECT_THROW(blobs_->path_of(name), std::logic_error) << name;
    EXPECT_THROW(blobs_->remove(name), std::logic_error) << name;
  }
}

TEST_F(StoredBlobs, forget_what_an_earlier_run_left_half_done) {
  incoming("half", "ha");
  auto hash = blobs_->store("whole");
  auto beside = blobs_beside(directory_);
  EXPECT_FALSE(fs::is_empty(blobs_->incoming_directory()));
  blobs_ = blobs_in(directory_);
  EXPECT_TRUE(fs::is_empty(blobs_->incoming_directory()));
  EXPECT_TRUE(blobs_->has(hash));
}

TEST_F(StoredBlobs, can_be_stored_by_many_at_once) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 40; ++i) blobs_->store("content " + std::to_string(i));
    });
  }
  for (auto& thread : threads) thread.join();
  auto hashes = all();
  EXPECT_EQ(hashes.size(), 40u);
  for (const auto& hash : hashes) EXPECT_TRUE(blobs_->intact(hash));
  EXPECT_TRUE(fs::is_empty(blobs_->incoming_directory()));
}

// A small disk of the test's own, seen by this thread only; "" where that is not allowed.
std::string mount_small_disk(const std::string& where) {
  if (::unshare(CLONE_NEWNS) != 0) return "unshare is not allowed here";
  if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return "mount: private";
  if (::mount("small", where.c_str(), "tmpfs", 0, "size=1m") != 0) return "mount: tmpfs";
  return {};
}

TEST_F(StoredBlobs, on_a_full_or_read_only_disk_are_refused_and_nothing_remains_R5_R6) {
  std::string skipped;
  std::thread([&] {
    auto small = directory_ + "/small";
    fs::create_directory(small);
    skipped = mount_small_disk(small);
    if (!skipped.empty()) return;
    auto disk = blobs_in(small + "/blobs");
    auto kept = disk->store("kept");
    auto reason = [&](const std::string& bytes) -> std::string {
      try {
        disk->store(bytes);
      } catch (const Error& error) {
        return error.reason;
      }
      return "";
    };
    EXPECT_EQ(reason(std::string(2 << 20, 'x')), "disk_full");
    EXPECT_TRUE(fs::is_empty(disk->incoming_directory()));
    EXPECT_EQ(reason(std::string(100'000, 'y')), "");  // there is room again
    EXPECT_TRUE(disk->intact(kept));
    ASSERT_EQ(::mount("small", small.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr), 0);
    EXPECT_EQ(reason("z"), "read_only");
    EXPECT_TRUE(disk->intact(kept));
  }).join();
  if (!skipped.empty()) GTEST_SKIP() << skipped;
}

}  // namespace
}  // namespace baijin
