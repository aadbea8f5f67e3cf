#include "db/postgres_bell.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/log.h"

namespace baijin::db {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds between_rings{5};
constexpr milliseconds between_attempts{500};

}  // namespace

PostgresBell::PostgresBell(const Options& options, const Faults& faults)
    : options_(options), faults_(faults), wake_file_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (wake_file_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

PostgresBell::~PostgresBell() {
  stopping_ = true;
  wake();
  if (thread_.joinable()) thread_.join();
  ::close(wake_file_);
}

void PostgresBell::ring() {
  start();
  // Many rings before the thread has sent one are one.
  if (!rung_.exchange(true)) wake();
}

void PostgresBell::listen(std::function<void()> listener) {
  listeners_.add(std::move(listener));
  start();
}

void PostgresBell::start() {
  std::call_once(started_, [this] { thread_ = std::thread([this] { loop(); }); });
}

void PostgresBell::wake() {
  // Only fails when the counter is full, and then the thread wakes anyway.
  (void)::eventfd_write(wake_file_, 1);
}

void PostgresBell::loop() {
  while (!stopping_) {
    if (!connection_ && !connect()) {
      pollfd look{wake_file_, POLLIN, 0};
      const auto end = Clock::now() + between_attempts;
      // Rings meanwhile are kept; only the end of the program cuts the pause short.
      while (!stopping_ && Clock::now() < end) {
        ::poll(&look, 1, static_cast<int>(between_attempts.count()));
        eventfd_t unused = 0;
        (void)::eventfd_read(wake_file_, &unused);
      }
      continue;
    }
    try {
      wait();
      send();
      receive();  // last: what came together with an answer is no longer in the socket
    } catch (const Error& error) {
      log::warn("bell_lost", {{"reason", error.reason}});
      connection_.reset();
    }
  }
}

bool PostgresBell::connect() {
  try {
    connection_ = std::make_unique<PostgresConnection>(options_, faults_);
    connection_->command("LISTEN baijin");
  } catch (const Error&) {
    connection_.reset();  // the attempt is in the log
    return false;
  }
  listeners_.call();
  return true;
}

void PostgresBell::wait() {
  int limit = -1;
  if (rung_) {
    const auto due = std::chrono::ceil<milliseconds>(sent_at_ + between_rings - Clock::now());
    limit = std::max(0, static_cast<int>(due.count()));
  }
  pollfd look[] = {{PQsocket(connection_->handle()), POLLIN, 0}, {wake_file_, POLLIN, 0}};
  ::poll(look, 2, limit);
  eventfd_t unused = 0;
  (void)::eventfd_read(wake_file_, &unused);
}

void PostgresBell::send() {
  if (!rung_ || Clock::now() < sent_at_ + between_rings) return;
  // Taken back before it is sent: a ring from now on needs another one. Lost on the way, every
  // listener is called after the reconnection.
  rung_ = false;
  sent_at_ = Clock::now();
  try {
    connection_->command("NOTIFY baijin");
  } catch (...) {
    rung_ = true;
    throw;
  }
}

void PostgresBell::receive() {
  PGconn* handle = connection_->handle();
  if (PQconsumeInput(handle) == 0) {
    throw unavailable("database_unavailable", "The bell's connection was lost.");
  }
  bool heard = false;
  while (PGnotify* notice = PQnotifies(handle)) {
    PQfreemem(notice);
    heard = true;
  }
  if (heard) listeners_.call();
}

}  // namespace baijin::db
