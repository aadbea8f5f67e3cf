#include "modules/files/types.h"

#include <magic.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace baijin::files {
namespace {

constexpr std::string_view unknown = "application/octet-stream";

// The one table types come from. Whatever a browser could run is not in it and is told as unknown.
constexpr std::string_view allowed[] = {
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/bmp",
    "image/tiff",
    "image/heic",
    "application/pdf",
    "text/plain",
    "text/csv",
    "application/json",
    "application/rtf",
    "text/rtf",
    "application/zip",
    "application/gzip",
    "application/x-7z-compressed",
    "application/x-rar",
    "application/x-tar",
    "application/x-bzip2",
    "application/x-xz",
    "application/zstd",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.tcpdump.pcap",
    "audio/mpeg",
    "audio/x-wav",
    "audio/ogg",
    "audio/amr",
    "audio/x-m4a",
    "video/mp4",
    "video/webm",
    "video/quicktime",
    "video/x-msvideo",
    "message/rfc822"};

struct Closer {
  void operator()(magic_set* set) const { magic_close(set); }
};

// Loading the definitions takes a while and a set is no thread's but its own.
magic_set* definitions() {
  thread_local std::unique_ptr<magic_set, Closer> set = [] {
    std::unique_ptr<magic_set, Closer> made(magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS));
    if (!made || magic_load(made.get(), nullptr) != 0) {
      throw std::runtime_error("The file type definitions of libmagic cannot be read");
    }
    return made;
  }();
  return set.get();
}

}  // namespace

std::string allowed_type(std::string_view sniffed) {
  for (auto type : allowed) {
    if (type == sniffed) return std::string(type);
  }
  return std::string(unknown);
}

std::string sniffed_type(const std::string& path) {
  const char* type = magic_file(definitions(), path.c_str());
  return allowed_type(type ? type : unknown);
}

}  // namespace baijin::files
