#pragma once
// What `baijin COMMAND` does. Each returns the exit code: 0 done, 1 failed (reason printed);
// wrong usage is 2 and never gets here. They throw std::exception for what main() prints.
#include <cstdint>
#include <optional>
#include <string>

#include "main/config.h"

namespace baijin {

int serve(const Config& config);  // until SIGINT or SIGTERM

struct DemoWish {
  std::int64_t tickets = 400;
  std::uint64_t seed = 1;
  bool fill_only = false;
};
int run_demo(const Config& config, const DemoWish& wish);

int migrate(const Config& config);
int describe(const std::string& what);  // openapi, routes, events or rights, to standard output

struct PersonWish {
  std::string login, name, email, role = "admin";
  std::optional<std::string> password;  // else read from standard input
};
int add_person(const Config& config, const PersonWish& wish);
struct TokenWish {
  std::string login, name = "command line";
  std::int64_t days = 90;
  std::vector<std::string> scopes;  // empty: all the person's rights
};
int make_token(const Config& config, const TokenWish& wish);

int back_up(const Config& config, const std::string& path);
int restore(const Config& config, const std::string& path);
int export_desk(const Config& config, const std::string& path);
int check(const Config& config);

struct ImportWish {
  std::string kind, path;
  bool dry_run = false;
};
int mail_in(const Config& config, const std::string& mailbox);
int import_file(const Config& config, const ImportWish& wish);

// "▕████    ▏ 42 %" on standard error when it is a terminal, else a line every tenth.
class Progress {
 public:
  explicit Progress(std::string what) : what_(std::move(what)) {}
  ~Progress();
  void at(double part);  // 0 … 1

 private:
  std::string what_;
  int shown_ = -1;
};

}  // namespace baijin
