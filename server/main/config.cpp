#include "main/config.h"

#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <stdexcept>

#include "net/web_address.h"

namespace baijin {
namespace {

[[noreturn]] void refuse(const std::string& path, const toml::node& node, const std::string& why) {
  throw std::runtime_error(path + ", line " + std::to_string(node.source().begin.line) + ": " +
                           why);
}

std::string text_in(const std::string& path, std::string_view name, const toml::node& node) {
  auto value = node.value<std::string>();
  if (!value) refuse(path, node, std::string(name) + " must be a text in quotes");
  return *value;
}

std::vector<std::string> texts_in(const std::string& path, std::string_view name,
                                  const toml::node& node) {
  const auto* list = node.as_array();
  if (!list) refuse(path, node, std::string(name) + " must be a list of texts in quotes");
  std::vector<std::string> texts;
  for (const auto& item : *list) texts.push_back(text_in(path, name, item));
  return texts;
}

std::int64_t number_in(const std::string& path, std::string_view name, const toml::node& node,
                       std::int64_t least, std::int64_t most) {
  auto value = node.value<std::int64_t>();
  if (!value || *value < least || *value > most) {
    refuse(path, node,
           std::string(name) + " must be a number from " + std::to_string(least) + " to " +
               std::to_string(most));
  }
  return *value;
}

}  // namespace

void read_config_file(Config& config, const std::vector<std::string>& given) {
  auto path = config.directory + "/baijin.toml";
  if (!std::filesystem::exists(path)) return;
  toml::table file;
  try {
    file = toml::parse_file(path);
  } catch (const toml::parse_error& problem) {
    std::ostringstream text;
    text << path << ", line " << problem.source().begin.line << ": " << problem.description();
    throw std::runtime_error(text.str());
  }
  for (const auto& [key, node] : file) {
    std::string name(key.str());
    bool flag_wins = std::find(given.begin(), given.end(), name) != given.end();
    Config ignored;
    auto& into = flag_wins ? ignored : config;
    if (name == "listen") into.listen = text_in(path, name, node);
    else if (name == "database") into.database = text_in(path, name, node);
    else if (name == "base_url") into.base_url = text_in(path, name, node);
    else if (name == "time_zone") into.time_zone = text_in(path, name, node);
    else if (name == "locale") into.locale = text_in(path, name, node);
    else if (name == "log_level") into.log_level = text_in(path, name, node);
    else if (name == "upload_mib") into.upload_mib = number_in(path, name, node, 1, 10'240);
    else if (name == "threads") {
      into.threads = static_cast<int>(number_in(path, name, node, 0, 256));
    } else if (name == "trusted_proxies") {
      into.trusted_proxies = texts_in(path, name, node);
    } else if (name == "outgoing_allow") {
      into.outgoing_allow = texts_in(path, name, node);
    } else if (name == "outgoing_ca_file") {
      into.outgoing_ca_file = text_in(path, name, node);
    } else {
      refuse(path, node, "unknown setting: " + name);
    }
  }
}

std::string sqlite_path(const Config& config) { return config.directory + "/baijin.db"; }

HubOptions hub_options(const Config& config) {
  HubOptions options;
  options.directory = config.directory;
  options.database_url = config.database;
  options.base_url = config.base_url.empty() ? "http://" + config.listen : config.base_url;
  options.time_zone = config.time_zone;
  options.locale = config.locale;
  options.upload_bytes = config.upload_mib << 20;
  options.quick_threads = config.threads;
  return options;
}

net::Options net_options(const Config& config) {
  net::Options options;
  options.listen = config.listen;
  options.trusted_proxies = config.trusted_proxies;
  return options;
}

net::OutgoingOptions outgoing_options(const Config& config) {
  net::OutgoingOptions options;
  options.allow = config.outgoing_allow;
  options.ca_file = config.outgoing_ca_file;
  // Mail servers ask who calls; the name people know the desk by is the best answer.
  const auto base = net::read_web_address(config.base_url);
  if (base) {
    options.our_name = base->host;
    const auto address = net::parse_ip(base->host);
    if (address) options.our_name = (address->is_v4() ? "[" : "[IPv6:") + base->host + "]";
  }
  return options;
}

}  // namespace baijin
