#pragma once
// The program itself, as people run it: a server in a process of its own, and its commands.
#include <memory>
#include <string>
#include <vector>

#include "peers/process.h"

namespace baijin::testing {

// A directory of its own, gone at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

struct Ran {
  int status = -1;
  std::string output;  // both streams
};
// baijin ARGUMENTS < input
Ran run_program(const std::vector<std::string>& arguments, const std::string& input = {},
                int timeout_ms = 60'000);

// `baijin serve --data DIRECTORY` on a free port of 127.0.0.1. A test may start and end it often.
class Program {
 public:
  explicit Program(std::string directory, std::vector<std::string> more = {});
  // Ready to answer, or std::runtime_error with what it printed.
  void start();
  // Started, ready or not.
  void launch();
  bool await_ready(int wait_ms);
  int stop();   // SIGTERM; its exit status
  void kill();  // SIGKILL
  bool is_running() { return process_ && process_->is_running(); }
  int port() const { return port_; }
  pid_t pid() const { return process_->pid(); }
  std::string log() const;  // all it has printed since the first start
  int wait(int timeout_ms) { return process_->wait(timeout_ms); }

 private:
  std::string directory_, log_;
  std::vector<std::string> more_;
  int port_ = 0;
  std::unique_ptr<peers::Process> process_;
};

}  // namespace baijin::testing
