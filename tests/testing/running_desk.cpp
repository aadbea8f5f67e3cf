#include "testing/running_desk.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace baijin::stories {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view greeting = "Baijin serves ";
constexpr int longest_start_ms = 60'000;

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Outcome run(const std::vector<std::string>& arguments, int timeout_ms) {
  Folder folder;
  peers::Process process(arguments, folder / "log");
  Outcome outcome;
  outcome.code = process.wait(timeout_ms);
  outcome.printed = content(folder / "log");
  return outcome;
}

}  // namespace

Folder::Folder() {
  path_ = (fs::temp_directory_path() / "baijin-story-XXXXXX").string();
  if (!::mkdtemp(path_.data())) throw std::runtime_error("no temporary directory");
}

Folder::~Folder() {
  std::error_code left;  // a test that failed half-way may leave what it mounted
  fs::remove_all(path_, left);
}

const std::string& program() {
  static const std::string path = BAIJIN_PROGRAM;
  return path;
}

Outcome baijin(const std::vector<std::string>& arguments, int timeout_ms) {
  auto all = arguments;
  all.insert(all.begin(), program());
  return run(all, timeout_ms);
}

Outcome baijin_reading(const std::string& line, const std::vector<std::string>& arguments) {
  std::vector<std::string> all{"/bin/sh", "-c", "printf '%s\\n' \"$0\" | \"$@\"", line, program()};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return run(all, 30'000);
}

RunningDesk::RunningDesk(DeskWish wish) : wish_(std::move(wish)) {
  if (wish_.directory.empty()) wish_.directory = folder_ / "desk";
  start();
}

void RunningDesk::run() {
  auto arguments = wish_.within;
  arguments.insert(arguments.end(), {program(), wish_.command, "--data", wish_.directory,
                                     "--listen", "127.0.0.1:0"});
  arguments.insert(arguments.end(), wish_.flags.begin(), wish_.flags.end());
  process_ = std::make_unique<peers::Process>(arguments, folder_ / "log");
}

void RunningDesk::start() {
  auto before = printed().size();
  run();
  for (int waited = 0; waited < longest_start_ms; waited += 5) {
    auto text = printed().substr(before);
    auto at = text.find("http://", std::min(text.find(greeting), text.size()));
    auto end = at == text.npos ? at : text.find('\n', at);
    if (end != text.npos) {
      address_ = text.substr(at + 7, end - at - 7);
      return;
    }
    if (!process_->is_running()) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  throw std::runtime_error("baijin does not serve: " + printed().substr(before));
}

void RunningDesk::start_and_kill(int after_ms) {
  run();
  std::this_thread::sleep_for(std::chrono::milliseconds(after_ms));
  kill();
}

void RunningDesk::ask_to_stop() { process_->send(SIGTERM); }

int RunningDesk::stop(int timeout_ms) {
  ask_to_stop();
  return process_->wait(timeout_ms);
}

void RunningDesk::kill() {
  process_->send(SIGKILL);
  process_->wait(10'000);
}

std::string RunningDesk::printed() const { return content(folder_ / "log"); }

Outcome RunningDesk::command(std::vector<std::string> arguments, int timeout_ms) const {
  arguments.insert(arguments.end(), {"--data", wish_.directory});
  return baijin(arguments, timeout_ms);
}

std::string RunningDesk::setup_secret() const {
  auto text = printed();
  auto at = text.rfind("Open this link once");
  if (at == text.npos) return {};
  auto begin = text.find("http", at);
  auto link = text.substr(begin, text.find('\n', begin) - begin);
  return link.substr(link.find_last_of("/=#") + 1);
}

Browser RunningDesk::admin() {
  if (admin_token_.empty()) {
    Browser first(address_);
    auto set_up = first.post("/setup", {{"token", setup_secret()},
                                        {"organisation", "华诚软件"},
                                        {"login", "admin"},
                                        {"name", "管理员"},
                                        {"password", good_password}});
    if (set_up.status >= 300) throw std::runtime_error("cannot set up: " + set_up.body);
    auto made = first.post("/tokens", {{"name", "stories"}, {"scopes", {"*"}}});
    admin_token_ = made.text("token");
  }
  return Browser(address_, admin_token_);
}

}  // namespace baijin::stories
