#include "net/guarded_reader.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <stdexcept>

#include "base/error.h"
#include "base/log.h"
#include "mime/wire.h"
#include "net/channel.h"

namespace baijin::net {
namespace {

constexpr std::size_t longest_answer = 512 << 20;

// Everything a child gets: /dev/null three times, its channel, no environment, no signals blocked.
class SpawnPlan {
 public:
  explicit SpawnPlan(int channel) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_addopen(&files_, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files_, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files_, channel, channel_number);
    posix_spawn_file_actions_addclosefrom_np(&files_, channel_number + 1);
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  pid_t start(const ReadingProgram& program) const {
    std::vector<char*> arguments;
    for (const auto& one : program.arguments) arguments.push_back(const_cast<char*>(one.c_str()));
    arguments.push_back(nullptr);
    char* environment[] = {nullptr};
    pid_t pid = -1;
    const int problem = posix_spawn(&pid, program.path.c_str(), &files_, &attributes_,
                                    arguments.data(), environment);
    if (problem != 0) throw Error(Kind::busy, "no_reading_process", std::strerror(problem));
    return pid;
  }

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

}  // namespace

class GuardedReader::Worker {
 public:
  explicit Worker(const ReadingProgram& program) {
    int ends[2];
    // The child's end is dropped by closefrom in every other child, ours by close-on-exec.
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
      throw Error(Kind::busy, "no_reading_process", std::strerror(errno));
    }
    channel_ = Channel(ends[0]);
    Channel theirs(ends[1]);
    pid_ = SpawnPlan(ends[1]).start(program);
  }
  ~Worker() {
    channel_.close();
    end();
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  mime::Reading read(std::string_view bytes, const GuardLimits& limits) {
    ++messages_;
    const auto deadline = std::chrono::steady_clock::now() +
                          std::chrono::milliseconds(limits.timeout_ms);
    if (channel_.send(bytes, deadline)) {
      if (auto answer = channel_.receive(longest_answer, deadline)) {
        try {
          return {mime::Reading::Outcome::read, mime::from_wire(*answer)};
        } catch (const std::runtime_error&) {
          log::warn("mail.reader_garbled", {{"process", pid_}});
        }
      }
    }
    const bool late = std::chrono::steady_clock::now() >= deadline;
    const bool overworked = end(!late);
    using Outcome = mime::Reading::Outcome;
    return {late || overworked ? Outcome::timed_out : Outcome::crashed, {}};
  }

  bool is_usable(const GuardLimits& limits) {
    if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) != 0) pid_ = -1;
    return pid_ > 0 && messages_ < limits.messages;
  }

 private:
  // Kills it if it still runs; one whose end of the channel is closed is dying, and is given a
  // moment to say of what. True when it had used up its processor time.
  bool end(bool is_dying = false) {
    if (pid_ <= 0) return false;
    int status = 0;
    is_dying = is_dying || channel_.socket() < 0;  // told to end by its closed channel
    for (int i = 0; i < 100; ++i) {
      const auto ended = ::waitpid(pid_, &status, WNOHANG);
      if (ended != 0) {
        const bool known = ended == pid_;
        pid_ = -1;
        return known && WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU;
      }
      if (!is_dying) break;
      ::usleep(1'000);
    }
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    pid_ = -1;
    return false;
  }

  Channel channel_;
  pid_t pid_ = -1;
  int messages_ = 0;
};

GuardedReader::GuardedReader(GuardLimits limits, ReadingProgram program)
    : limits_(limits), program_(std::move(program)) {}

GuardedReader::~GuardedReader() = default;

mime::Reading GuardedReader::read(std::string_view bytes) {
  // Of a message above the limit only the beginning is read: the rest need not travel.
  bytes = bytes.substr(0, mime::Limits{}.message_bytes + 1);
  auto worker = take();
  auto reading = worker->read(bytes, limits_);
  if (reading.outcome != mime::Reading::Outcome::read) {
    log::warn("mail.reader_died",
              {{"bytes", bytes.size()},
               {"timed_out", reading.outcome == mime::Reading::Outcome::timed_out}});
  }
  give_back(std::move(worker));
  return reading;
}

// Waits for a free place; throws busy when none comes.
std::unique_ptr<GuardedReader::Worker> GuardedReader::take() {
  std::unique_lock lock(mutex_);
  const auto patience = std::chrono::milliseconds(limits_.timeout_ms);
  const bool free = returned_.wait_for(lock, patience, [&] { return in_use_ < limits_.processes; });
  if (!free) throw Error(Kind::busy, "no_reading_process");
  ++in_use_;
  std::unique_ptr<Worker> worker;
  if (!idle_.empty()) {
    worker = std::move(idle_.back());
    idle_.pop_back();
  }
  lock.unlock();
  if (worker && worker->is_usable(limits_)) return worker;
  try {
    return std::make_unique<Worker>(program_);
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void GuardedReader::give_back(std::unique_ptr<Worker> worker) {
  const bool keep = worker && worker->is_usable(limits_);
  {
    const std::lock_guard lock(mutex_);
    if (keep) idle_.push_back(std::move(worker));
    --in_use_;
  }
  returned_.notify_one();
}

}  // namespace baijin::net
