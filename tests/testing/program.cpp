#include "testing/program.h"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "testing/web_client.h"

namespace baijin::testing {
namespace fs = std::filesystem;
namespace {

std::string program_path() {
  const char* given = std::getenv("BAIJIN_PROGRAM");
  if (!given) throw std::runtime_error("BAIJIN_PROGRAM names the program to test; ctest sets it");
  return given;
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Folder::Folder() {
  auto pattern = (fs::temp_directory_path() / "baijin-story-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) throw std::runtime_error("cannot make a temporary directory");
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;  // what is left of a test's directory hurts nobody
  fs::remove_all(path_, ignored);
}

Ran run_program(const std::vector<std::string>& arguments, const std::string& input,
                int timeout_ms) {
  Folder folder;
  std::ofstream(folder / "input", std::ios::binary) << input;
  std::vector<std::string> command = {"/bin/sh", "-c", "exec \"$@\" < \"$0\"", folder / "input",
                                      program_path()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  peers::Process process(command, folder / "output");
  auto status = process.wait(timeout_ms);
  return {status, content_of(folder / "output")};
}

Program::Program(std::string directory, std::vector<std::string> more)
    : directory_(std::move(directory)), log_(directory_ + ".log"), more_(std::move(more)) {}

void Program::launch() {
  port_ = peers::free_port();
  std::vector<std::string> command = {program_path(), "serve",    "--data",
                                      directory_,     "--listen", "127.0.0.1:" + std::to_string(port_)};
  command.insert(command.end(), more_.begin(), more_.end());
  process_ = std::make_unique<peers::Process>(command, log_);
}

bool Program::await_ready(int wait_ms) {
  using Clock = std::chrono::steady_clock;
  auto end = Clock::now() + std::chrono::milliseconds(wait_ms);
  while (Clock::now() < end && is_running()) {
    WebClient client(port_);
    client.wait_ms = 1'000;
    if (client.get("//readyz").status == 200) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

void Program::start() {
  launch();
  if (!await_ready(30'000)) throw std::runtime_error("the program did not start: " + log());
}

int Program::stop() {
  process_->send(SIGTERM);
  return process_->wait(20'000);
}

void Program::kill() {
  process_->send(SIGKILL);
  process_->wait(10'000);
}

std::string Program::log() const { return content_of(log_); }

}  // namespace baijin::testing
