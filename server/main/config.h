#pragma once
// What the program is told: flags, then environment, then DIR/baijin.toml, then what is usual.
#include <cstdint>
#include <string>
#include <vector>

#include "hub/hub.h"
#include "net/outgoing.h"
#include "net/server.h"

namespace baijin {

struct Config {
  std::string directory = "./data";
  std::string listen = "127.0.0.1:8080";
  std::string database;  // postgresql://…; empty: SQLite in the directory
  std::string base_url;  // empty: http://LISTEN
  std::string time_zone = "Asia/Shanghai";
  std::string locale = "zh-CN";
  std::vector<std::string> trusted_proxies;
  std::vector<std::string> outgoing_allow;  // besides the public internet (S1)
  std::string outgoing_ca_file;             // trusted besides the system's certificates
  std::int64_t upload_mib = 50;
  std::string log_level = "info";
  int threads = 0;
};

// Fills what the file says and the flags did not; `given` names the flags that were given. Throws
// std::runtime_error naming the file and line of what is wrong, also for names it does not know.
void read_config_file(Config& config, const std::vector<std::string>& given);

// Where the desk's database lies when it is SQLite.
std::string sqlite_path(const Config& config);

HubOptions hub_options(const Config& config);
net::Options net_options(const Config& config);
net::OutgoingOptions outgoing_options(const Config& config);

}  // namespace baijin
