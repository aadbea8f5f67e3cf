#include "peers/process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <fstream>
#include <string>
#include <system_error>
#include <thread>

namespace peers {
namespace {

// Between fork and exec only calls that are safe there.
[[noreturn]] void become(char* const* arguments, int log, Account account) {
  ::dup2(log, 1);
  ::dup2(log, 2);
  const bool changed = account.user == static_cast<uid_t>(-1) ||
                       (::setgroups(0, nullptr) == 0 && ::setgid(account.group) == 0 &&
                        ::setuid(account.user) == 0);
  // After setuid, which would clear it.
  if (changed && ::chdir("/") == 0 && ::prctl(PR_SET_PDEATHSIG, SIGINT) == 0) {
    ::execv(arguments[0], arguments);
  }
  ::_exit(127);
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments, const std::string& log,
                 Account account) {
  std::vector<char*> pointers;
  for (const std::string& argument : arguments) {
    pointers.push_back(const_cast<char*>(argument.c_str()));
  }
  pointers.push_back(nullptr);
  const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) throw std::system_error(errno, std::generic_category(), log);
  pid_ = ::fork();
  if (pid_ == 0) become(pointers.data(), file, account);
  ::close(file);
  if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
}

Process::~Process() {
  if (!is_running()) return;
  send(SIGKILL);
  wait(10'000);
}

std::vector<pid_t> Process::children() const {
  std::vector<pid_t> found;
  const auto pid = std::to_string(pid_);
  std::ifstream list("/proc/" + pid + "/task/" + pid + "/children");
  for (pid_t child; list >> child;) found.push_back(child);
  return found;
}

bool Process::is_running() {
  if (!ended_) ended_ = ::waitpid(pid_, &status_, WNOHANG) == pid_;
  return !ended_;
}

void Process::send(int signal) const {
  if (!ended_) ::kill(pid_, signal);
}

int Process::wait(int timeout_ms) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  while (is_running()) {
    if (std::chrono::steady_clock::now() > end) return -1;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
}

void Process::end_with_children() {
  const auto started = children();
  send(SIGTERM);
  wait(10'000);
  for (const pid_t child : started) ::kill(child, SIGKILL);
}

int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  const bool found = socket >= 0 && ::bind(socket, generic, size) == 0 &&
                     ::getsockname(socket, generic, &size) == 0;
  const int wrong = errno;
  if (socket >= 0) ::close(socket);
  if (!found) throw std::system_error(wrong, std::generic_category(), "free_port");
  return ntohs(address.sin_port);
}

bool listens_on(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  const bool there = ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(socket);
  return there;
}

}  // namespace peers
