#include "net/upload_file.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "base/log.h"

namespace baijin::net {
namespace {

[[noreturn]] void throw_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

std::string hex(const unsigned char* bytes, std::size_t size) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text;
}

std::string random_name() {
  std::array<unsigned char, 16> bytes;
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw_errno("getrandom");
  }
  return hex(bytes.data(), bytes.size()) + ".upload";
}

}  // namespace

FileHandle::~FileHandle() {
  if (number_ >= 0) ::close(number_);
}

void UploadFile::HashEnd::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

UploadFile::UploadFile(const std::string& directory)
    : path_(directory + "/" + random_name()),
      file_(::open(path_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600)),
      hash_(EVP_MD_CTX_new()) {
  if (!file_) throw_errno("open");
  if (!hash_ || EVP_DigestInit_ex(hash_.get(), EVP_sha256(), nullptr) != 1) {
    ::unlink(path_.c_str());
    throw std::system_error(ENOMEM, std::generic_category(), "sha256");
  }
}

void UploadFile::write(std::string_view bytes) {
  EVP_DigestUpdate(hash_.get(), bytes.data(), bytes.size());
  bytes_ += static_cast<std::int64_t>(bytes.size());
  while (!bytes.empty()) {
    auto written = ::write(file_.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno("write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

Upload UploadFile::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  EVP_DigestFinal_ex(hash_.get(), digest.data(), &size);
  if (::fsync(file_.get()) != 0) throw_errno("fsync");
  file_ = FileHandle();
  return {path_, bytes_, hex(digest.data(), size)};
}

UploadFile::~UploadFile() {
  if (::unlink(path_.c_str()) != 0 && errno != ENOENT) {
    log::error("net.upload_left_behind", {{"errno", errno}});
  }
}

}  // namespace baijin::net
