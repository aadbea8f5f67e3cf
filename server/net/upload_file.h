#pragma once
// A body on its way to disk: a new file of a name nobody can guess, hashed while it is written.
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "hub/http.h"

struct evp_md_ctx_st;

namespace baijin::net {

// An open file, closed at the end.
class FileHandle {
 public:
  explicit FileHandle(int number = -1) : number_(number) {}
  FileHandle(FileHandle&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  FileHandle& operator=(FileHandle&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~FileHandle();
  int get() const { return number_; }
  int release() { return std::exchange(number_, -1); }  // closed by somebody else
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

class UploadFile {
 public:
  // All of these throw std::system_error; ENOSPC and EDQUOT mean that the disk is full.
  explicit UploadFile(const std::string& directory);
  void write(std::string_view bytes);
  Upload finish();  // blocks until the bytes are on disk
  // Removes the file if it is still there.
  ~UploadFile();
  UploadFile(const UploadFile&) = delete;

 private:
  struct HashEnd {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::string path_;
  FileHandle file_;
  std::unique_ptr<evp_md_ctx_st, HashEnd> hash_;
  std::int64_t bytes_ = 0;
};

}  // namespace baijin::net
