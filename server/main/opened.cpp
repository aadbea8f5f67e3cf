#include "main/opened.h"

#include <fcntl.h>
#include <sys/file.h>

#include <filesystem>
#include <stdexcept>

#include "hub/blobs.h"
#include "main/modules.h"

namespace baijin {
namespace {

// Held until the process ends; a process that fills a desk and then serves it locks it once.
void lock_directory(const std::string& directory) {
  static std::string held;
  if (held == directory) return;
  std::filesystem::create_directories(directory);
  auto path = directory + "/lock";
  int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0 && (errno == EROFS || errno == EACCES)) return;  // reading still works
  if (file < 0 || ::flock(file, LOCK_EX | LOCK_NB) != 0) {
    throw std::runtime_error(directory +
                             " is in use by another baijin process; stop it first, or name another "
                             "directory with --data");
  }
  held = directory;
}

}  // namespace

Opened open_desk(const Config& config, Hold hold) {
  return open_desk(config, hold, hub_options(config));
}

Opened open_desk(const Config& config, Hold hold, const HubOptions& options) {
  bool alone = hold == Hold::alone;
  if (alone && config.database.empty()) lock_directory(config.directory);
  Opened opened;
  auto blobs = config.directory + "/blobs";
  opened.blobs = alone ? blobs_in(blobs) : blobs_beside(blobs);
  opened.lines = net::Lines::open(outgoing_options(config));
  opened.mail_reader = std::make_unique<net::GuardedReader>();
  opened.hub = std::make_unique<Hub>(
      options, all_modules(),
      Outside{system_clock(), system_chance(), *opened.blobs, opened.lines->mail_in(),
              opened.lines->mail_out(), opened.lines->http(), opened.mail_reader.get()});
  opened.hub->open();
  return opened;
}

}  // namespace baijin
