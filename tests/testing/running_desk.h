#pragma once
// The real program, serving a desk in a directory of the test's own on a free port of loopback.
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "peers/process.h"
#include "testing/browser.h"

namespace baijin::stories {

inline const std::string good_password = "kestrel-volume-42";

// A directory that goes with its owner.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Outcome {
  int code = -1;        // -1: killed, or not ended in time
  std::string printed;  // both streams
};
// `baijin arguments…` to its end.
Outcome baijin(const std::vector<std::string>& arguments, int timeout_ms = 60'000);
// The same with a line on standard input.
Outcome baijin_reading(const std::string& line, const std::vector<std::string>& arguments);
const std::string& program();  // its path

struct DeskWish {
  std::string directory = {};            // empty: a new one
  std::vector<std::string> flags = {};   // after `baijin serve --data … --listen …`
  std::vector<std::string> within = {};  // a program that starts it: {"/usr/bin/unshare", "-m"}
  std::string command = "serve";         // or demo
};

class RunningDesk {
 public:
  explicit RunningDesk(DeskWish wish = {});

  // Starts it; throws with what it printed when it does not serve in time.
  void start();
  // Starts it and kills it so soon that it may not even serve.
  void start_and_kill(int after_ms);
  int stop(int timeout_ms = 20'000);  // SIGTERM; its exit code
  void kill();                        // SIGKILL, and sees it end
  void ask_to_stop();                 // SIGTERM only
  int wait(int timeout_ms) { return process_->wait(timeout_ms); }
  bool is_running() { return process_ && process_->is_running(); }
  pid_t pid() const { return process_->pid(); }

  const std::string& address() const { return address_; }
  const std::string& directory() const { return wish_.directory; }
  std::string printed() const;  // by all its runs
  // `baijin COMMAND --data DIRECTORY …`
  Outcome command(std::vector<std::string> arguments, int timeout_ms = 60'000) const;

  // The secret of the setup link it printed last; "" when it printed none.
  std::string setup_secret() const;
  // The first administrator, with an API token; sets the desk up when nobody has.
  Browser admin();
  Browser stranger() const { return Browser(address_); }

 private:
  void run();

  Folder folder_;
  DeskWish wish_;
  std::string address_;
  std::string admin_token_;
  std::unique_ptr<peers::Process> process_;
};

}  // namespace baijin::stories
