#include "hub/blobs.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "base/error.h"
#include "hub/keys.h"

namespace baijin {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void throw_disk(const std::string& what) {
  if (errno == ENOSPC || errno == EDQUOT) throw Error(Kind::no_space, "disk_full");
  if (errno == EROFS || errno == EACCES) throw Error(Kind::busy, "read_only");
  throw Error(Kind::busy, "storage_unavailable", what);
}

void sync_directory(const std::string& path) {
  int directory = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) throw_disk("open directory");
  int failure = ::fsync(directory) == 0 ? 0 : errno;
  ::close(directory);
  errno = failure;
  if (failure != 0) throw_disk("sync directory");
}

bool is_hash(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

class DirectoryBlobs final : public Blobs {
 public:
  DirectoryBlobs(const std::string& directory, bool alone)
      : directory_(directory), incoming_(directory + "/incoming") {
    fs::create_directories(incoming_);
    if (!alone) return;
    for (const auto& left : fs::directory_iterator(incoming_)) fs::remove_all(left.path());
  }

  std::string incoming_directory() override { return incoming_; }

  void adopt(const std::string& path, std::string_view sha256) override {
    auto target = path_of(sha256);
    auto folder = fs::path(target).parent_path().string();
    if (::access(target.c_str(), F_OK) == 0) {
      ::unlink(path.c_str());
      sync_directory(folder);  // who put it there may not have come to that yet
      return;
    }
    bool made = ::mkdir(folder.c_str(), 0700) == 0;
    if (!made && errno != EEXIST) throw_disk("make directory");
    if (::rename(path.c_str(), target.c_str()) != 0) throw_disk("rename");
    sync_directory(folder);
    if (made) sync_directory(directory_);
  }

  std::string store(std::string_view bytes) override {
    auto hash = sha256_hex(bytes);
    if (has(hash)) {
      sync_directory(fs::path(path_of(hash)).parent_path().string());
      return hash;
    }
    std::array<unsigned char, 12> random{};
    randombytes_buf(random.data(), random.size());
    auto path = incoming_ + "/" + sha256_hex({reinterpret_cast<char*>(random.data()), 12});
    write_file(path, bytes);
    adopt(path, hash);
    return hash;
  }

  std::string path_of(std::string_view sha256) override {
    if (!is_hash(sha256)) throw std::logic_error("a blob is named by a SHA-256");
    return directory_ + "/" + std::string(sha256.substr(0, 2)) + "/" + std::string(sha256);
  }

  bool has(std::string_view sha256) override {
    return ::access(path_of(sha256).c_str(), F_OK) == 0;
  }

  void remove(std::string_view sha256) override {
    if (::unlink(path_of(sha256).c_str()) != 0 && errno != ENOENT) throw_disk("unlink");
  }

  bool intact(std::string_view sha256) override {
    std::ifstream file(path_of(sha256), std::ios::binary);
    if (!file) return false;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    std::array<char, 65'536> part;
    while (file.read(part.data(), part.size()) || file.gcount() > 0) {
      crypto_hash_sha256_update(&state, reinterpret_cast<unsigned char*>(part.data()),
                                static_cast<unsigned long long>(file.gcount()));
    }
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256_final(&state, hash.data());
    std::array<char, 65> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return sha256 == std::string_view(hex.data(), 64);
  }

  void each(const std::function<void(std::string_view)>& sink) override {
    for (const auto& entry : fs::recursive_directory_iterator(directory_)) {
      auto name = entry.path().filename().string();
      if (entry.is_regular_file() && is_hash(name) &&
          entry.path().parent_path() != fs::path(incoming_)) {
        sink(name);
      }
    }
  }

 private:
  static void write_file(const std::string& path, std::string_view bytes) {
    int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) throw_disk("create");
    while (!bytes.empty()) {
      auto written = ::write(file, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) {
        int kept = errno;
        ::close(file);
        ::unlink(path.c_str());
        errno = kept;
        throw_disk("write");
      }
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    int failure = ::fsync(file) == 0 ? 0 : errno;
    ::close(file);
    if (failure == 0) return;
    ::unlink(path.c_str());
    errno = failure;
    throw_disk("sync");
  }

  std::string directory_, incoming_;
};

}  // namespace

std::unique_ptr<Blobs> blobs_in(const std::string& directory) {
  return std::make_unique<DirectoryBlobs>(directory, true);
}

std::unique_ptr<Blobs> blobs_beside(const std::string& directory) {
  return std::make_unique<DirectoryBlobs>(directory, false);
}

}  // namespace baijin
