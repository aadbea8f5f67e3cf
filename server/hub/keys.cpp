#include "hub/keys.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "base/error.h"
#include "hub/cursor_text.h"

namespace baijin {
namespace {

constexpr std::size_t master_bytes = 32;

struct SodiumStarted {
  SodiumStarted() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  }
} const sodium_started;

struct PasswordCost {
  unsigned long long operations = 3;
  std::size_t memory_bytes = 64u << 20;
};
PasswordCost& password_cost() {
  static PasswordCost cost;
  return cost;
}

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// The name of a new file is durable only with its directory; secrets are sealed right after.
void sync_entry(const std::string& path) {
  auto folder = std::filesystem::path(path).parent_path().string();
  int directory = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  bool ok = directory >= 0 && ::fsync(directory) == 0;
  if (directory >= 0) ::close(directory);
  if (!ok) throw std::runtime_error("cannot sync " + folder + ": " + std::strerror(errno));
}

void write_key_file(const std::string& path, const std::string& hex) {
  int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) throw std::runtime_error("cannot write " + path + ": " + std::strerror(errno));
  std::string line = hex + "\n";
  bool ok = ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
            ::fsync(file) == 0;
  ::close(file);
  if (!ok) throw std::runtime_error("cannot write " + path + ": " + std::strerror(errno));
  sync_entry(path);
}

std::string to_hex(const unsigned char* bytes, std::size_t size) {
  std::string hex(size * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes, size);
  hex.pop_back();
  return hex;
}

}  // namespace

Keys::Keys(std::array<unsigned char, 32> master, Chance& chance)
    : master_(master), chance_(chance) {}

Keys Keys::from_file(const std::string& path, bool may_create, Chance& chance) {
  std::array<unsigned char, master_bytes> master{};
  std::ifstream file(path);
  if (!file) {
    if (!may_create) {
      throw std::runtime_error(
          path +
          " is missing: this desk's secrets were sealed with it. Put it back from the "
          "place where it is kept; without it mail passwords and two-factor secrets are lost.");
    }
    chance.fill(master.data(), master.size());
    write_key_file(path, to_hex(master.data(), master.size()));
    return Keys(master, chance);
  }
  std::string hex;
  file >> hex;
  std::size_t length = 0;
  if (sodium_hex2bin(master.data(), master.size(), hex.data(), hex.size(), nullptr, &length,
                     nullptr) != 0 ||
      length != master_bytes) {
    throw std::runtime_error(path + " is damaged: it must hold 64 hexadecimal digits.");
  }
  return Keys(master, chance);
}

std::array<unsigned char, 32> Keys::derive(std::string_view purpose) const {
  std::array<unsigned char, 32> key{};
  crypto_generichash(key.data(), key.size(), raw(purpose), purpose.size(), master_.data(),
                     master_.size());
  return key;
}

std::string Keys::random_token() const {
  std::array<char, 32> bytes{};
  chance_.fill(bytes.data(), bytes.size());
  return base64url({bytes.data(), bytes.size()});
}

std::string Keys::random_text(int characters) const {
  static constexpr std::string_view letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";  // 32 of them
  std::string text(static_cast<std::size_t>(characters), ' ');
  chance_.fill(text.data(), text.size());
  for (char& c : text) c = letters[static_cast<unsigned char>(c) % letters.size()];
  return text;
}

std::string Keys::hash_of_token(std::string_view token) {
  std::array<char, 32> hash{};
  crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(), raw(token),
                     token.size(), nullptr, 0);
  return base64url({hash.data(), hash.size()});
}

std::string Keys::mac(std::string_view purpose, std::string_view text) const {
  auto key = derive(purpose);
  std::array<char, 16> mac{};
  crypto_generichash(reinterpret_cast<unsigned char*>(mac.data()), mac.size(), raw(text),
                     text.size(), key.data(), key.size());
  return base64url({mac.data(), mac.size()});
}

bool Keys::mac_matches(std::string_view purpose, std::string_view text,
                       std::string_view shown) const {
  return same_secret(mac(purpose, text), shown);
}

std::string Keys::key_for(std::string_view purpose) const {
  auto key = derive(purpose);
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

std::uint64_t Keys::number_for(std::string_view purpose) const {
  auto key = derive(purpose);
  std::uint64_t number = 0;
  std::memcpy(&number, key.data(), sizeof number);
  return number;
}

std::string Keys::seal(std::string_view purpose, std::string_view secret) const {
  auto key = derive(purpose);
  std::string sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + secret.size(), '\0');
  auto* out = reinterpret_cast<unsigned char*>(sealed.data());
  chance_.fill(out, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(out + crypto_secretbox_NONCEBYTES, raw(secret), secret.size(), out,
                        key.data());
  return base64url(sealed);
}

std::optional<std::string> Keys::open(std::string_view purpose, std::string_view sealed) const {
  auto bytes = from_base64url(sealed);
  constexpr auto overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (!bytes || bytes->size() < overhead) return {};
  auto key = derive(purpose);
  std::string secret(bytes->size() - overhead, '\0');
  if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(secret.data()),
                                 raw(*bytes) + crypto_secretbox_NONCEBYTES,
                                 bytes->size() - crypto_secretbox_NONCEBYTES, raw(*bytes),
                                 key.data()) != 0) {
    return {};
  }
  return secret;
}

std::string hash_password(std::string_view password) {
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), password_cost().operations,
                        password_cost().memory_bytes) != 0) {
    throw Error(Kind::busy, "out_of_memory");
  }
  hash.resize(std::strlen(hash.c_str()));
  return hash;
}

bool password_matches(std::string_view password, std::string_view hash) {
  std::string terminated(hash);
  return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

const std::string& nobodys_password_hash() {
  static const std::string hash = hash_password("no one's password");
  return hash;
}

void set_password_cost(unsigned long long operations, std::size_t memory_bytes) {
  password_cost() = {operations, memory_bytes};
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), raw(bytes), bytes.size());
  return to_hex(hash.data(), hash.size());
}

}  // namespace baijin
