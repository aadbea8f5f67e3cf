#pragma once
// A program that a test starts and ends. It dies with the test, also when the test crashes.
#include <sys/types.h>

#include <string>
#include <vector>

namespace peers {

// Users and groups to become; -1 stays who one is.
struct Account {
  uid_t user = static_cast<uid_t>(-1);
  gid_t group = static_cast<gid_t>(-1);
};

class Process {
 public:
  // Starts arguments[0]; what it prints goes to the end of `log`.
  Process(const std::vector<std::string>& arguments, const std::string& log, Account account = {});
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();  // kills it if it still runs

  pid_t pid() const { return pid_; }
  std::vector<pid_t> children() const;
  bool is_running();
  void send(int signal) const;
  // Its exit status, or -1 when it was killed by a signal or did not end in time.
  int wait(int timeout_ms);
  // Asks it to end, and kills those it started that would go on serving somebody.
  void end_with_children();

 private:
  pid_t pid_;
  bool ended_ = false;
  int status_ = 0;
};

// A TCP port of 127.0.0.1 that was free a moment ago.
int free_port();
// Whether somebody takes connections there.
bool listens_on(int port);

}  // namespace peers
