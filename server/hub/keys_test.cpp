#include "hub/keys.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "hub/test_node.h"

namespace baijin {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Secrets : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ = (fs::temp_directory_path() / "baijin-keys-XXXXXX").string();
    ASSERT_NE(::mkdtemp(directory_.data()), nullptr);
    path_ = directory_ + "/master.key";
  }
  void TearDown() override { fs::remove_all(directory_); }
  Keys make() { return Keys::from_file(path_, true, system_chance()); }

  std::string directory_, path_;
};

TEST_F(Secrets, are_opened_by_who_sealed_them_for_the_same_purpose) {
  auto keys = make();
  for (std::string secret : {std::string(), std::string("密码"), std::string(100'000, 'x'),
                             std::string("\0\n\xff", 3)}) {
    auto sealed = keys.seal("mail", secret);
    EXPECT_EQ(keys.open("mail", sealed), secret);
    EXPECT_EQ(keys.open("totp", sealed), std::nullopt);
    if (secret.size() > 3) {
      EXPECT_EQ(sealed.find(secret.substr(0, 4)), sealed.npos);
    }
    EXPECT_NE(keys.seal("mail", secret), sealed);  // each time another nonce
  }
}

TEST_F(Secrets, are_not_opened_when_any_character_was_changed) {
  auto keys = make();
  auto sealed = keys.seal("mail", "secret");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(keys.open("mail", changed), std::nullopt) << i;
  }
  for (std::string text : {"", "A", "?", "not base64 at all!", "AAAA"}) {
    EXPECT_EQ(keys.open("mail", text), std::nullopt) << text;
  }
  EXPECT_EQ(keys.open("mail", sealed.substr(0, sealed.size() - 4)), std::nullopt);
}

TEST_F(Secrets, need_the_same_master_key) {
  auto sealed = make().seal("mail", "secret");
  EXPECT_EQ(make().open("mail", sealed), "secret");
  fs::remove(path_);
  EXPECT_EQ(make().open("mail", sealed), std::nullopt);
}

TEST_F(Secrets, have_a_key_file_only_its_owner_reads) {
  ::umask(0);
  make();
  ::umask(022);
  struct stat about {};
  ASSERT_EQ(::stat(path_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777u, 0600u);
  EXPECT_EQ(fs::file_size(path_), 65u);
}

TEST_F(Secrets, are_not_replaced_when_the_key_is_missing_or_damaged) {
  EXPECT_THROW(Keys::from_file(path_, false, system_chance()), std::runtime_error);
  EXPECT_FALSE(fs::exists(path_));
  for (std::string text : {"", "abc", "zz", "0123456789abcdef0123456789abcdef"}) {
    std::ofstream(path_) << text;
    EXPECT_THROW(Keys::from_file(path_, true, system_chance()), std::runtime_error) << text;
    EXPECT_THROW(Keys::from_file(path_, false, system_chance()), std::runtime_error) << text;
  }
}

TEST_F(Secrets, make_macs_bound_to_their_purpose) {
  auto keys = make();
  auto mac = keys.mac("link", "file 7");
  EXPECT_EQ(mac.size(), 22u);  // 128 bits
  EXPECT_TRUE(keys.mac_matches("link", "file 7", mac));
  EXPECT_FALSE(keys.mac_matches("link", "file 8", mac));
  EXPECT_FALSE(keys.mac_matches("csrf", "file 7", mac));
  EXPECT_FALSE(keys.mac_matches("link", "file 7", ""));
  EXPECT_FALSE(keys.mac_matches("link", "file 7", mac + "A"));
}

TEST_F(Secrets, give_tokens_nobody_has_had) {
  auto keys = make();
  std::set<std::string> tokens;
  for (int i = 0; i < 1'000; ++i) {
    auto token = keys.random_token();
    EXPECT_EQ(token.size(), 43u);
    tokens.insert(token);
    EXPECT_NE(Keys::hash_of_token(token), token);
  }
  EXPECT_EQ(tokens.size(), 1'000u);
  EXPECT_EQ(keys.random_text(10).find_first_of("01OIl"), std::string::npos);
}

TEST_F(Secrets, hash_passwords_each_with_its_own_salt) {
  set_password_cost(1, 8'192);
  auto hash = hash_password("正确 horse");
  EXPECT_TRUE(password_matches("正确 horse", hash));
  EXPECT_FALSE(password_matches("正确 hors", hash));
  EXPECT_FALSE(password_matches("", hash));
  EXPECT_FALSE(password_matches("x", "not a hash"));
  EXPECT_NE(hash_password("正确 horse"), hash);
  EXPECT_THAT(hash, ::testing::StartsWith("$argon2id$"));
}

TEST(SameSecret, compares_whole_texts) {
  EXPECT_TRUE(same_secret("", ""));
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "ab"));
  EXPECT_FALSE(same_secret("", "a"));
}

TEST(ADesk, refuses_to_start_without_the_key_its_secrets_were_sealed_with) {
  auto directory = (fs::temp_directory_path() / "baijin-desk-XXXXXX").string();
  ASSERT_NE(::mkdtemp(directory.data()), nullptr);
  auto blobs = blobs_in(directory + "/blobs");
  HubOptions options;
  options.directory = directory;
  auto open = [&] {
    Hub hub(options, {}, Outside{system_clock(), system_chance(), *blobs});
    hub.open();
  };
  open();
  struct stat about {};
  ASSERT_EQ(::stat(directory.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777u, 0700u);
  open();
  fs::rename(directory + "/master.key", directory + "/elsewhere");
  try {
    open();
    ADD_FAILURE() << "it started";
  } catch (const std::runtime_error& problem) {
    EXPECT_THAT(problem.what(), HasSubstr("master.key is missing"));
  }
  EXPECT_FALSE(fs::exists(directory + "/master.key"));
  fs::rename(directory + "/elsewhere", directory + "/master.key");
  open();
  fs::remove_all(directory);
}

}  // namespace
}  // namespace baijin
